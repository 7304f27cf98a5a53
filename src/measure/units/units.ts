import { periodLabel, type Result } from '../../core/index.ts';
import { cannotTell } from '../cannot-tell.ts';
import { provenanceOf, type Study } from '../study.ts';
import { effectsTable, practicesTable } from './practice-tables.ts';
import { studyUnits } from './study-units.ts';
import { isFooled, unitAnswer, unitCaveats, unitNext } from './unit-answer.ts';
import { unitCharts } from './unit-charts.ts';
import { unitFigures } from './unit-figures.ts';
import {
  countedTable,
  healthTable,
  mixTable,
  partsTables,
  stepsTable,
  unitPairsTable,
  waitsTable,
} from './unit-tables.ts';
import { placesTable, turnsTable } from './weight-tables.ts';

const questionFor = (title: string) =>
  `Which of our ${title.toLowerCase()} does best, allowing for who comes to each and what comes of it?`;

/**
 * Organisations, places or teams compared: what is counted, what of it is output, who comes to each, what comes of it,
 * and under which weights the order holds. Null where the charter names no units.
 */
export async function unitsResult(study: Study): Promise<Result | null> {
  const found = await studyUnits(study);
  if (!found) return null;
  const { charter, grain } = study.plan;
  const question = questionFor(charter.units?.title ?? 'units');
  if ('why' in found) return cannotTell(study, { id: 'units', question }, found.why, found.next);
  const { starts } = found.plan;
  const [first, last] = [starts[0] ?? '', starts.at(-1) ?? ''];
  const label =
    first === last
      ? periodLabel(grain, first)
      : `${periodLabel(grain, first)} to ${periodLabel(grain, last)}`;
  const titleOf = (ending: string) => charter.endings?.find(({ id }) => id === ending)?.title ?? ending;
  const present = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);
  const { weights, plan } = found;
  return {
    id: 'units',
    question,
    answer: unitAnswer(found, titleOf),
    status: (plan.section.case_mix ?? []).length > 0 && plan.takenAsAlike.length === 0 ? 'sound' : 'caution',
    figures: unitFigures(found, label, titleOf),
    tables: [
      stepsTable(found, label),
      ...present(placesTable(found)),
      ...present(turnsTable(found)),
      ...partsTables(found, label),
      ...present(waitsTable(found, label)),
      ...present(practicesTable(found)),
      ...present(effectsTable(found)),
      countedTable(found, titleOf, label),
      mixTable(found),
      unitPairsTable(found),
      ...present(healthTable(found)),
    ],
    charts: unitCharts(found, isFooled(found)),
    caveats: unitCaveats(study, found),
    next: unitNext(found, titleOf),
    provenance: {
      ...provenanceOf(
        study,
        'Direct standardisation to the mix of all units (Breslow and Day, 1987); quality Σ v·(part/part of all units); places under Dirichlet(1, …, 1) weights; ranges by the delete-a-group jackknife over cases and over periods, the wider; pairs held to 5% false discoveries (Benjamini and Yekutieli, 2001).',
        {
          parameters: { draws: weights?.draws ?? 0 },
          recompute: weights
            ? [
                {
                  method: 'ranking',
                  input: {
                    measures: weights.titles.map((id, k) => ({ id, weight: weights.scored.weights[k] ?? 0 })),
                    units: plan.members.map(({ title }, u) => ({
                      id: title,
                      values: weights.scored.values[u] ?? [],
                    })),
                    draws: weights.draws,
                    seed: study.seed,
                  },
                },
              ]
            : [],
        },
      ),
      seed: study.seed,
      queries: found.queries,
    },
  };
}

import { type FigureRows, identifier, type RowTrail, sql } from '../../stores/index.ts';
import { headlineComparison } from '../comparison.ts';
import { servicesOf } from '../equivalence/routes.ts';
import { bodyInputs } from '../input-states.ts';
import type { Study } from '../study.ts';
import { caseTrail, scopeOfOutputs } from './case-trail.ts';
import { measureRows, rowsOrNone } from './check-trails.ts';
import { periodSpan, type Span, spansOf } from './spans.ts';
import { inputsTrail, volumesTrail } from './table-trail.ts';

/** What a figure about growth rests on. */
export type GrowthPart = 'volume' | 'quality' | 'inputs';

const nothingToCompare = 'There are not two whole periods to compare, so no row was counted.';

const quantity = { title: 'Quantity', sql: sql`${identifier('quantity')}` };

/** The rows that some outputs are counted from, in each span. */
function volumeRows(
  study: Study,
  outputs: readonly number[],
  spans: readonly Span[],
  isCounted = false,
): readonly RowTrail[] {
  const { facts, plan, workspace } = study;
  const fromCases = outputs.filter((o) => plan.outputs[o]?.from === 'cases');
  const fromTables = outputs.filter((o) => plan.outputs[o]?.from === 'volumes');
  return [
    ...(facts && fromCases.length > 0
      ? [
          caseTrail(
            study,
            facts,
            scopeOfOutputs(study, facts, fromCases),
            spans,
            [{ id: 'counted', title: 'Counted', used: true, where: null }],
            {
              id: 'cases',
              title: 'Cases: what was produced',
              gives: isCounted ? { kind: 'count', of: ['counted'] } : null,
            },
          ),
        ]
      : []),
    ...(fromTables.length > 0 && workspace.tables.has('volumes')
      ? [volumesTrail(study, fromTables, spans, isCounted ? quantity : undefined)]
      : []),
  ];
}

/** Every row behind a growth: of volume, of quality with the measures that have weight, and of inputs. */
function growthTrails(
  study: Study,
  spans: readonly Span[],
  parts: readonly GrowthPart[],
): readonly RowTrail[] {
  const { plan, data, workspace } = study;
  const body = bodyInputs(data);
  const weighed = plan.measures.filter(({ measure }) => measure.weight > 0);
  // Quality is weighed by output, so that the rows of output stand behind it too.
  const hasVolume = parts.includes('volume') || parts.includes('quality');
  return [
    ...(hasVolume
      ? volumeRows(
          study,
          plan.outputs.map((_, o) => o),
          spans,
        )
      : []),
    ...(parts.includes('quality') ? weighed.flatMap(({ index }) => measureRows(study, index, spans)) : []),
    ...(parts.includes('inputs') && body.length > 0 && workspace.tables.has('inputs')
      ? [inputsTrail(study, body, spans)]
      : []),
  ];
}

/** The rows behind a figure of the headline comparison. */
export function headlineRows(study: Study, parts: readonly GrowthPart[]): FigureRows {
  const comparison = study.headline?.comparison ?? headlineComparison(study.data);
  if (!comparison) return { noRows: nothingToCompare };
  return rowsOrNone(
    growthTrails(study, spansOf(study.plan, comparison), parts),
    'The data hold no row that it could be worked out from.',
  );
}

/** The rows behind growth of productivity in another comparison, by the labels that the figure's name ends with. */
export function otherComparisonRows(study: Study, name: string): FigureRows {
  const found = study.changes.find(({ comparison }) =>
    name.endsWith(`${comparison.laterLabel} on ${comparison.earlierLabel}`),
  );
  if (!found) return { noRows: nothingToCompare };
  return rowsOrNone(
    growthTrails(study, spansOf(study.plan, found.comparison), ['volume', 'quality', 'inputs']),
    nothingToCompare,
  );
}

/** The rows behind one thing that moved: an output or a group of them by its title, else a measure by its title. */
export function movedRows(study: Study, name: string): FigureRows {
  const { plan, headline } = study;
  if (!headline) return { noRows: nothingToCompare };
  const spans = spansOf(plan, headline.comparison);
  const service = servicesOf(study).find(({ title }) => title === name);
  if (service) return rowsOrNone(volumeRows(study, service.outputs, spans), nothingToCompare);
  const k = plan.measures.findIndex(({ measure }) => measure.title === name);
  return rowsOrNone(measureRows(study, k, spans), nothingToCompare);
}

/** The rows that one output is counted from in one period, by its title and the first day. */
export function outputPeriodRows(study: Study, title: string, start: string): FigureRows {
  const o = study.plan.outputs.findIndex((output) => output.title === title);
  return rowsOrNone(
    volumeRows(study, [o], [periodSpan(study, start)], true),
    'The data hold no row of this output.',
  );
}

/** The rows of one input in one period, by its title and the first day; they add up to its cost. */
export function inputPeriodRows(study: Study, title: string, start: string): FigureRows {
  const i = study.data.inputList.findIndex((input) => input.title === title);
  if (i === -1) return { noRows: 'The data hold no row of this input.' };
  const cost = { title: 'Cost, pounds', sql: sql`${identifier('cost')}` };
  return { trails: [inputsTrail(study, [i], [periodSpan(study, start)], cost)] };
}

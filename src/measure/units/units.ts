import { formatValue, periodLabel, type Result, wilson } from '../../core/index.ts';
import { healthFormulaUnverified } from '../formulae/health-quality.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import { studyUnits, type UnitStudy } from './study-units.ts';
import { ranged } from './unit-ranges.ts';
import {
  countedTable,
  effectsTable,
  healthTable,
  mixTable,
  partsTables,
  placesTable,
  practicesTable,
  stepsTable,
  turnsTable,
  unitCharts,
  unitPairsTable,
  waitsTable,
} from './unit-tables.ts';
import {
  adjustedLead,
  countedLead,
  inWords,
  neighbourOf,
  notOutput,
  ordinal,
  percent,
  perOne,
  proposalFor,
  unitTitle,
  weightsInWords,
} from './unit-words.ts';

/** Share of a unit's count that may be no output before it is said (product rule). */
const mostNotOutput = 0.005;

const questionFor = (title: string) =>
  `Which of our ${title.toLowerCase()} does best, allowing for who comes to each and what comes of it?`;

function cannotTell(study: Study, question: string, why: string, next: string): Result {
  return {
    id: 'units',
    question,
    answer: `Cannot tell: ${why}.`,
    status: 'cannot-tell',
    figures: [],
    tables: [],
    charts: [],
    caveats: [...standingCaveats(study)],
    next: [next],
    provenance: provenanceOf(study, 'none: what is needed is missing'),
  };
}

const isFooled = ({ pairs, focus }: UnitStudy) =>
  pairs.some(({ first, isReversed }) => first === focus && isReversed);

/** The unit that is ahead of every other, all allowed for and beyond chance; null where none is. */
function bestOf({ pairs, ranks, plan }: UnitStudy): number | null {
  const best = ranks.adjusted.indexOf(1);
  const own = pairs.filter(({ first, second }) => first === best || second === best);
  const isAhead = own.every(
    ({ first, adjusted }) => adjusted.p < 0.05 && adjusted.value > 0 === (first !== best),
  );
  return isAhead && own.length === plan.members.length - 1 ? best : null;
}

function plainWords(found: UnitStudy): string {
  const { section } = found.plan;
  const many = section.title.toLowerCase();
  const best = bestOf(found);
  const told =
    best === null
      ? `Allowing for who comes to each and what comes of it, no one of the ${many} is ahead of all others beyond chance`
      : `${unitTitle(found, best)} is ahead, allowing for who comes to each and what comes of it`;
  return `${told}; ${section.counts} counted ${perOne(found)} do not order the ${many} the opposite way`;
}

function counts(found: UnitStudy): string {
  const lead = countedLead(found);
  const { section } = found.plan;
  const side = lead.value >= 0 ? 'more' : 'fewer';
  return `${unitTitle(found, found.focus)} counts ${percent(lead.value)} ${side} ${section.counts} ${perOne(found)} than the others together`;
}

function answerOf(found: UnitStudy, titleOf: (ending: string) => string): string {
  const { focus, ranks, plan } = found;
  const own = unitTitle(found, focus);
  const none = notOutput(found, focus, titleOf);
  const about =
    none.share >= mostNotOutput
      ? ` Of what ${own} counts, ${percent(none.share)} are no ${plan.section.counts}: ${none.endings.join(', ')}.`
      : '';
  if (!isFooled(found)) return `${plainWords(found)}.${about}`;
  const weights = weightsInWords(found);
  const lead = adjustedLead(found);
  const next = unitTitle(found, neighbourOf(found));
  return `${sentence(counts(found))} and comes ${ordinal(ranks.counted[focus] ?? 1)}; allowing for what it counts, who comes to it and what comes of it, it comes ${ordinal(ranks.adjusted[focus] ?? 1)} of ${inWords(plan.members.length)}, ${percent(lead.value)} behind ${next}.${weights ? ` ${weights}.` : ''}${about}`;
}

function caveatsOf(study: Study, found: UnitStudy): readonly string[] {
  const { plan, mix, focus } = found;
  const own = mix[focus];
  return [
    ...standingCaveats(study),
    ...(own && own.reading === 'easier'
      ? [
          `Pattern consistent with easier cases being taken at ${unitTitle(found, focus)} (they take ${percent(own.mix.value)} less anywhere). Also consistent with: who lives near, what it is there for, or other recording of how ill people are. To tell them apart: ask who is referred, refused and sent on, by difficulty.`,
        ]
      : []),
    ...(plan.section.health ? [healthFormulaUnverified] : []),
    ...((plan.section.case_mix ?? []).length === 0
      ? ['No case mix is named in the charter: units are compared as if the same cases came to each.']
      : [
          `Alike means alike in ${(plan.section.case_mix ?? []).map((column) => `"${column}"`).join(', ')}; what is not recorded is not allowed for.`,
        ]),
    ...(found.shareLeftOut > 0.0005
      ? [
          `${percent(found.shareLeftOut)} of cases are of kinds that some unit does not have; they are left out of the parts of quality.`,
        ]
      : []),
    ...(plan.takenAsAlike.length > 0
      ? [`Not known by unit and taken to be alike: ${plan.takenAsAlike.join(', ')}.`]
      : []),
    'The weights of the parts are a choice: the table of places shows the order under all others. That is no part of any range.',
    'What the units used is taken as exact. Organisations, places and teams may be compared so, persons never.',
  ];
}

function nextOf(found: UnitStudy, titleOf: (ending: string) => string): readonly string[] {
  const { plan, focus } = found;
  const none = notOutput(found, focus, titleOf);
  const proposals = found.practices.flatMap((practice) => proposalFor(found, practice) ?? []);
  return [
    ...(isFooled(found)
      ? [
          `Stop judging ${plan.section.title.toLowerCase()} by ${plan.section.counts} counted ${perOne(found)}: look at what counts, with its parts.`,
        ]
      : []),
    ...proposals,
    ...(none.share >= mostNotOutput
      ? [`Do not count ${none.endings.join(', ')} as ${plan.section.counts}, at any of them.`]
      : []),
    'Ask those who do the work why the units differ, before anything is made of a place in a table.',
  ];
}

function figuresOf(found: UnitStudy, label: string, titleOf: (ending: string) => string): Result['figures'] {
  const { focus, plan, weights, ranks, mix } = found;
  const own = unitTitle(found, focus);
  const next = unitTitle(found, neighbourOf(found));
  const period = label;
  const counted = countedLead(found);
  const lead = adjustedLead(found);
  const none = notOutput(found, focus, titleOf);
  const place = ordinal(ranks.adjusted[focus] ?? 1);
  const isHealth = found.replicates.whole.every(({ health }) => health !== null);
  const sameLife = isHealth
    ? adjustedLead(found, (score) => score.health?.sameLifeScore ?? Number.NaN)
    : null;
  return [
    ...(isFooled(found)
      ? [
          figure('wrong-way', `${own} against ${next}, all allowed for`, lead.value, 'growth', {
            interval: lead.interval,
            period,
            note: `${ordinal(ranks.counted[focus] ?? 1)} by what is counted, ${place} by what counts`,
          }),
        ]
      : []),
    figure(
      'counted-lead',
      `${own} against the others, ${plan.section.counts} counted`,
      counted.value,
      'growth',
      {
        interval: counted.interval,
        period,
      },
    ),
    ...(none.n > 0
      ? [
          figure(
            'not-output',
            `Counted at ${own} without being one of the ${plan.section.counts}`,
            none.share,
            'share',
            {
              interval: wilson(none.n, none.counted),
              period,
              note: none.endings.join(', '),
            },
          ),
        ]
      : []),
    figure(
      'mix',
      `What the cases of ${own} take anywhere, against all cases`,
      mix[focus]?.mix.value ?? null,
      'growth',
      {
        interval: mix[focus]?.mix.interval ?? null,
        period,
      },
    ),
    ...(weights
      ? [
          figure(
            'keeps-place',
            `Weights of the parts under which ${own} is ${place}`,
            weights.keeps.value,
            'share',
            {
              interval: weights.keeps.interval,
              period,
              note: 'of all that add to 1; the range tells how far chance in the cases moves this share',
            },
          ),
        ]
      : []),
    ...(sameLife
      ? [
          figure(
            'health-lead',
            `${own} against ${next} by the four-part formula, same life expectancy for all (unverified)`,
            sameLife.value,
            'growth',
            { interval: sameLife.interval, period },
          ),
        ]
      : []),
    ...plan.members.map(({ unit, title }, u) => {
      const score = ranged(found.replicates, (scored) => scored[u]?.score ?? Number.NaN, 'log');
      return figure(
        `adjusted-${unit}`,
        `${title}: ${plan.section.counts} ${perOne(found)}, all allowed for`,
        score.value,
        'number',
        {
          interval: score.interval,
          period,
          note: `${formatValue(found.replicates.whole[u]?.countedRate ?? null, 'number')} counted`,
        },
      );
    }),
  ];
}

/**
 * Organisations, places or teams compared: what is counted, what of it is output, who comes to each, what comes of it,
 * and under which weights the order holds. Null where the charter names no units.
 */
export async function unitsResult(study: Study): Promise<Result | null> {
  const found = await studyUnits(study);
  if (!found) return null;
  const { charter, grain } = study.plan;
  const question = questionFor(charter.units?.title ?? 'units');
  if ('why' in found) return cannotTell(study, question, found.why, found.next);
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
    answer: answerOf(found, titleOf),
    status: (plan.section.case_mix ?? []).length > 0 && plan.takenAsAlike.length === 0 ? 'sound' : 'caution',
    figures: figuresOf(found, label, titleOf),
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
    caveats: caveatsOf(study, found),
    next: nextOf(found, titleOf),
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

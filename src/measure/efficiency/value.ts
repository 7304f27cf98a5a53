import { formatInterval, formatValue, type Interval, type Result } from '../../core/index.ts';
import { bodyInputs, inputGrowth, inputRemedies } from '../input-states.ts';
import type { JudgedThing } from '../moved.ts';
import { pooledMeasure } from '../pooled.ts';
import { productivityChange } from '../productivity-change.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, paymentsCaveat, sentence, standingCaveats } from '../wording.ts';
import type { Effect } from './claim.ts';
import { type MovedApart, threeEs } from './three-es.ts';

const question = 'Are we giving good value for money?';

/** A growth with its interval as an effect; one without an interval is not known well enough to be judged. */
function effectOf(growth: number | null | undefined, interval: Interval | null): Effect | null {
  return growth === null || growth === undefined || !interval ? null : [growth, interval.low, interval.high];
}

/** Growth of what is paid for the same inputs: cost over volume; null where either is not known. */
function inputPrices(study: Study): number | null {
  if (!study.headline) return null;
  const { comparison } = study.headline;
  const { link } = inputGrowth(study.data, bodyInputs(study.data), comparison);
  const costIn = (starts: readonly string[]) => {
    const own = study.data.inputs.filter(({ period }) => starts.includes(period));
    return own.length === 0 || own.some(({ cost }) => cost === null)
      ? null
      : own.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / starts.length;
  };
  const [before, after] = [costIn(comparison.earlier), costIn(comparison.later)];
  return link && before && after ? after / before / (1 + link.volume) - 1 : null;
}

/** Measures of what is intended that moved apart: some better and some worse beyond chance, all series allowed for. */
function movedApart(study: Study, moved: readonly JudgedThing[]): MovedApart | null {
  const { headline, plan } = study;
  if (!headline) return null;
  const wordsOf = (isBetter: boolean) =>
    plan.measures.flatMap(({ index, measure, outputs }) => {
      const one = moved.find(({ moved: { kind, id } }) => kind === 'quality' && id === measure.id);
      const isIntended = measure.weight > 0 || plan.charter.outcomes.some((o) => o.measure === measure.id);
      if (!isIntended || one?.is !== 'real' || one.moved.growth > 0 !== isBetter) return [];
      const [before, after] = [headline.comparison.earlier, headline.comparison.later].map((starts) =>
        pooledMeasure(study, index, starts, outputs),
      );
      if (!before || !after || before.value === null || after.value === null) return [];
      const unit = after.isShare ? 'share' : 'number';
      const way = after.value > before.value ? 'rose' : 'fell';
      return [
        `"${measure.title}" ${way} from ${formatValue(before.value, unit)} to ${formatValue(after.value, unit)}`,
      ];
    });
  const [better, worse] = [wordsOf(true), wordsOf(false)];
  return better.length > 0 && worse.length > 0 ? { better, worse } : null;
}

/** Economy, efficiency and effectiveness on one page; efficiency never without effectiveness. */
export function valueResult(
  study: Study,
  floorBroken: boolean | null,
  moved: readonly JudgedThing[],
): Result {
  const { headline, plan } = study;
  const change = headline ? productivityChange(study, headline) : null;
  const isMeasured =
    (headline?.link.coverage ?? 0) > 0 && plan.charter.outcomes.some(({ measure }) => measure);
  const prices = inputPrices(study);
  const efficiency = effectOf(change?.unadjusted, change?.intervals.unadjusted ?? null);
  const effectiveness = isMeasured
    ? effectOf(headline?.link.quality, headline?.intervals.quality ?? null)
    : null;
  const panel = threeEs({
    economy: prices === null ? null : [prices, null, null],
    efficiency,
    effectiveness,
    floorBroken,
    delivered: null,
    apart: movedApart(study, moved),
  });
  const period = headline
    ? `${headline.comparison.laterLabel}, against ${headline.comparison.earlierLabel}`
    : null;
  const unmeasured = plan.charter.outcomes.filter(({ measure }) => measure === undefined);
  const row = (name: string, what: string, effect: Effect | null) => ({
    part: name,
    what,
    growth: effect?.[0] ?? null,
    range:
      effect && effect[1] !== null && effect[2] !== null
        ? formatInterval({ low: effect[1], high: effect[2] }, 'growth')
        : null,
  });
  const shown = panel.showsEfficiency ? efficiency : null;
  return {
    id: 'value',
    question,
    answer:
      panel.verdict === 'value for money cannot be stated'
        ? `Cannot tell: value for money cannot be stated. ${panel.why}`
        : `${sentence(panel.verdict)}${panel.join === 'colon' ? ':' : '.'} ${panel.why}`,
    status:
      panel.join === 'colon'
        ? 'caution'
        : /cannot/.test(panel.verdict)
          ? 'cannot-tell'
          : unmeasured.length > 0
            ? 'caution'
            : 'sound',
    figures: [
      figure('effectiveness', 'Effectiveness: growth of quality', effectiveness?.[0] ?? null, 'growth', {
        interval: headline && effectiveness ? headline.intervals.quality : null,
        period,
      }),
      ...(panel.showsEfficiency
        ? [
            figure('efficiency', 'Efficiency: growth of output per input', shown?.[0] ?? null, 'growth', {
              interval: change?.intervals.unadjusted ?? null,
              period,
            }),
          ]
        : []),
      figure('economy', 'Economy: growth of what the same inputs cost', prices, 'growth', { period }),
    ],
    tables: [
      {
        id: 'three-es',
        title: 'Economy, efficiency and effectiveness together',
        columns: [
          { key: 'part', title: 'Part', type: 'text' },
          { key: 'what', title: 'What it asks', type: 'text' },
          { key: 'growth', title: 'Growth', type: 'growth' },
          { key: 'range', title: 'Range', type: 'text' },
        ],
        rows: [
          row('Effectiveness', 'whether it achieves more of what it is for', effectiveness),
          row('Efficiency', 'whether each pound of the same money buys more output', shown),
          row('Economy', 'whether the same inputs cost less', prices === null ? null : [prices, null, null]),
        ],
        notes: [
          `Essential floors: ${floorBroken === null ? 'not known' : floorBroken ? 'one is broken' : 'held'}.`,
          ...(panel.showsEfficiency ? [] : ['Efficiency is not shown without effectiveness.']),
        ],
      },
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...paymentsCaveat(study),
      'Good value is the optimal use of resources to achieve the intended outcomes (National Audit Office), not the lowest price.',
      ...unmeasured.map(({ title }) => `Not measured: "${title}".`),
    ],
    next:
      panel.verdict === 'value for money cannot be stated' ? nextOf(study, effectiveness, efficiency) : [],
    provenance: provenanceOf(
      study,
      `Three Es (National Audit Office): ${formatValue(0.01, 'share')} margin for "the same"`,
    ),
  };
}

function nextOf(study: Study, effectiveness: Effect | null, efficiency: Effect | null): readonly string[] {
  return [
    ...(effectiveness ? [] : ['Measure what the service is for, and name the measure in the charter.']),
    ...(efficiency ? [] : efficiencyNext(study)),
  ];
}

/** What would let efficiency be told: the inputs at fault by name, or inputs at all. */
function efficiencyNext({ data, headline }: Study): readonly string[] {
  if (bodyInputs(data).length === 0)
    return ['Record what the service uses, by period: staff, money and the rest.'];
  const remedies = inputRemedies(data, headline?.comparison ?? null);
  return remedies.length > 0
    ? remedies
    : ['Collect more weeks, until growth of output per input has a range.'];
}

import { formatValue, type Interval, listInWords, type Result, type Table } from '../core/index.ts';
import { productivityGrowth } from '../stats/index.ts';
import type { Change } from './change.ts';
import { changeColumn, countColumns, countsOfChange } from './change-counts.ts';
import { weeksCompared, whenCompared } from './comparison.ts';
import { conventionCaveats, conventionOf, measuredProductivity } from './convention.ts';
import {
  equivalenceCaveats,
  equivalenceNext,
  groupsTable,
  hangsOnGroups,
  heedLikeness,
  withoutEachGroup,
  withoutFigures,
  withoutInWords,
} from './equivalence/equivalence-tables.ts';
import { inputErrorCalls, inputErrors, inputShares } from './input-errors.ts';
import { bodyInputs, inputBlocks, inputGrowth } from './input-states.ts';
import { linkedCaveats } from './linked-series/linked-words.ts';
import { movedOf } from './output.ts';
import { type ProductivityRangeInput, productivityRange } from './productivity-range.ts';
import { provenanceOf, type Study } from './study.ts';
import { productivitySeries } from './swings/productivity-series.ts';
import {
  besideInWords,
  type Moved,
  movedInTitle,
  movedInWords,
  pairInTitle,
  toldOf,
  verdictOf,
} from './verdict.ts';
import { shareOfDraws, weightShift } from './weight-draws.ts';
import { weightingCaveats } from './weighting-words.ts';
import { figure, incompleteCaveat, paymentsCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'Are we more productive than a year ago, allowing for quality, and how sure are we?';

/** Productivity between two sets of periods, without and with quality. */
interface ProductivityChange {
  readonly change: Change;
  readonly input: number;
  readonly unadjusted: number;
  readonly adjusted: number | null;
  readonly intervals: { readonly unadjusted: Interval | null; readonly adjusted: Interval | null };
  /** What each interval is worked out from. */
  readonly ranges: {
    readonly unadjusted: ProductivityRangeInput;
    readonly adjusted: ProductivityRangeInput;
  };
}

/** Growth of output over growth of inputs, exact; null where inputs cannot be told. */
export function productivityChange(
  study: Pick<Study, 'data' | 'seed' | 'replicates'>,
  change: Change,
  inputs: readonly number[] = bodyInputs(study.data),
): ProductivityChange | null {
  const grown = inputGrowth(study.data, inputs, change.comparison);
  const { link } = grown;
  if (!link) return null;
  const parts = productivityGrowth({
    volume: change.link.volume,
    quality: change.link.quality,
    input: link.volume,
  });
  const from = {
    inputBlocks: inputBlocks(study.data, inputs, change.comparison, change.blocks.volume.earlier.length),
    inputs: inputShares(study.data, inputs, link),
    ...{ basis: change.basis, seed: study.seed, draws: study.replicates },
  };
  const rangeOf = (kind: 'volume' | 'adjusted', productivity: number): ProductivityRangeInput => ({
    ...from,
    output: change.link[kind],
    productivity,
    resampled: change.replicates[kind],
    blocks: change.blocks[kind],
    judged: change.judged?.[kind] ?? null,
  });
  const ranges = {
    unadjusted: rangeOf('volume', parts.productivityUnadjusted),
    adjusted: rangeOf('adjusted', parts.productivity),
  };
  const isMeasured = change.link.coverage > 0;
  return {
    change,
    input: link.volume,
    unadjusted: parts.productivityUnadjusted,
    adjusted: isMeasured ? parts.productivity : null,
    intervals: {
      unadjusted: productivityRange(ranges.unadjusted),
      adjusted: isMeasured ? productivityRange(ranges.adjusted) : null,
    },
    ranges,
  };
}

/** Digits of resampled growth that a call gives: its interval is then the page's to six. */
const resampledDigits = 7;

/** The input of `calc productivity` for an interval. Resamples are left out where the weeks alone settle it. */
function intervalInput(range: ProductivityRangeInput, interval: Interval | null) {
  const { resampled, blocks, inputBlocks, basis, inputs, judged, seed, draws } = range;
  const isWeeks = interval?.method.startsWith('paired blocks') ?? false;
  const varies = resampled.some((value) => value !== resampled[0]);
  return {
    ...(isWeeks
      ? { narrowerOverCases: varies }
      : { resampled: resampled.map((value) => Number(value.toPrecision(resampledDigits))) }),
    ...{ blocks, inputBlocks, isShort: basis.isShort, countedFromCases: basis.hasCases },
    inputs: inputs.map(({ weight, ratio, error }) => ({
      ...{ share: weight, growth: ratio - 1 },
      ...(error ? { error: { id: error.id, percent: 100 * error.relative } } : {}),
    })),
    ...(judged ? { judged } : {}),
    ...{ seed, draws },
  };
}

function growthTable(changes: readonly ProductivityChange[]): Table {
  return {
    id: 'productivity-growth',
    title: 'Growth of productivity, without and with quality',
    columns: [
      { key: 'from', title: 'From', type: 'period' },
      { key: 'to', title: 'To', type: 'period' },
      ...countColumns(false),
      changeColumn('output', 'Output'),
      changeColumn('outputAdjusted', 'Output with quality'),
      { key: 'input', title: 'Inputs', type: 'growth' },
      { ...changeColumn('unadjusted', 'Productivity without quality'), derivedFrom: ['output', 'input'] },
      { ...changeColumn('unadjustedLow', 'Low without quality'), forMachines: true },
      { ...changeColumn('unadjustedHigh', 'High without quality'), forMachines: true },
      { ...changeColumn('adjusted', 'Productivity with quality'), derivedFrom: ['outputAdjusted', 'input'] },
      changeColumn('low', 'Low'),
      changeColumn('high', 'High'),
    ],
    rows: changes.map((row) => ({
      from: row.change.comparison.earlierLabel,
      to: row.change.comparison.laterLabel,
      ...countsOfChange(row.change),
      output: row.change.link.volume,
      outputAdjusted: row.adjusted === null ? null : row.change.link.adjusted,
      input: row.input,
      unadjusted: row.unadjusted,
      unadjustedLow: row.intervals.unadjusted?.low ?? null,
      unadjustedHigh: row.intervals.unadjusted?.high ?? null,
      adjusted: row.adjusted,
      low: (row.intervals.adjusted ?? row.intervals.unadjusted)?.low ?? null,
      high: (row.intervals.adjusted ?? row.intervals.unadjusted)?.high ?? null,
    })),
    notes: ['Productivity is the ratio of output to inputs, never the difference of their growth.'],
  };
}

/** What the chart says: the change that the answer speaks of, told or not. */
function chartTitle(main: ProductivityChange): string {
  const when = whenCompared(main.change.comparison);
  const alone = movedBy(main, 'unadjusted');
  return main.adjusted === null
    ? `Productivity ${movedInTitle(alone)} ${when}, without quality`
    : pairInTitle('Productivity', when, movedBy(main), alone);
}

/** True where productivity is nothing by construction. */
function isAllConvention(study: Study): boolean {
  const convention = study.headline && conventionOf(study, study.headline);
  return convention !== null && convention.share > 1 - 1e-9;
}

function whatIsMissing(study: Study): readonly string[] {
  const missing: string[] = [];
  if (study.weighting.mode === 'alike') missing.push('not every output has a unit cost');
  const body = bodyInputs(study.data);
  if (!study.headline) {
    if (study.data.inputList.length === 0) missing.push('no inputs are recorded (no hours, pay or spending)');
    missing.push('there are not two whole periods of output to compare');
  } else {
    const growth = inputGrowth(study.data, body, study.headline.comparison);
    if (growth.missing) missing.push(growth.missing);
    if (isAllConvention(study))
      missing.push('all output is taken to be its inputs, so that none could be told');
  }
  return missing;
}

function cannotTell(study: Study): Result {
  const missing = whatIsMissing(study);
  const { headline } = study;
  const withQuality =
    headline && headline.link.coverage > 0
      ? `; allowing for quality ${besideInWords(movedOf(headline, 'adjusted'))}`
      : '';
  const known = headline
    ? ` What is known: ${movedInWords('volume', whenCompared(headline.comparison), movedOf(headline, 'volume'))}${withQuality}.`
    : '';
  return {
    id: 'productivity',
    question,
    answer: `Cannot tell: productivity is output over inputs, and ${listInWords(missing)}.${known}`,
    status: 'cannot-tell',
    figures: [
      figure('productivity-growth', 'Growth of productivity allowing for quality', null, 'growth', {
        period: headline?.comparison.laterLabel ?? null,
        note: `missing: ${listInWords(missing)}`,
      }),
      figure('productivity-growth-unadjusted', 'Growth of productivity without quality', null, 'growth', {
        period: headline?.comparison.laterLabel ?? null,
      }),
    ],
    tables: [],
    charts: [],
    caveats: [...standingCaveats(study), ...weightingCaveats(study), ...incompleteCaveat(study)],
    next: [
      'Add inputs by period: paid hours by grade with their cost, agency staff, and other spending with a deflator.',
      'Until then read volume and quality side by side under output and effectiveness.',
    ],
    provenance: provenanceOf(study, 'none: what is needed is missing'),
  };
}

function citizenCaveats(study: Study, main: ProductivityChange): readonly string[] {
  const all = study.data.inputList.map((_, i) => i);
  if (all.length === bodyInputs(study.data).length) return [];
  const whole = productivityChange(study, main.change, all);
  if (!whole)
    return [
      'The time of the people served is recorded without a cost, so productivity with it cannot be told.',
    ];
  const [own, withThem] = [movedBy(main), movedBy(whole)];
  const isGain = own.growth > 0 && (own.told === 'told' || own.told === 'no-range');
  const flag = isGain && withThem.growth < 0 ? ' The gain is paid for by the people served.' : '';
  return [
    `Productivity with the time of the people served among the inputs: ${besideInWords(withThem)}.${flag}`,
  ];
}

/** What is said of any growth of productivity whose quality is not measured. */
export const qualityUnmeasured = 'quality is not measured, so a gain may be a loss of quality';

/** A change of productivity, with quality where that is measured and asked for, and whether it can be told from chance. */
function movedBy(main: ProductivityChange, kind: 'adjusted' | 'unadjusted' = 'adjusted'): Moved {
  const isAdjusted = kind === 'adjusted' && main.adjusted !== null;
  const interval = main.intervals[isAdjusted ? 'adjusted' : 'unadjusted'];
  return {
    growth: isAdjusted ? (main.adjusted ?? 0) : main.unadjusted,
    interval,
    told: toldOf(interval, weeksCompared(main.change.comparison)),
  };
}

/** The words and status of a change of productivity, given the share of other weights that agree with it. */
export function productivityVerdict(main: ProductivityChange, agreement: number) {
  const { comparison } = main.change;
  const isAdjustedFor = main.adjusted !== null;
  const verdict = verdictOf(
    isAdjustedFor ? 'productivity allowing for quality' : 'productivity without quality',
    whenCompared(comparison),
    main.adjusted ?? main.unadjusted,
    main.intervals.adjusted ?? main.intervals.unadjusted,
    weeksCompared(comparison),
    isAdjustedFor ? agreement : 1,
  );
  return !isAdjustedFor && verdict.status === 'sound' ? { ...verdict, status: 'caution' as const } : verdict;
}

/** Output over inputs, without and with quality side by side, with its interval and how far weights matter. */
export function productivityResult(study: Study): Result {
  const { headline } = study;
  const canTell = headline && study.weighting.mode !== 'alike' && !isAllConvention(study);
  const main = canTell ? productivityChange(study, headline) : null;
  if (!headline || !main) return cannotTell(study);
  const { comparison } = headline;
  const draws = shareOfDraws(headline, main.input, study.seed);
  const measured = measuredProductivity(study, headline, main.input);
  const shift = weightShift(headline, main.input, (k) => study.plan.measures[k]?.measure.title ?? '');
  const verdict = productivityVerdict(main, draws.share);
  const beside =
    main.adjusted === null
      ? qualityUnmeasured
      : `without quality ${besideInWords(movedBy(main, 'unadjusted'))}`;
  const all = study.changes.flatMap((change) => productivityChange(study, change) ?? []);
  const series = productivitySeries(study);
  const note = `on ${comparison.earlierLabel}`;
  const level = (growth: number) => [100, 100 * (1 + growth)];
  const call = (kind: 'unadjusted' | 'adjusted') => ({
    method: 'productivity',
    input: {
      periods: [comparison.earlierLabel, comparison.laterLabel],
      output: level(main.ranges[kind].output),
      input: level(main.input),
      interval: intervalInput(main.ranges[kind], main.intervals[kind]),
    },
  });
  const without = withoutEachGroup(study, headline, (change) => {
    const found = productivityChange(study, change);
    return (
      found && {
        growth: found.adjusted ?? found.unadjusted,
        interval: found.intervals.adjusted ?? found.intervals.unadjusted,
      }
    );
  });
  const growth = main.adjusted ?? main.unadjusted;
  const grouped = groupsTable(study, 'productivity', growth, without);
  const others = all.filter((row) => row.change !== headline).slice(-2);
  const errors = inputErrors(study, inputGrowth(study.data, bodyInputs(study.data), comparison));
  return {
    id: 'productivity',
    question,
    answer: `${sentence(verdict.words)}; ${beside}${hangsOnGroups(movedBy(main), without)}.`,
    status: heedLikeness(study, verdict.status, growth, without),
    figures: [
      figure('productivity-growth', 'Growth of productivity allowing for quality', main.adjusted, 'growth', {
        interval: main.intervals.adjusted,
        period: comparison.laterLabel,
        note,
      }),
      figure(
        'productivity-growth-unadjusted',
        'Growth of productivity without quality',
        main.unadjusted,
        'growth',
        {
          interval: main.intervals.unadjusted,
          period: comparison.laterLabel,
          note,
        },
      ),
      ...withoutFigures('productivity', without, headline),
      ...(measured
        ? [
            figure(
              'convention-share',
              'Share of output that is taken to be its inputs',
              measured.share,
              'share',
              {
                period: comparison.laterLabel,
                note: 'its productivity cannot change',
              },
            ),
            figure(
              'measured-productivity-growth',
              'Growth of productivity of the part that is measured',
              measured.productivity,
              'growth',
              { period: comparison.laterLabel, note },
            ),
          ]
        : []),
      ...others.map((row, i) =>
        figure(
          `productivity-growth-${row.change.comparison.kind === 'previous' ? 'last' : 'other'}-${i + 1}`,
          `Growth of productivity${row.adjusted === null ? '' : ' allowing for quality'}, ${row.change.comparison.laterLabel} on ${row.change.comparison.earlierLabel}`,
          row.adjusted ?? row.unadjusted,
          'growth',
          {
            interval: row.intervals.adjusted ?? row.intervals.unadjusted,
            period: row.change.comparison.laterLabel,
          },
        ),
      ),
      ...(draws.measures > 1
        ? [
            figure(
              'weight-draws',
              'Other weights of quality that would give the same direction',
              draws.share,
              'share',
              {
                period: comparison.laterLabel,
                note: `Sensitivity to weights, apart from the interval; ${formatValue(draws.nearby, 'share')} of weights near the charter's`,
              },
            ),
            ...(shift
              ? [
                  figure(
                    'weight-shift',
                    'Least weight of quality to move for productivity not to have changed',
                    shift.shift,
                    'share',
                    { period: comparison.laterLabel, note: shift.words },
                  ),
                ]
              : []),
          ]
        : []),
    ],
    tables: [growthTable(all), ...(grouped ? [grouped] : []), ...series.tables],
    charts: series.charts(chartTitle(main)),
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['output', 'input', 'quality']),
      ...paymentsCaveat(study),
      ...weightingCaveats(study),
      ...conventionCaveats(study, headline),
      ...(measured ? [measured.words] : []),
      ...equivalenceCaveats(study),
      ...withoutInWords('productivity', without),
      ...(headline.link.coverage < 0.9995
        ? [
            `Quality is measured for ${formatValue(headline.link.coverage, 'share')} of the weight of output; the rest is taken as unchanged.`,
          ]
        : []),
      ...(comparison.kind === 'previous'
        ? ['There is no year before to compare with: a change of season looks like a change of productivity.']
        : []),
      errors
        ? `The interval allows for the errors declared of inputs: ${errors.words}.${errors.exact.length > 0 ? ` ${listInWords(errors.exact)} ${errors.exact.length === 1 ? 'declares' : 'declare'} none and ${errors.exact.length === 1 ? 'counts' : 'count'} as exact.` : ''}`
        : 'Inputs are counted in full and carry no sampling error; errors of records, costs and deflators are not in the interval, as the charter declares none (`inputs`, `error`).',
      ...series.caveats,
      ...citizenCaveats(study, main),
      ...incompleteCaveat(study),
    ],
    next: [...verdict.next, ...equivalenceNext(study)],
    provenance: provenanceOf(
      study,
      'Productivity as the ratio of chained Laspeyres output (with quality) to chained Laspeyres inputs; the wider of a Poisson bootstrap over cases and paired blocks of weeks',
      {
        resampled: true,
        recompute: [
          ...(main.adjusted === null ? [] : [call('adjusted')]),
          call('unadjusted'),
          ...inputErrorCalls(study),
        ],
        ...(errors ? { parameters: { declaredInputErrors: errors.words } } : {}),
      },
    ),
  };
}

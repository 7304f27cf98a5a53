import { formatValue, listInWords, type Result, type Table } from '../core/index.ts';
import { changeColumn, countColumns, countsOfChange } from './change-counts.ts';
import { whenCompared } from './comparison.ts';
import { conventionCaveats, measuredProductivity } from './convention.ts';
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
import { inputErrorCalls, inputErrors } from './input-errors.ts';
import { bodyInputs, inputGrowth } from './input-states.ts';
import { canBeTold, labourOnly } from './labour-productivity.ts';
import { linkedCaveats } from './linked-series/linked-words.ts';
import {
  movedBy,
  type ProductivityChange,
  productivityCall,
  productivityChange,
  productivityVerdict,
  qualityUnmeasured,
} from './productivity-change.ts';
import { provenanceOf, type Study } from './study.ts';
import { productivitySeries } from './swings/productivity-series.ts';
import { besideInWords, movedInTitle, pairInTitle } from './verdict.ts';
import { shareOfDraws, weightShift } from './weight-draws.ts';
import { weightingCaveats } from './weighting-words.ts';
import { figure, incompleteCaveat, paymentsCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'Are we more productive than a year ago, allowing for quality, and how sure are we?';

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

/** Output over inputs, without and with quality side by side, with its interval and how far weights matter. */
export function productivityResult(study: Study): Result {
  const { headline } = study;
  const canTell = headline && canBeTold(study);
  const main = canTell ? productivityChange(study, headline) : null;
  if (!headline || !main) return labourOnly(study, question);
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
          ...(main.adjusted === null ? [] : [productivityCall(main, 'adjusted')]),
          productivityCall(main, 'unadjusted'),
          ...inputErrorCalls(study),
        ],
        ...(errors ? { parameters: { declaredInputErrors: errors.words } } : {}),
      },
    ),
  };
}

import {
  type CellValue,
  type Column,
  formatValue,
  leastCases,
  listInWords,
  nextPeriod,
  periodStart,
  type Result,
  type Table,
} from '../core/index.ts';
import { type Change, changeBetween } from './change.ts';
import { changeColumn, countColumns, countsOfChange } from './change-counts.ts';
import { weeksCompared, whenCompared } from './comparison.ts';
import { conventionCaveats } from './convention.ts';
import {
  equivalenceCaveats,
  equivalenceNext,
  groupsTable,
  hangsOnGroups,
  heedLikeness,
  likenessTable,
  withoutEachGroup,
  withoutFigures,
  withoutInWords,
} from './equivalence/equivalence-tables.ts';
import { formulaSpread } from './formula-spread.ts';
import { type Item, itemsOf } from './items.ts';
import { linkedCalls, linkedCaveats, linkedTable } from './linked-series/linked-words.ts';
import { indexCall } from './recompute.ts';
import { provenanceOf, type Study } from './study.ts';
import { outputSeries } from './swings/output-series.ts';
import {
  besideInWords,
  type Moved,
  movedInTitle,
  movedInWords,
  pairInTitle,
  statusOfMoved,
  toldOf,
} from './verdict.ts';
import { weightingCaveats, weightingMethod } from './weighting-words.ts';
import { figure, incompleteCaveat, sentence, standingCaveats } from './wording.ts';

const question = 'How much did the service produce, and how much allowing for quality?';

/** Counts of people's cases under ten are not shown. */
function shownCount(from: 'cases' | 'volumes', count: number): number | null {
  return from === 'cases' && count < leastCases ? null : count;
}

function volumesTable(study: Study): Table {
  const rows = study.data.periods.flatMap((period) =>
    study.plan.outputs.map((output, o) => {
      const own = study.data.cells.filter(
        (cell) => cell.output === o && cell.period === period.start && cell.count !== null,
      );
      const isKnown = own.length > 0 || output.from === 'cases';
      return {
        start: period.start,
        period: period.label,
        output: output.title,
        quantity: isKnown
          ? shownCount(
              output.from,
              own.reduce((sum, cell) => sum + (cell.count ?? 0), 0),
            )
          : null,
        unit: output.unit,
        complete: period.complete,
      };
    }),
  );
  return {
    id: 'volumes',
    title: 'How much was produced, by period and output',
    columns: [
      { key: 'start', title: 'First day', type: 'date', forMachines: true },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'output', title: 'Output', type: 'text' },
      { key: 'quantity', title: 'Quantity', type: 'count' },
      { key: 'unit', title: 'Counted in', type: 'text' },
      { key: 'complete', title: 'Whole period', type: 'text' },
    ],
    rows,
    ...(study.plan.outputs.some((output) => output.from === 'cases')
      ? { notes: ['A count of fewer than ten cases is not shown.'] }
      : {}),
  };
}

/** True where some quality measure carries weight and has data. */
export function isAdjusted(study: Study): boolean {
  return study.plan.measures.some(
    ({ index, measure }) => measure.weight > 0 && (study.data.isShare[index] ?? null) !== null,
  );
}

const changeColumns: readonly Column[] = [
  { key: 'output', title: 'Output', type: 'text' },
  { key: 'from', title: 'From', type: 'period' },
  { key: 'to', title: 'To', type: 'period' },
  ...countColumns(false),
  changeColumn('volume', 'Volume'),
  changeColumn('volumeLow', 'Low'),
  changeColumn('volumeHigh', 'High'),
  changeColumn('quality', 'Quality'),
  { ...changeColumn('adjusted', 'Volume and quality'), derivedFrom: ['volume', 'quality'] },
  changeColumn('adjustedLow', 'Low'),
  changeColumn('adjustedHigh', 'High'),
];

/** A change as a row: growth of volume, of quality and of both, with ranges. */
function changeRow(output: string, change: Change): Readonly<Record<string, CellValue>> {
  const measured = change.link.coverage > 0;
  return {
    output,
    from: change.comparison.earlierLabel,
    to: change.comparison.laterLabel,
    ...countsOfChange(change),
    volume: change.link.volume,
    volumeLow: change.intervals.volume?.low ?? null,
    volumeHigh: change.intervals.volume?.high ?? null,
    quality: measured ? change.link.quality : null,
    adjusted: measured ? change.link.adjusted : null,
    adjustedLow: measured ? (change.intervals.adjusted?.low ?? null) : null,
    adjustedHigh: measured ? (change.intervals.adjusted?.high ?? null) : null,
  };
}

/** One output, or one group of them, alone between the sets of periods of a change. */
export function changeOfItem(study: Study, item: Item, like: Change): Change | null {
  const alone = { mode: 'one', items: [item], withoutCost: [] } as const;
  return changeBetween(study.data, alone, like.comparison, study.resampled);
}

/** Growth of an output of people's cases needs ten of them on each side. */
export function isShown(study: Study, item: Item, change: Change): boolean {
  if (item.outputs.every((o) => study.plan.outputs[o]?.from !== 'cases')) return true;
  const { earlier, later } = countsOfChange(change);
  return Math.min(earlier, later) >= leastCases;
}

/** Groups that are not all of the output, then every output alone. */
function itemsShown(study: Study): readonly Item[] {
  const { outputs } = study.plan;
  const grouped = itemsOf(outputs, new Set()).filter(
    (item) => item.outputs.length > 1 && item.outputs.length < outputs.length,
  );
  return [...grouped, ...outputs.map(({ id, title }, o) => ({ id, title, outputs: [o] }))];
}

function changesTable(study: Study): Table {
  const isMany = study.plan.outputs.length > 1;
  const rows = study.changes.flatMap((change) => [
    changeRow('All outputs', change),
    ...(isMany && (change.comparison.kind === 'year' || change === study.headline)
      ? itemsShown(study).flatMap((item) => {
          const own = changeOfItem(study, item, change);
          return own && isShown(study, item, own) ? [changeRow(item.title, own)] : [];
        })
      : []),
  ]);
  return {
    id: 'changes',
    title: 'Growth of output, without and with quality',
    columns: changeColumns,
    rows,
    notes: [
      'Each row compares the later periods with the earlier at the unit costs and quality of the earlier.',
      'Quality "not known": no measure with weight covers the output, so its quality is not told.',
      'Ranges are given from 26 weeks on: a month or two can be far from the usual by chance.',
      ...(study.plan.outputs.some(({ group }) => group !== undefined)
        ? ['Outputs of one group are routes to the same service: cases that change route are no fall of it.']
        : []),
    ],
  };
}

/** Growth of volume or of volume and quality, and whether it can be told from chance. */
export function movedOf(change: Change, kind: 'volume' | 'adjusted'): Moved {
  const interval = change.intervals[kind];
  return {
    growth: change.link[kind],
    interval,
    told: toldOf(interval, weeksCompared(change.comparison)),
  };
}

/** Volume, and volume with quality where that is measured. */
function allMoved(change: Change): readonly Moved[] {
  const volume = movedOf(change, 'volume');
  return change.link.coverage > 0 ? [volume, movedOf(change, 'adjusted')] : [volume];
}

/** What the chart says: the last period alone may stand high or low for its season, so it compares like with like. */
function chartTitle({ headline }: Study, adjusted: boolean): string {
  if (!headline) return 'Output by period';
  return adjusted && headline.link.coverage > 0
    ? pairInTitle(
        'Output',
        whenCompared(headline.comparison),
        movedOf(headline, 'adjusted'),
        movedOf(headline, 'volume'),
      )
    : `Output ${movedInTitle(movedOf(headline, 'volume'))} ${whenCompared(headline.comparison)}`;
}

/** The whole run of years, where there are more than two. */
function sinceFirst(study: Study): string {
  const whole = study.changes.find(
    ({ comparison }) =>
      comparison.kind === 'year' && !isNextTo(study, comparison.earlier[0] ?? '', comparison.later[0] ?? ''),
  );
  if (!whole) return '';
  const adjusted =
    whole.link.coverage > 0 ? `, and allowing for quality ${besideInWords(movedOf(whole, 'adjusted'))}` : '';
  return `; since ${whole.comparison.earlierLabel} ${besideInWords(movedOf(whole, 'volume'))}${adjusted}`;
}

function isNextTo(study: Study, earlier: string, later: string): boolean {
  return (
    nextPeriod(study.plan.year, periodStart(study.plan.year, earlier)) === periodStart(study.plan.year, later)
  );
}

/** What one whole period holds: counts, though no growth. */
function answerOfOnePeriod(study: Study): string {
  const period = study.data.periods.find((one) => one.start === study.complete.at(-1));
  const counts = study.plan.outputs.flatMap((output, o) => {
    const count = study.data.cells
      .filter((cell) => cell.output === o && cell.period === period?.start)
      .reduce((sum, cell) => sum + (cell.count ?? 0), 0);
    return count >= leastCases ? [`${formatValue(count, 'count')} ("${output.title}")`] : [];
  });
  if (!period || counts.length === 0) return 'Cannot tell: fewer than two whole periods hold any output.';
  return `Cannot tell yet whether output grew: only one whole period can be compared, ${period.label}, with ${listInWords(counts)}.`;
}

function answerOf(study: Study, hangs: string): string {
  const { headline } = study;
  if (!headline) return answerOfOnePeriod(study);
  const { link, comparison } = headline;
  const when = whenCompared(comparison);
  const noun = study.weighting.mode === 'cost' ? 'output' : 'the number of outputs';
  const volume = movedInWords(noun, when, movedOf(headline, 'volume'));
  const quality =
    link.coverage > 0
      ? `; allowing for quality ${besideInWords(movedOf(headline, 'adjusted'))}`
      : '; its quality is not measured';
  const convention =
    study.weighting.mode === 'alike' ? ' (all kinds counted alike, because no costs are given)' : '';
  return `${sentence(volume)}${convention}${hangs}${quality}${sinceFirst(study)}.`;
}

/** A count in words that hides fewer than ten. */
function few(count: number): string {
  return count > 0 && count < leastCases ? 'fewer than 10' : formatValue(count, 'count');
}

/** By what a case is taken to have ended, where the data give no closing date. */
function endRule({ facts }: Study): readonly string[] {
  if (!facts || facts.ends.rule === 'closing') return [];
  return [
    facts.ends.rule === 'stop'
      ? 'The data give no closing date, so a case has ended once it went through a step that stops a clock of the charter.'
      : 'The data give no closing date, so every case counts as ended at its last step; some may still be open.',
  ];
}

function accountCaveats(study: Study): readonly string[] {
  const { account } = study;
  const unknown = study.tables.unknown.map(
    (entry) =>
      `${formatValue(entry.rows, 'count')} rows of ${entry.table} are for "${entry.name}", which the charter does not know: they are left out.`,
  );
  if (!account) return unknown;
  const reported = study.data.cells
    .filter(
      (cell) => cell.kind === 'cases' && study.data.periods.some((period) => period.start === cell.period),
    )
    .reduce((sum, cell) => sum + (cell.count ?? 0), 0);
  const outside = account.counted - reported;
  return [
    ...endRule(study),
    `Of ${formatValue(account.all, 'count')} cases, ${formatValue(account.counted, 'count')} count as output, ${few(account.notYet)} had not ended when the data were taken, and ${few(account.otherwise)} ended in a way that is no output.`,
    ...(outside >= leastCases
      ? [`${formatValue(outside, 'count')} of the cases that count lie outside the periods reported.`]
      : []),
    ...unknown,
  ];
}

function leftOut(study: Study, change: Change): readonly string[] {
  return change.link.leftOut.map(
    ({ item, reason }) => `"${study.weighting.items[item]?.title}" is left out of growth: ${reason}.`,
  );
}

/** How much was produced: counts, the cost-weighted index where costs are known, and the same allowing for quality. */
export function outputResult(study: Study): Result {
  const { headline, weighting } = study;
  const names = weighting.items.map((item) => item.title);
  const period = headline?.comparison.laterLabel ?? null;
  const against = headline ? `on ${headline.comparison.earlierLabel}` : undefined;
  const adjusted = headline !== null && headline.link.coverage > 0;
  const spread = formulaSpread(study);
  const linked = linkedTable(study, 'output');
  const without = headline
    ? withoutEachGroup(study, headline, ({ link, intervals }) => ({
        growth: link.volume,
        interval: intervals.volume,
      }))
    : [];
  const status = headline
    ? heedLikeness(study, statusOfMoved(allMoved(headline)), headline.link.volume, without)
    : 'cannot-tell';
  const grouped = groupsTable(study, 'volume', headline?.link.volume ?? 0, without);
  const likeness = likenessTable(study);
  const isUnweighted =
    weighting.mode === 'alike' ||
    (weighting.mode === 'one' && study.plan.outputs.length > 1 && weighting.withoutCost.length > 0);
  const withNote = (interval: Change['intervals']['volume']) => ({
    interval,
    period,
    ...(against === undefined ? {} : { note: against }),
  });
  const series = outputSeries(study, isAdjusted(study), chartTitle(study, isAdjusted(study)));
  return {
    id: 'output',
    question,
    answer: answerOf(study, headline ? hangsOnGroups(movedOf(headline, 'volume'), without) : ''),
    status: status === 'sound' && (isUnweighted || !adjusted) ? 'caution' : status,
    figures: [
      figure(
        'volume-growth',
        'Growth of volume',
        headline?.link.volume ?? null,
        'growth',
        withNote(headline?.intervals.volume ?? null),
      ),
      figure(
        'adjusted-growth',
        'Growth of output allowing for quality',
        adjusted ? headline.link.adjusted : null,
        'growth',
        withNote(adjusted ? headline.intervals.adjusted : null),
      ),
      ...(headline ? withoutFigures('volume', without, headline) : []),
    ],
    tables: [
      ...(study.changes.length > 0 ? [changesTable(study)] : []),
      ...(grouped ? [grouped] : []),
      ...(likeness ? [likeness] : []),
      ...series.tables,
      ...(spread ? [spread.table] : []),
      volumesTable(study),
      ...(linked ? [linked] : []),
    ],
    charts: series.charts,
    caveats: [
      ...standingCaveats(study),
      ...series.caveats,
      ...weightingCaveats(study),
      ...linkedCaveats(study, ['output', 'quality']),
      ...conventionCaveats(study, headline),
      ...equivalenceCaveats(study),
      ...withoutInWords('volume', without),
      ...(spread?.caveat ? [spread.caveat] : []),
      ...(headline ? leftOut(study, headline) : []),
      ...(adjusted && headline.link.coverage < 0.9995
        ? [
            `Quality is measured for ${formatValue(headline.link.coverage, 'share')} of the weight of output; the rest is taken as unchanged.`,
          ]
        : []),
      ...incompleteCaveat(study),
      ...accountCaveats(study),
    ],
    next: [
      ...(isUnweighted
        ? ['Give each output a unit cost, from the finance team, so that output can be weighted.']
        : []),
      ...(headline && status === 'cannot-tell'
        ? ['Collect more weeks: the change is small beside the usual ups and downs, or the weeks are few.']
        : []),
      ...(headline ? [] : ['Add data until two whole periods are covered.']),
      ...equivalenceNext(study),
    ],
    provenance: provenanceOf(study, weightingMethod(study), {
      resampled: true,
      parameters: { formula: 'laspeyres', link: 'chained', mode: weighting.mode },
      recompute: [
        ...linkedCalls(study, 'output'),
        ...(headline
          ? [indexCall(headline, names, false), ...(adjusted ? [indexCall(headline, names, true)] : [])]
          : []),
      ],
    }),
  };
}

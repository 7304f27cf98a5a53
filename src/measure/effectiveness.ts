import {
  type Chart,
  countOf,
  formatValue,
  type LineChart,
  leastCases,
  listInWords,
  type Result,
  type Table,
} from '../core/index.ts';
import { latestPeriods } from './floors.ts';
import { groupsTable, widestGap } from './groups.ts';
import { linkedCaveats } from './linked-series/linked-words.ts';
import {
  earlierWithOpen,
  type OpenLateShare,
  openLateCaveats,
  openLateFigures,
  openLateTable,
  withOpenInWords,
} from './open-late/with-open.ts';
import { type Pooled, pooledMeasure } from './pooled.ts';
import { provenanceOf, type Study } from './study.ts';
import { type TargetView, targetCaveats, targetsTable, viewTargets } from './targets.ts';
import { figure, incompleteCaveat, standingCaveats } from './wording.ts';

const question = 'Are we achieving what the service is for, and for whom are we not?';

interface MeasureRow {
  readonly k: number;
  readonly title: string;
  readonly output: string;
  readonly start: string;
  readonly period: string;
  readonly complete: boolean;
  readonly pooled: Pooled;
}

function rowsOf(study: Study): readonly MeasureRow[] {
  return study.plan.measures.flatMap(({ index, measure, outputs }) => {
    const splits = [
      {
        output: outputs.length > 1 ? 'all' : (study.plan.outputs[outputs[0] ?? 0]?.title ?? ''),
        members: outputs,
      },
      ...(outputs.length > 1
        ? outputs.map((o) => ({ output: study.plan.outputs[o]?.title ?? '', members: [o] }))
        : []),
    ];
    return splits.flatMap(({ output, members }) =>
      study.data.periods.map((period) => ({
        k: index,
        title: measure.title,
        output,
        start: period.start,
        period: period.label,
        complete: period.complete,
        pooled: pooledMeasure(study, index, [period.start], members),
      })),
    );
  });
}

function measuresTable(id: string, title: string, rows: readonly MeasureRow[], isShare: boolean): Table {
  const type = isShare ? 'share' : 'number';
  return {
    id,
    title,
    columns: [
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'output', title: 'Output', type: 'text' },
      { key: 'start', title: 'First day', type: 'date', forMachines: true },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'n', title: 'Cases', type: 'count' },
      { key: 'value', title: isShare ? 'Share' : 'Mean', type },
      { key: 'low', title: 'Low', type },
      { key: 'high', title: 'High', type },
      { key: 'complete', title: 'Whole period', type: 'text' },
    ],
    rows: rows.map((row) => ({
      measure: row.title,
      output: row.output,
      start: row.start,
      period: row.period,
      n: row.pooled.n > 0 && row.pooled.n < leastCases && row.pooled.value === null ? null : row.pooled.n,
      value: row.pooled.value,
      low: row.pooled.interval?.low ?? null,
      high: row.pooled.interval?.high ?? null,
      complete: row.complete,
    })),
    notes: ['A share or mean of fewer than ten cases is not shown.'],
  };
}

function outcomesTable(study: Study, latest: readonly string[], label: string): Table {
  return {
    id: 'outcomes',
    title: `What the service is for, and what is known of it, ${label}`,
    columns: [
      { key: 'outcome', title: 'Outcome', type: 'text' },
      { key: 'forWhom', title: 'For whom', type: 'text' },
      { key: 'measure', title: 'Measured by', type: 'text' },
      { key: 'value', title: 'Value', type: 'text' },
      { key: 'n', title: 'Cases', type: 'count' },
    ],
    rows: study.plan.charter.outcomes.map((outcome) => {
      const planned = study.plan.measures.find(({ measure }) => measure.id === outcome.measure);
      const pooled = planned ? pooledMeasure(study, planned.index, latest, planned.outputs) : null;
      return {
        outcome: outcome.title,
        forWhom: outcome.for_whom ?? '',
        measure: planned?.measure.title ?? 'not measured',
        value:
          pooled?.value === null || pooled?.value === undefined
            ? planned
              ? 'no data'
              : 'not measured'
            : formatValue(pooled.value, pooled.isShare ? 'share' : 'number'),
        n: pooled && pooled.n >= leastCases ? pooled.n : null,
      };
    }),
  };
}

function chartOf(rows: readonly MeasureRow[], target: TargetView | undefined): Chart | null {
  const outputs = [...new Set(rows.map((row) => row.output))];
  const shown = outputs.length <= 4 ? outputs : outputs.slice(0, 1);
  const series = shown.map((output) => ({
    name: output === 'all' ? 'All outputs' : output,
    points: rows
      .filter((row) => row.output === output && row.complete)
      .map((row) => ({
        x: row.start,
        y: row.pooled.value,
        ...(row.pooled.interval && output === shown[0]
          ? { low: row.pooled.interval.low, high: row.pooled.interval.high }
          : {}),
      })),
  }));
  const main = series[0]?.points.filter((point) => point.y !== null) ?? [];
  const [first, last] = [main[0], main.at(-1)];
  if (!first || !last || main.length < 2) return null;
  const isShare = rows[0]?.pooled.isShare ?? true;
  const unit = isShare ? 'share' : 'number';
  const ends = rows.filter(
    (row) => row.output === shown[0] && (row.start === first.x || row.start === last.x),
  );
  const chart: LineChart = {
    kind: 'line',
    id: `measure-${rows[0]?.k ?? 0}`,
    title: `${rows[0]?.title}: ${formatValue(first.y, unit)} in ${ends[0]?.period}, ${formatValue(last.y, unit)} in ${ends.at(-1)?.period}`,
    description: `${isShare ? 'Share' : 'Mean'} by period${shown.length > 1 ? ', all outputs together and each alone' : ''}. Only whole periods are drawn.`,
    table: isShare ? 'shares' : 'means',
    yTitle: isShare ? 'Share' : 'Mean',
    yUnit: unit,
    series,
    ...(target
      ? { rules: [{ label: `Target ${formatValue(target.atLeast, 'share')}`, y: target.atLeast }] }
      : {}),
  };
  return chart;
}

/** One clause for a measure: its value now and before, each also with what is still open and already late. */
function clause(
  study: Study,
  k: number,
  latest: readonly string[],
  label: string,
  open: readonly OpenLateShare[],
): string | null {
  const planned = study.plan.measures[k];
  if (!planned) return null;
  const now = pooledMeasure(study, k, latest, planned.outputs);
  if (now.value === null) return null;
  const unit = now.isShare ? 'share' : 'number';
  const before = study.headline
    ? pooledMeasure(study, k, study.headline.comparison.earlier, planned.outputs).value
    : null;
  const late = open.find((one) => one.k === k);
  const was =
    before === null
      ? ''
      : `, against ${formatValue(before, unit)}${late ? earlierWithOpen(late) : ''} in ${study.headline?.comparison.earlierLabel}`;
  return `"${planned.measure.title}" stood at ${formatValue(now.value, unit)} in ${label}${late ? withOpenInWords(late) : ''}${was}`;
}

/** " It ranges from 81.5% (major departments) to 99.1% (other departments).": the gap between outputs, where it is 2 points or more. */
function rangeOverOutputs(study: Study, k: number, latest: readonly string[]): string {
  const outputs = study.plan.measures[k]?.outputs ?? [];
  if (outputs.length < 2) return '';
  const shares = outputs
    .map((o) => ({ title: study.plan.outputs[o]?.title ?? '', pooled: pooledMeasure(study, k, latest, [o]) }))
    .flatMap(({ title, pooled }) =>
      pooled.isShare && pooled.value !== null ? [{ title, value: pooled.value }] : [],
    )
    .toSorted((a, b) => a.value - b.value);
  const [low, high] = [shares[0], shares.at(-1)];
  if (!low || !high || high.value - low.value < 0.02) return '';
  return ` By output it ranges from ${formatValue(low.value, 'share')} (${low.title}) to ${formatValue(high.value, 'share')} (${high.title}).`;
}

function answerOf(
  study: Study,
  latest: readonly string[],
  label: string,
  views: readonly TargetView[],
  groups: Table | null,
  open: readonly OpenLateShare[],
): string {
  const { outcomes } = study.plan.charter;
  const measured = outcomes.flatMap((outcome) => {
    const k = study.plan.measures.find(({ measure }) => measure.id === outcome.measure)?.index;
    const words = k === undefined ? null : clause(study, k, latest, label, open);
    return k === undefined || words === null ? [] : [{ k, words }];
  });
  const first = measured[0];
  if (!first)
    return study.plan.measures.length === 0
      ? 'Cannot tell: the charter names no measure of what the service is for.'
      : 'Cannot tell: no measure of what the service is for has data in whole periods.';
  const target = views.find((view) => view.compareWith === first.k && view.everyone !== null);
  const againstTarget =
    target?.everyone === null || target === undefined
      ? ''
      : target.everyone < target.atLeast
        ? `, short of the ${formatValue(target.atLeast, 'share')} aimed for`
        : `, and ${formatValue(target.atLeast, 'share')} is aimed for`;
  const gap = widestGap(groups, study.plan.measures[first.k]?.measure.title ?? '');
  const least =
    gap && gap.gap >= 0.02
      ? ` Split by "${gap.split}" it ranges from ${formatValue(Number(gap.low.share), 'share')} (${gap.low.group}) to ${formatValue(Number(gap.high.share), 'share')} (${gap.high.group}).`
      : rangeOverOutputs(study, first.k, latest);
  const others = measured.slice(1, 3).map(({ k }, i) => {
    const planned = study.plan.measures[k];
    const pooled = pooledMeasure(study, k, latest, planned?.outputs ?? []);
    return `"${planned?.measure.title}" ${i === 0 ? 'stood at' : 'at'} ${formatValue(pooled.value, pooled.isShare ? 'share' : 'number')}`;
  });
  const silent = outcomes.length - measured.length;
  const rest =
    silent === 0
      ? ''
      : ` ${silent} of ${countOf(outcomes.length, 'intended outcome')} ${silent === 1 ? 'is' : 'are'} not measured.`;
  const also = others.length > 0 ? ` ${listInWords(others)}.` : '';
  return `${first.words}${againstTarget}.${least}${also}${rest}`;
}

/** Every outcome and quality measure by period, with targets beside the share for everyone, and by group. */
export async function effectivenessResult(study: Study, open: readonly OpenLateShare[]): Promise<Result> {
  const { starts, label } = latestPeriods(study);
  const views = await viewTargets(study, starts);
  const groups = await groupsTable(study, starts, label);
  const rows = rowsOf(study);
  const shares = rows.filter((row) => row.pooled.isShare);
  const means = rows.filter((row) => !row.pooled.isShare && (study.data.isShare[row.k] ?? null) !== null);
  const measures = study.plan.measures.filter(({ index }) => (study.data.isShare[index] ?? null) !== null);
  const unmeasured = study.plan.charter.outcomes.filter(
    (outcome) => !measures.some(({ measure }) => measure.id === outcome.measure),
  );
  const figures = measures.map(({ index, measure, outputs }) => {
    const pooled = pooledMeasure(study, index, starts, outputs);
    return figure(`measure-${measure.id}`, measure.title, pooled.value, pooled.isShare ? 'share' : 'number', {
      interval: pooled.interval,
      period: label,
      ...(pooled.n >= leastCases ? { note: `of ${formatValue(pooled.n, 'count')}` } : {}),
    });
  });
  const apart = views.filter((view) => view.share === null || view.share !== view.everyone);
  const targetFigures = apart.map((view) =>
    figure(`target-${view.id}`, `Target "${view.title}", as it counts`, view.share, 'share', {
      interval: view.interval,
      period: label,
      note: `target ${formatValue(view.atLeast, 'share')}${view.coverage === null ? '' : `; covers ${formatValue(view.coverage, 'share')} of cases`}${view.everyone === null ? '' : `; for everyone ${formatValue(view.everyone, 'share')}`}`,
    }),
  );
  const drawn = measures.flatMap(({ index }) => {
    const chart = chartOf(
      rows.filter((row) => row.k === index),
      views.find((view) => view.compareWith === index),
    );
    return chart ? [chart] : [];
  });
  const late = openLateTable(open);
  const hasValue = figures.some((one) => one.value !== null);
  return {
    id: 'effectiveness',
    question,
    answer: answerOf(study, starts, label, views, groups, open),
    status: !hasValue ? 'cannot-tell' : unmeasured.length > 0 ? 'caution' : 'sound',
    figures: [...figures, ...openLateFigures(open), ...targetFigures],
    tables: [
      outcomesTable(study, starts, label),
      ...(late ? [late] : []),
      ...(views.length > 0 ? [targetsTable(views, label)] : []),
      ...(groups ? [groups] : []),
      ...(shares.length > 0 ? [measuresTable('shares', 'Shares by period', shares, true)] : []),
      ...(means.length > 0 ? [measuresTable('means', 'Means by period', means, false)] : []),
    ],
    charts: drawn,
    caveats: [
      ...standingCaveats(study),
      ...linkedCaveats(study, ['quality']),
      ...openLateCaveats(open),
      ...targetCaveats(views),
      ...unmeasured.map((outcome) => `Not measured: "${outcome.title}".`),
      ...(study.plan.charter.unmeasured ?? []).map((text) => `Not measured: ${text}`),
      ...(groups ? ['Groups differ in who is in them: a gap is a question, not yet a cause.'] : []),
      ...incompleteCaveat(study),
    ],
    next: [
      ...(unmeasured.length > 0
        ? [`Find a measure for "${unmeasured[0]?.title}", and name it in the charter.`]
        : []),
      ...views
        .filter((view) => view.coverage !== null && view.coverage < 0.9995)
        .map((view) => `Publish "${view.title}" for everyone beside the target.`),
    ],
    provenance: provenanceOf(
      study,
      'Shares with Wilson intervals (Wilson, 1927); means with normal intervals',
      {
        recompute: measures.flatMap(({ index, outputs }) => {
          const pooled = pooledMeasure(study, index, starts, outputs);
          return pooled.isShare && pooled.value !== null
            ? [{ method: 'wilson', input: { successes: pooled.value * pooled.n, n: pooled.n, level: 0.95 } }]
            : [];
        }),
      },
    ),
  };
}

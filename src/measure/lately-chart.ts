import {
  type ColumnType,
  formatValue,
  listInWords,
  periodLabel,
  periodsInYear,
  type Table,
} from '../core/index.ts';
import { type LatestShift, latestShifts } from '../stats/index.ts';
import { changeColumn, countColumns } from './change-counts.ts';
import { type LatelySeries, latelySeries } from './lately-series.ts';
import type { Study } from './study.ts';

/** The latest quarter of every series on a year before, at a stated rate of false alarms. */
interface LatelyCharts {
  readonly tables: readonly Table[];
  /** A sentence on what stands out, or that nothing does. */
  readonly words: string;
  readonly standsOut: boolean;
}

/** Chance that anything is said to stand out, over all series, if nothing changed: the whole year has been asked about before. */
const rate = 0.025;
/** The fewest earlier changes that say how far periods vary (product rule). */
const fewestBefore = 9;
const draws = 10_000;

interface Row {
  readonly series: LatelySeries;
  /** The usual change is that of these periods; null where no change is usual. */
  readonly usualTo: string | null;
  readonly change: number;
  readonly lower: number;
  readonly upper: number;
  readonly stands: 'above' | 'below' | null;
  readonly counts: { readonly earlier: number; readonly later: number };
}

/**
 * Changes that lie a year or more before the latest say what change is usual; the last year's never do, since what
 * happened in it would then count as usual. With fewer than nine of them no change is.
 */
function usualOf(changes: number, yearly: number): number {
  const older = changes - yearly;
  return older >= fewestBefore ? older : 0;
}

function rowsOf(study: Study, all: readonly LatelySeries[], latest: number, count: number): readonly Row[] {
  const yearly = periodsInYear(study.plan.grain);
  const requests = all.map(({ changes, chance }) => ({
    ...{ changes, chance, latest, lag: yearly },
    usual: usualOf(changes.length, yearly),
    rate: rate / count,
    seed: study.seed,
    draws,
  }));
  return latestShifts(requests).flatMap((found, i) => {
    const [series, usual] = [all[i], requests[i]?.usual ?? 0];
    return found && series ? [rowOf(series, found, usual, latest)] : [];
  });
}

function rowOf(series: LatelySeries, found: LatestShift, usual: number, latest: number): Row {
  const { change, chance: variance, counts } = series.together(latest);
  const half = found.limit * found.dispersion * Math.sqrt(variance);
  const distance = change - found.centre;
  const shown = (value: number) => (series.kind === 'volume' ? Math.expm1(value) : value);
  return {
    series,
    usualTo: usual === 0 ? null : (series.starts[usual - 1] ?? null),
    change: shown(change),
    lower: shown(found.centre - half),
    upper: shown(found.centre + half),
    counts,
    stands: Math.abs(distance) <= half ? null : distance > 0 ? 'above' : 'below',
  };
}

const unitOf = { volume: 'growth', share: 'percentage-points' } as const;

function tableOf(
  id: string,
  title: string,
  type: ColumnType,
  rows: readonly Row[],
  notes: readonly string[],
) {
  if (rows.length === 0) return [];
  const isQuality = rows.some(({ series }) => series.better !== null);
  return [
    {
      id,
      title,
      columns: [
        { key: 'what', title: 'What', type: 'text' },
        ...(isQuality ? [{ key: 'better', title: 'Better', type: 'text' } as const] : []),
        changeColumn('change', 'Change on a year before', type),
        changeColumn('lower', 'Usual from', type),
        changeColumn('upper', 'Usual to', type),
        { key: 'verdict', title: 'Against the usual', type: 'text' },
        ...countColumns(true),
      ],
      rows: rows.map(({ series, change, lower, upper, stands, counts }) => ({
        what: series.name,
        ...(isQuality ? { better: series.better } : {}),
        ...counts,
        change,
        lower,
        upper,
        verdict: stands === null ? 'as usual' : `${stands} the usual`,
      })),
      notes,
    } satisfies Table,
  ];
}

function rowInWords({ series, change, stands }: Row): string {
  const amount = formatValue(change, unitOf[series.kind]);
  const isBetter = (stands === 'above') === (series.better === 'higher');
  return `"${series.name}" ${amount}${series.better === null ? '' : isBetter ? ' (better)' : ' (worse)'}`;
}

function usualInWords(study: Study, rows: readonly Row[], latest: string): string {
  const label = (start: string) => periodLabel(study.plan.grain, start);
  const usual = [...new Set(rows.map(({ usualTo }) => usualTo))].map((to) =>
    to === null
      ? 'no change on the year before, give or take how far earlier periods vary'
      : `the mean change of the periods up to ${label(to)}, give or take how far periods vary`,
  );
  return `Usual: ${listInWords(usual)}. Nothing of ${latest} sets it, and nothing of the year that it ends says what change is usual.`;
}

function rateInWords(series: number): readonly string[] {
  return [
    `Control charts of ${series === 1 ? 'one series' : `${series} series`}: if nothing changed, the chance that any of them is said to stand out is about ${formatValue(rate, 'share')}.`,
    'A year before takes the season out. Series that follow themselves from period to period stand out more often than stated.',
  ];
}

/**
 * Control charts of changes on a year before, so that seasons drop out: the latest quarter of a year as a whole
 * against limits that keep the chance of any false alarm over all series at the stated rate. Null where no series is long enough.
 */
export function latelyCharts(study: Study): LatelyCharts | null {
  const { grain } = study.plan;
  const latest = Math.round(periodsInYear(grain) / 4);
  if (latest < 1) return null;
  const long = latelySeries(study).filter(({ changes }) => changes.length >= fewestBefore + latest);
  const rows = (['volume', 'share'] as const).flatMap((kind) =>
    rowsOf(
      study,
      long.filter((series) => series.kind === kind),
      latest,
      long.length,
    ),
  );
  const starts = study.complete.slice(-latest);
  if (rows.length === 0) return null;
  const [from, to] = [periodLabel(grain, starts[0] ?? ''), periodLabel(grain, starts.at(-1) ?? '')];
  const when = latest === 1 ? to : `${from} to ${to}`;
  const out = rows.filter(({ stands }) => stands !== null);
  const named = out
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, 4)
    .map(rowInWords);
  const more = out.length > named.length ? ` and ${out.length - named.length} more` : '';
  const volumes = rows.filter(({ series }) => series.kind === 'volume');
  const shares = rows.filter(({ series }) => series.kind === 'share');
  const said = rateInWords(rows.length);
  return {
    standsOut: out.length > 0,
    tables: [
      ...tableOf(
        'lately',
        `Volumes in ${when}, on the same a year before, against what is usual`,
        'growth',
        volumes,
        [usualInWords(study, volumes, when), ...(shares.length === 0 ? said : [])],
      ),
      ...tableOf(
        'lately-quality',
        `Shares in ${when}, on the same a year before, against what is usual`,
        'percentage-points',
        shares,
        [usualInWords(study, shares, when), ...said],
      ),
    ],
    words:
      out.length === 0
        ? `${when} is as usual on a year before`
        : `In ${when}, on a year before, beyond the usual (by chance in one look of ${Math.round(1 / rate)}): ${listInWords(named)}${more}`,
  };
}

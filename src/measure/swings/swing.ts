import { formatValue, periodsInYear } from '../../core/index.ts';
import { pooledMeasure } from '../pooled.ts';
import type { Study } from '../study.ts';

/** One period of an index and of what it is made of, each over the same base; null where it cannot be told. */
export interface SwingRow {
  readonly start: string;
  readonly index: number | null;
  readonly volume: number | null;
  readonly quality: number | null;
  /** Null for output, which has none. */
  readonly input: number | null;
}

/** That single periods of an index stand too far apart to be read alone, and what drives them. */
export interface Swing {
  readonly low: { readonly label: string; readonly value: number };
  readonly high: { readonly label: string; readonly value: number };
  /** "\"Answered in time\" does (3.4% in April 2025, 39.1% in July 2025)". */
  readonly because: string;
}

/** Highest over lowest of a year from which single periods are not read alone (product rule). */
const mostApart = 1.5;

function spread(values: readonly (number | null)[]): number {
  const logs = values.flatMap((value) => (value !== null && value > 0 ? [Math.log(value)] : []));
  if (logs.length < 2) return 0;
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1);
}

/** The quality measure whose level, times its weight, moves furthest for its mean, with its lowest and highest period. */
function measureBehind(study: Study, starts: readonly string[], label: (start: string) => string) {
  const moves = study.plan.measures.flatMap(({ index, measure, outputs }) => {
    const points = starts.flatMap((start) => {
      const { value, isShare } = pooledMeasure(study, index, [start], outputs);
      return value === null ? [] : [{ start, value, isShare }];
    });
    const ordered = points.toSorted((a, b) => a.value - b.value);
    const [low, high] = [ordered[0], ordered.at(-1)];
    if (measure.weight === 0 || !low || !high) return [];
    const level = (value: number) => (measure.direction === 'lower' && low.isShare ? 1 - value : value);
    const mean = points.reduce((sum, { value }) => sum + level(value), 0) / points.length;
    return [{ measure, low, high, move: (measure.weight * (high.value - low.value)) / Math.abs(mean) }];
  });
  const [most] = moves.toSorted((a, b) => b.move - a.move);
  if (!most) return 'quality does';
  const unit = most.low.isShare ? 'share' : 'number';
  const [first, second] = [most.low, most.high].toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const at = (point: typeof first) =>
    `${formatValue(point?.value ?? 0, unit)} in ${label(point?.start ?? '')}`;
  return `"${most.measure.title}" does (${at(first)}, ${at(second)})`;
}

/** What of volume, quality and inputs varies most between the periods. */
function drivenBy(study: Study, rows: readonly SwingRow[], label: (start: string) => string): string {
  const parts = [
    { words: 'the number of outputs does', by: spread(rows.map(({ volume }) => volume)) },
    { words: 'quality', by: spread(rows.map(({ quality }) => quality)) },
    { words: 'the volume of inputs does', by: spread(rows.map(({ input }) => input)) },
  ].toSorted((a, b) => b.by - a.by);
  const first = parts[0]?.words ?? '';
  const starts = rows.map(({ start }) => start);
  return first === 'quality' ? measureBehind(study, starts, label) : first;
}

/**
 * Whether single periods of the last year swing by more than half between the lowest and the highest, and why. Null for
 * yearly figures, and where periods are steady enough to be read alone.
 */
export function swingOf(study: Study, rows: readonly SwingRow[]): Swing | null {
  const per = periodsInYear(study.plan.grain);
  const last = rows.filter(({ index }) => index !== null && index > 0).slice(-per);
  if (per < 2 || last.length < 3) return null;
  const labels = new Map(study.data.periods.map(({ start, label }) => [start, label]));
  const label = (start: string) => labels.get(start) ?? start;
  const ordered = last.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const [low, high] = [ordered[0], ordered.at(-1)];
  if (!low?.index || !high?.index || high.index / low.index <= mostApart) return null;
  return {
    low: { label: label(low.start), value: low.index },
    high: { label: label(high.start), value: high.index },
    because: drivenBy(study, last, label),
  };
}

/** "Single months swing between 33.1 (April 2025) and 183.0 (July 2025), because …". */
export function swingInWords(study: Study, { low, high, because }: Swing): string {
  const at = ({ label, value }: Swing['low']) => `${formatValue(value, 'index')} (${label})`;
  return `Single ${periodNamed(study)}s swing between ${at(low)} and ${at(high)}, because ${because}`;
}

/** "month", "week": what a single period is called. */
export function periodNamed({ plan }: Study): string {
  return plan.grain === 'financial-year' ? 'year' : plan.grain;
}

/** A value of a series by the label of its period; null is missing. */
interface Dated {
  readonly period: string | number;
  readonly value: number | null;
}

/** How an old and a new series are joined at a break: by the periods both cover, by a declared growth, or not at all. */
export type SpliceRequest =
  | { readonly method: 'overlap'; readonly old: readonly Dated[]; readonly new: readonly Dated[] }
  | {
      readonly method: 'judgement';
      readonly old: readonly Dated[];
      readonly new: readonly Dated[];
      /** Growth from the last old period to the first new one, and its range, as shares. */
      readonly growth: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly method: 'none'; readonly old: readonly Dated[]; readonly new: readonly Dated[] };

/** One value of a spliced series; growth is never worked out across a break that is not linked. */
interface SplicedValue {
  readonly period: string | number;
  readonly value: number | null;
  readonly segment: 'old' | 'new';
  /** Growth on the period before in the series, as a share; null for the first and across an unlinked break. */
  readonly growth: number | null;
}

/** A spliced series with what it hangs on. */
interface Spliced {
  /** What the new series is multiplied by to stand on the level of the old; null where the break is not linked. */
  readonly factor: number | null;
  /** The range of the factor, where it rests on judgement. */
  readonly low: number | null;
  readonly high: number | null;
  /** Coefficient of variation of the ratio old/new over the overlap; null under two periods. */
  readonly variation: number | null;
  /** Periods that both series cover. */
  readonly overlap: number;
  /** True where the link rests on one period. */
  readonly isWeak: boolean;
  /** The first period after the break. */
  readonly breakAt: string | number | null;
  readonly values: readonly SplicedValue[];
}

interface Factor {
  readonly factor: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly variation: number | null;
  readonly overlap: number;
}

const noFactor: Factor = { factor: null, low: null, high: null, variation: null, overlap: 0 };

function ofOverlap(old: readonly Dated[], later: readonly Dated[]): Factor {
  const values = new Map(old.map((row) => [String(row.period), row.value]));
  const pairs = later.flatMap((row) => {
    const own = values.get(String(row.period)) ?? null;
    return own === null || row.value === null ? [] : [{ old: own, new: row.value }];
  });
  const total = (key: 'old' | 'new') => pairs.reduce((sum, pair) => sum + pair[key], 0);
  if (pairs.length === 0 || !(total('old') > 0) || !(total('new') > 0)) return noFactor;
  const ratios = pairs.map((pair) => pair.old / pair.new);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  const variation =
    ratios.length > 1 && Number.isFinite(mean) ? Math.sqrt(squares / (ratios.length - 1)) / mean : null;
  return {
    factor: total('old') / total('new'),
    low: null,
    high: null,
    variation,
    overlap: pairs.length,
  };
}

function ofJudgement(request: Extract<SpliceRequest, { method: 'judgement' }>): Factor {
  const last = request.old.findLast((row) => row.value !== null)?.value ?? null;
  const first = request.new.find((row) => row.value !== null)?.value ?? null;
  if (last === null || first === null || !(first > 0)) return noFactor;
  const at = (growth: number) => (last * (1 + growth)) / first;
  return { ...noFactor, factor: at(request.growth), low: at(request.low), high: at(request.high) };
}

/**
 * Joins an old and a new series. By overlap, the factor is the ratio of their sums over the periods both cover,
 * where the old values stand; by judgement, it gives the declared growth across the break; by none, the two
 * stay apart and no growth is stated between them. The growth within each series is never changed.
 */
export function splice(request: SpliceRequest): Spliced {
  const covered = new Set(request.old.map((row) => String(row.period)));
  const after = request.new.filter((row) => !covered.has(String(row.period)));
  const found =
    request.method === 'overlap'
      ? ofOverlap(request.old, request.new)
      : request.method === 'judgement'
        ? ofJudgement({ ...request, new: after })
        : noFactor;
  const raw = [
    ...request.old.map((row) => ({ ...row, segment: 'old' as const })),
    ...after.map((row) => ({
      period: row.period,
      value: row.value === null ? null : row.value * (found.factor ?? 1),
      segment: 'new' as const,
    })),
  ];
  const values = raw.map((row, t): SplicedValue => {
    const before = raw[t - 1];
    const isLinked = before?.segment === row.segment || found.factor !== null;
    const canGrow = before?.value && row.value !== null && isLinked;
    return { ...row, growth: canGrow ? (row.value ?? 0) / (before.value ?? 1) - 1 : null };
  });
  return {
    ...found,
    isWeak: request.method === 'overlap' && found.overlap === 1,
    breakAt: after[0]?.period ?? null,
    values,
  };
}

/** A year worked out from its quarters before the annual figure is there. */
interface ProvisionalYear {
  readonly sum: number;
  readonly previousSum: number;
  /** Growth on the year before, as a share. */
  readonly growth: number;
  /** The annual level: last year's times the ratio of the quarters' sums. */
  readonly level: number;
}

/**
 * The provisional level of a year, X(Y) = X(Y−1)·Σx(Y,q)/Σx(Y−1,q). Where only growth on a year ago is known, the
 * quarter a year ago is x(Y,q)/(1 + g).
 */
export function provisionalYear(
  previousLevel: number,
  quarters: readonly ({ readonly value: number } & (
    | { readonly yearAgo: number }
    | { readonly growth: number }
  ))[],
): ProvisionalYear {
  const sum = quarters.reduce((total, quarter) => total + quarter.value, 0);
  const previousSum = quarters.reduce(
    (total, quarter) =>
      total + ('yearAgo' in quarter ? quarter.yearAgo : quarter.value / (1 + quarter.growth)),
    0,
  );
  return { sum, previousSum, growth: sum / previousSum - 1, level: (previousLevel * sum) / previousSum };
}

import { WellspentError } from '../../core/index.ts';
import { choletteDagum } from './cholette-dagum.ts';
import { dentonAdditive, dentonProportional } from './denton.ts';

/** The ids of the methods that fit a sub-annual series to its annual totals. */
export const benchmarkMethods = ['denton-proportional', 'denton-additive', 'cholette-dagum'] as const;

type BenchmarkMethod = (typeof benchmarkMethods)[number];

/** A sub-annual indicator, the totals it must add to, and how. */
interface BenchmarkRequest {
  readonly method: BenchmarkMethod;
  readonly indicator: readonly number[];
  readonly benchmarks: readonly number[];
  /** Values of the indicator to one benchmark; the first benchmark covers the first values. */
  readonly perBenchmark: number;
  /** Cholette–Dagum: 0 to under 1; by default 0.9 to the power 12/perBenchmark (0.9 for months, 0.729 for quarters). */
  readonly rho?: number | undefined;
  /** Cholette–Dagum: 1 corrects in proportion to the indicator, 0 by amounts. */
  readonly lambda?: 0 | 1 | undefined;
  /** Cholette–Dagum: whether the level of the indicator is first set to that of the benchmarks; true by default. */
  readonly biasEstimated?: boolean | undefined;
  /** Cholette–Dagum: by benchmark, 0 binds (the default). */
  readonly alterability?: readonly number[] | undefined;
}

/** A benchmarked series with what a reader must know of it. */
interface BenchmarkedSeries {
  readonly method: BenchmarkMethod;
  readonly values: readonly number[];
  /** Result over indicator by sub-period: the benchmark-to-indicator ratio; null where the indicator is zero. */
  readonly bi: readonly (number | null)[];
  /** What the level of the indicator was multiplied by (λ 1) or raised by (λ 0) first; null for Denton. */
  readonly bias: number | null;
  /** Sub-periods after the last benchmark. */
  readonly extrapolated: number;
  /** Largest difference between the growth of the result and that of the indicator; null where no growth is defined. */
  readonly greatestChangeInGrowth: number | null;
  readonly notices: readonly string[];
}

function refuse(message: string, hint: string): never {
  throw new WellspentError('BENCHMARK_NOT_POSSIBLE', message, { hint });
}

function check({ indicator, benchmarks, perBenchmark, rho, alterability }: BenchmarkRequest): void {
  const needed = benchmarks.length * perBenchmark;
  if (benchmarks.length === 0) refuse('There is no benchmark.', 'Give at least one annual total.');
  if (!Number.isInteger(perBenchmark) || perBenchmark < 1)
    refuse(
      `A benchmark cannot cover ${perBenchmark} values.`,
      'Give a whole number, such as 4 for quarters.',
    );
  if (indicator.length < needed)
    refuse(
      `The indicator has ${indicator.length} values and the benchmarks cover ${needed}.`,
      'Leave out benchmarks that the indicator does not cover whole.',
    );
  if (rho !== undefined && !(rho >= 0 && rho < 1))
    refuse(`rho is ${rho}.`, 'Give a number from 0 to under 1; as rho nears 1 the method becomes Denton.');
  if (alterability && alterability.length !== benchmarks.length)
    refuse(
      `There are ${alterability.length} alterabilities for ${benchmarks.length} benchmarks.`,
      'Give one for each benchmark, 0 where it binds.',
    );
}

function ratioNotice({ indicator, benchmarks, perBenchmark }: BenchmarkRequest): readonly string[] {
  const ratios = benchmarks.map(
    (a, j) => a / indicator.slice(j * perBenchmark, (j + 1) * perBenchmark).reduce((sum, z) => sum + z, 0),
  );
  const [last, past] = [ratios.at(-1) ?? Number.NaN, ratios.slice(0, -1).filter(Number.isFinite)];
  if (past.length < 2 || !Number.isFinite(last)) return [];
  if (last >= Math.min(...past) && last <= Math.max(...past)) return [];
  return [
    'The last ratio of benchmark to indicator lies outside its past range: look for a change of definition or coverage in either.',
  ];
}

function growth(values: readonly number[], t: number): number | null {
  const before = values[t - 1] ?? 0;
  return t === 0 || before === 0 ? null : (values[t] ?? 0) / before - 1;
}

/**
 * Fits a sub-annual indicator to annual totals and says what a reader must know: figures carried past the last
 * benchmark, results below zero (shown, never clipped), a ratio outside its past range. Where the indicator is
 * zero or below, a proportional method gives way to the additive one, with a notice. Throws `BENCHMARK_NOT_POSSIBLE`.
 */
export function benchmarkSeries(request: BenchmarkRequest): BenchmarkedSeries {
  check(request);
  const { indicator, benchmarks, perBenchmark: per } = request;
  const isPositive = indicator.every((z) => z > 0);
  const notices: string[] = [];
  const proportional =
    request.method === 'denton-proportional' || (request.method === 'cholette-dagum' && request.lambda !== 0);
  if (proportional && !isPositive)
    notices.push(
      'The indicator is zero or negative somewhere, where a ratio means nothing: corrected by amounts, not in proportion.',
    );
  const method = request.method === 'denton-proportional' && !isPositive ? 'denton-additive' : request.method;
  let fitted: { readonly values: readonly number[]; readonly bias: number | null };
  if (method === 'cholette-dagum') {
    fitted = choletteDagum({
      indicator,
      benchmarks,
      per,
      rho: request.rho ?? 0.9 ** (12 / per),
      lambda: isPositive ? (request.lambda ?? 1) : 0,
      biasEstimated: request.biasEstimated ?? true,
      alterability: request.alterability ?? [],
    });
  } else {
    const values = (method === 'denton-additive' ? dentonAdditive : dentonProportional)({
      indicator,
      benchmarks,
      per,
    });
    fitted = { values, bias: null };
  }
  const { values, bias } = fitted;
  const extrapolated = indicator.length - benchmarks.length * per;
  if (extrapolated > 0)
    notices.push(
      `${extrapolated} values lie after the last benchmark: ${method === 'cholette-dagum' ? 'the correction dies away' : 'the last correction is carried forward, which is known to bias them'}.`,
    );
  const below = values.filter((value) => value < 0).length;
  if (below > 0) notices.push(`${below} values are below zero; they are shown as they are.`);
  notices.push(...ratioNotice(request));
  const changes = values.flatMap((_, t) => {
    const [own, of] = [growth(values, t), growth(indicator, t)];
    return own === null || of === null ? [] : [Math.abs(own - of)];
  });
  return {
    method,
    values,
    bi: values.map((value, t) => (indicator[t] ? value / (indicator[t] ?? 1) : null)),
    bias,
    extrapolated,
    greatestChangeInGrowth: changes.length > 0 ? Math.max(...changes) : null,
    notices,
  };
}

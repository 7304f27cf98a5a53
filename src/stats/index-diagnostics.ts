import { WellspentError } from '../core/index.ts';
import { type IndexFormula, indexLink, type LinkValues } from './index-formulae.ts';
import { type IndexSide, indexSeries, type indexTypes, type Matrix } from './index-series.ts';

/** How far Paasche and Laspeyres lie apart in one link. */
interface LinkSpread {
  readonly laspeyres: number;
  readonly paasche: number;
  /** ln(Paasche/Laspeyres). */
  readonly spread: number;
  /** P/L − 1 as the covariance, weighted by base value, of price and quantity relatives over their means (von Bortkiewicz). */
  readonly covariance: number;
}

/** How far the choice of formula and of linking matters for a series. */
interface IndexDiagnostics {
  /** By period, null for the first and where a link is not defined. */
  readonly links: readonly (LinkSpread | null)[];
  /** Chained less fixed base at the last period, in index units of the first; null where either is not defined. */
  readonly drift: number | null;
  /** Lowest and highest last value under Laspeyres, Paasche and Fisher, chained and on a fixed base. */
  readonly low: number | null;
  readonly high: number | null;
  /** True where a spread exceeds 1 point a year or the drift 2 points over the series. */
  readonly formulaMatters: boolean;
}

/** Spread, a year, and drift, over the series, beyond which the choice of formula must be shown (product rule). */
const limits = { spreadAYear: 0.01, drift: 0.02 };

function whereDefined<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof WellspentError && error.code === 'INDEX_NOT_DEFINED') return null;
    throw error;
  }
}

/**
 * The Paasche–Laspeyres spread of one link and the covariance that it equals (von Bortkiewicz, 1923; Balk,
 * 2008, section 3.3): P/L − 1 = Σ w0·(rp/Lp − 1)·(rq/Lq − 1), summed without relatives so that zeros are
 * allowed. Items without all four values are left out. Null where an index is not defined.
 */
export function linkSpread(values: LinkValues): LinkSpread | null {
  const whole = values.p0.flatMap((p0, i) => {
    const [p1 = null, q0 = null, q1 = null] = [values.p1[i], values.q0[i], values.q1[i]];
    return p0 === null || p1 === null || q0 === null || q1 === null ? [] : [{ p0, p1, q0, q1 }];
  });
  const column = (key: 'p0' | 'p1' | 'q0' | 'q1') => whole.map((item) => item[key]);
  const own: LinkValues = { p0: column('p0'), p1: column('p1'), q0: column('q0'), q1: column('q1') };
  const swapped: LinkValues = { p0: own.q0, p1: own.q1, q0: own.p0, q1: own.p1 };
  const indices = whereDefined(() => ({
    price: indexLink('laspeyres', own),
    quantity: indexLink('laspeyres', swapped),
    paasche: indexLink('paasche', own),
  }));
  if (!indices || !(indices.price > 0) || !(indices.quantity > 0) || !(indices.paasche > 0)) return null;
  const value0 = whole.reduce((sum, { p0, q0 }) => sum + p0 * q0, 0);
  const covariance = whole.reduce(
    (sum, { p0, p1, q0, q1 }) => sum + ((p1 / indices.price - p0) * (q1 / indices.quantity - q0)) / value0,
    0,
  );
  return {
    laspeyres: indices.price,
    paasche: indices.paasche,
    spread: Math.log(indices.paasche / indices.price),
    covariance,
  };
}

/**
 * Spread of every link, drift of the chain, and the range of the last value over formulae: reported beside
 * every index. `linksPerYear` turns the limit of 1 point a year into one for a link. Limits are a product rule.
 */
export function indexDiagnostics(
  formula: IndexFormula,
  side: IndexSide,
  prices: Matrix,
  quantities: Matrix,
  linksPerYear = 1,
): IndexDiagnostics {
  const [own, other] = side === 'price' ? [prices, quantities] : [quantities, prices];
  const links = own.map((_, t) =>
    t === 0
      ? null
      : linkSpread({
          p0: own[t - 1] ?? [],
          p1: own[t] ?? [],
          q0: other[t - 1] ?? [],
          q1: other[t] ?? [],
        }),
  );
  const last = (of: IndexFormula, type: (typeof indexTypes)[number]) =>
    whereDefined(() => indexSeries(of, type, side, prices, quantities).at(-1) ?? null);
  const chained = last(formula, 'chained');
  const fixed = last(formula, 'fixedbase');
  const drift = chained === null || fixed === null ? null : chained - fixed;
  const bounds = (['laspeyres', 'paasche', 'fisher'] as const)
    .flatMap((of) => [last(of, 'chained'), last(of, 'fixedbase')])
    .filter((value) => value !== null);
  const widest = Math.max(0, ...links.map((link) => Math.abs(link?.spread ?? 0)));
  return {
    links,
    drift,
    low: bounds.length > 0 ? Math.min(...bounds) : null,
    high: bounds.length > 0 ? Math.max(...bounds) : null,
    formulaMatters: widest * linksPerYear > limits.spreadAYear || Math.abs(drift ?? 0) > limits.drift,
  };
}

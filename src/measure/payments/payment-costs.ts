import { type Interval, leastCases, normalQuantileFor, wilson } from '../../core/index.ts';
import type { RatioEstimate } from '../../stats/index.ts';
import { payoutError } from '../cost-generated/payout-error.ts';
import type { AuditedCase, PaymentData } from './collect-payments.ts';

/** Pounds a case, or a share of cases, with its range. */
export interface PoundsACase {
  readonly value: number;
  readonly interval: Interval;
}

/** What cases of some periods cost in the end. */
export interface SpanCosts {
  readonly label: string;
  readonly cases: number;
  /** Pounds paid on a case. */
  readonly paidPerCase: number;
  /** Pounds of handling a case, from the cost of inputs; exact. */
  readonly handlingPerCase: number;
  readonly audited: number;
  /** Shares of what was paid. */
  readonly overpaid: RatioEstimate;
  readonly underpaid: RatioEstimate;
  readonly error: RatioEstimate;
  /** Share of audited cases on which the wrong amount was paid. */
  readonly wrong: PoundsACase;
  /** Share of audited cases on which nothing was paid though something was due. */
  readonly wronglyRefused: PoundsACase;
  /** Handling and error, over- and underpayment alike, pounds a case. */
  readonly generated: PoundsACase;
}

/** Pounds of handling in the periods, and the label of those. */
export interface Span {
  readonly label: string;
  readonly starts: readonly string[];
  readonly handling: number;
}

const level = 0.95;
const meaning = 'If other cases had been drawn for audit, 95 of 100 such ranges would hold the true value.';
const method =
  'ratio estimates within kinds of case, from a random audit sample (Cochran, 1977, chapter 6 and section 6.11)';

function around(value: number, standardError: number): Interval {
  const half = normalQuantileFor(level) * standardError;
  return { low: value - half, high: value + half, level, method, meaning };
}

/** A ratio as an interval of the catalogue's shape. */
export function ratioInterval({ low, high }: RatioEstimate): Interval {
  return { low: Math.max(0, low), high, level, method: `${method}, Student t`, meaning };
}

const inSpan = (starts: readonly string[]) => {
  const wanted = new Set(starts);
  return ({ period }: { readonly period: string }) => wanted.has(period);
};

/** The costs of cases in a span; null under 30 audited cases or where nothing was paid. */
export function spanCosts({ cells, audited }: PaymentData, span: Span): SpanCosts | null {
  const own = cells.filter(inSpan(span.starts));
  const sample = audited.filter(inSpan(span.starts));
  const sum = (of: (cell: (typeof own)[number]) => number) => own.reduce((all, cell) => all + of(cell), 0);
  const [cases, known, paid] = [
    sum((cell) => cell.cases),
    sum((cell) => cell.known),
    sum((cell) => cell.paid),
  ];
  const nameOf = (groups: readonly string[]) => JSON.stringify(groups);
  const strata = [...Map.groupBy(own, ({ groups }) => nameOf(groups))].map(([stratum, cellsOf]) => ({
    stratum,
    cases: cellsOf.reduce((all, cell) => all + cell.known, 0),
    paid: cellsOf.reduce((all, cell) => all + cell.paid, 0),
  }));
  const audits = sample.map((one) => ({ ...one, stratum: nameOf(one.groups) }));
  const found = known > 0 && paid > 0 ? payoutError(audits, known, strata) : null;
  if (!found) return null;
  const paidPerCase = paid / known;
  const handlingPerCase = span.handling / cases;
  const refused = sample.filter((one) => one.paid === 0 && one.correct > 0).length;
  const shareOf = (n: number) => ({ value: n / sample.length, interval: wilson(n, sample.length) });
  const value = handlingPerCase + found.error.ratio * paidPerCase;
  return {
    label: span.label,
    cases,
    paidPerCase,
    handlingPerCase,
    audited: sample.length,
    overpaid: found.overpaid,
    underpaid: found.underpaid,
    error: found.error,
    wrong: shareOf(sample.filter((one) => one.paid !== one.correct).length),
    wronglyRefused: shareOf(refused),
    generated: { value, interval: around(value, found.error.standardError * paidPerCase) },
  };
}

/** How one span differs from the one before, pounds a case. */
export interface CostChange {
  readonly handling: number;
  readonly overpaid: PoundsACase;
  readonly underpaid: PoundsACase;
  readonly generated: PoundsACase;
}

/**
 * The change of cost generated a case: handling is exact, errors come from two independent random samples, so that
 * their variances add; what was paid on a case is counted over all cases, not sampled.
 */
export function costChange(earlier: SpanCosts, later: SpanCosts): CostChange {
  const of = (pick: (costs: SpanCosts) => RatioEstimate, exact: number): PoundsACase => {
    const pounds = (costs: SpanCosts) => pick(costs).ratio * costs.paidPerCase;
    const error = (costs: SpanCosts) => pick(costs).standardError * costs.paidPerCase;
    const value = exact + pounds(later) - pounds(earlier);
    return { value, interval: around(value, Math.hypot(error(earlier), error(later))) };
  };
  const handling = later.handlingPerCase - earlier.handlingPerCase;
  return {
    handling,
    overpaid: of(({ overpaid }) => overpaid, 0),
    underpaid: of(({ underpaid }) => underpaid, 0),
    generated: of(({ error }) => error, handling),
  };
}

/**
 * How many standard errors the mean payment of audited cases lies from that of all: beyond three a sample was
 * hardly drawn at random (product rule). Null where too few were audited.
 */
export function auditOffset({ cells }: PaymentData, sample: readonly AuditedCase[]): number | null {
  const sum = (of: (cell: PaymentData['cells'][number]) => number) =>
    cells.reduce((all, cell) => all + of(cell), 0);
  const [known, paid, squares] = [
    sum((cell) => cell.known),
    sum((cell) => cell.paid),
    sum((cell) => cell.squares),
  ];
  const n = sample.length;
  if (n < leastCases || known <= n) return null;
  const mean = paid / known;
  const variance = Math.max(0, squares / known - mean ** 2);
  const error = Math.sqrt((variance / n) * (1 - n / known));
  return error > 0 ? (sample.reduce((all, one) => all + one.paid, 0) / n - mean) / error : null;
}

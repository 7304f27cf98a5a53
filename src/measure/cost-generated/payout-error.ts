import { type RatioEstimate, type RatioStratum, ratioEstimate, separateRatio } from '../../stats/index.ts';

/** A payment drawn at random, and what it should have been. */
export interface AuditedPayment {
  readonly paid: number;
  readonly correct: number;
  /** The kind of payment it is, where the kinds are told apart. */
  readonly stratum?: string | undefined;
}

/** All payments of one kind: how many, and pounds paid on them. */
export interface PaidStratum {
  readonly stratum: string;
  readonly cases: number;
  readonly paid: number;
}

/** What audit says of payments, as shares of what was paid; both kinds of error, and their sum. */
export interface PayoutError {
  readonly overpaid: RatioEstimate;
  readonly underpaid: RatioEstimate;
  readonly error: RatioEstimate;
  /** Share of the payments that were wrong. */
  readonly wrongShare: number;
}

/** Fewest audited payments, of all and of a kind (product rule; Cochran, 1977, section 6.11, on strata). */
export const fewestAudited = 30;

interface Part extends Omit<PaidStratum, 'stratum'> {
  readonly sample: readonly AuditedPayment[];
}

/** The kinds of payment with their samples; those under 30 are taken together, with the next smallest where even so too few. */
function partsOf(sample: readonly AuditedPayment[], strata: readonly PaidStratum[]): readonly Part[] {
  const own = strata
    .filter(({ paid }) => paid > 0)
    .map(({ stratum, cases, paid }) => ({
      ...{ cases, paid },
      sample: sample.filter((one) => one.stratum === stratum),
    }))
    .toSorted((a, b) => a.sample.length - b.sample.length);
  const join = (a: Part, b: Part): Part => ({
    cases: a.cases + b.cases,
    paid: a.paid + b.paid,
    sample: [...a.sample, ...b.sample],
  });
  const isFew = (part: Part) => part.sample.length < fewestAudited;
  const parts: Part[] = [];
  for (const next of own) {
    const last = parts.at(-1);
    // From the smallest on: a kind with too few after one that has enough would be none.
    if (last && (isFew(last) || isFew(next))) parts[parts.length - 1] = join(last, next);
    else parts.push(next);
  }
  return parts;
}

/**
 * Over- and underpayment from a random audit sample, as ratio estimates of what was paid. Underpayment is an error
 * too: a saving that is paid for by those who got too little is none. Where what was paid is known by kind, errors are
 * estimated within each kind and put together at what was paid on it, so that the mix of kinds that happened to be drawn
 * plays no part. Null under 30 payments (product rule).
 */
export function payoutError(
  sample: readonly AuditedPayment[],
  population: number | null,
  strata: readonly PaidStratum[] = [],
): PayoutError | null {
  if (sample.length < fewestAudited) return null;
  const named = new Set(strata.map(({ stratum }) => stratum));
  const isSplit = strata.length > 1 && sample.every(({ stratum = '' }) => named.has(stratum));
  const parts: readonly Part[] = isSplit
    ? partsOf(sample, strata)
    : [{ cases: population ?? Number.POSITIVE_INFINITY, paid: 1, sample }];
  const paid = parts.reduce((sum, part) => sum + part.paid, 0);
  const ratioOf = (error: (payment: AuditedPayment) => number) => {
    const found = parts.map((part): RatioStratum | null => {
      const estimate = ratioEstimate(
        part.sample.map((payment) => ({ y: error(payment), x: payment.paid })),
        Number.isFinite(part.cases) ? part.cases : null,
      );
      return estimate && { share: part.paid / paid, estimate };
    });
    return found.every((one) => one !== null) ? separateRatio(found) : null;
  };
  const overpaid = ratioOf(({ paid: given, correct }) => Math.max(0, given - correct));
  const underpaid = ratioOf(({ paid: given, correct }) => Math.max(0, correct - given));
  const error = ratioOf(({ paid: given, correct }) => Math.abs(given - correct));
  if (!overpaid || !underpaid || !error) return null;
  const wrong = sample.filter(({ paid: given, correct }) => given !== correct).length;
  return { overpaid, underpaid, error, wrongShare: wrong / sample.length };
}

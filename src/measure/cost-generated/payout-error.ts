import { type RatioEstimate, ratioEstimate } from '../../stats/index.ts';

/** A payment drawn at random, and what it should have been. */
export interface AuditedPayment {
  readonly paid: number;
  readonly correct: number;
}

/** What audit says of payments, as shares of what was paid; both kinds of error, and their sum. */
export interface PayoutError {
  readonly overpaid: RatioEstimate;
  readonly underpaid: RatioEstimate;
  readonly error: RatioEstimate;
  /** Share of the payments that were wrong. */
  readonly wrongShare: number;
}

/**
 * Over- and underpayment from a random audit sample, as ratio estimates of what was paid. Underpayment is an error
 * too: a saving that is paid for by those who got too little is none. Null under 30 payments (product rule).
 */
export function payoutError(
  sample: readonly AuditedPayment[],
  population: number | null,
): PayoutError | null {
  if (sample.length < 30) return null;
  const ratioOf = (error: (payment: AuditedPayment) => number) =>
    ratioEstimate(
      sample.map((payment) => ({ y: error(payment), x: payment.paid })),
      population,
    );
  const overpaid = ratioOf(({ paid, correct }) => Math.max(0, paid - correct));
  const underpaid = ratioOf(({ paid, correct }) => Math.max(0, correct - paid));
  const error = ratioOf(({ paid, correct }) => Math.abs(paid - correct));
  if (!overpaid || !underpaid || !error) return null;
  const wrong = sample.filter(({ paid, correct }) => paid !== correct).length;
  return { overpaid, underpaid, error, wrongShare: wrong / sample.length };
}

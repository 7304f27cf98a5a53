import { truthText } from '../made-data/truth-text.ts';
import { elapsedDays } from '../passports/working-time.ts';
import { type Claim, span } from './claim.ts';
import { nextMinute } from './leakage.ts';
import { type ClaimClass, classes, type MadeSettings, planted } from './planted.ts';

/** Posts of handlers in a year: the fast track does as much with fewer. */
export function handlersIn({ claimsAYear }: MadeSettings, isFast: boolean): number {
  const posts = (planted.handlers * claimsAYear) / planted.claimsAYear;
  return isFast ? posts / (1 + planted.outputGain) : posts;
}

const heading = `What is planted in the claims example, and what came out for the seed below.
Made by generate.ts; the product never reads it. A test recovers these figures from the data alone.

Before and after: claims decided from April 2024 to March 2025, and from April 2025 on, when the fast track began.
Overpaid, underpaid: pounds of all claims, not only of audited ones, as shares of what was paid. Handling: posts of
handlers times their cost, a claim. Cost generated: handling, overpayment and underpayment, a claim.
Next minute: pounds that one more minute of checking would have saved on the mean claim between 12 and 25 minutes.
Best: minutes at which the next minute saves what it costs, by size and risk, and for all claims alike.`;

interface Sums {
  claims: number;
  paid: number;
  over: number;
  under: number;
  refused: number;
  audited: number;
  minutes: number;
  inTime: number;
}

function sumsOf(claims: readonly Claim[]): Sums {
  const sums: Sums = { claims: 0, paid: 0, over: 0, under: 0, refused: 0, audited: 0, minutes: 0, inTime: 0 };
  for (const { paid, due, isRefused, isAudited, minutes, received, decided } of claims) {
    sums.claims += 1;
    sums.paid += paid;
    sums.over += Math.max(0, paid - due);
    sums.under += Math.max(0, due - paid);
    sums.minutes += minutes;
    if (isRefused && due > 0) sums.refused += 1;
    if (isAudited) sums.audited += 1;
    if (elapsedDays(received, decided) <= planted.promisedDays) sums.inTime += 1;
  }
  return sums;
}

function yearOf(sums: Sums, handling: number) {
  const { claims, paid, over, under, refused, audited, minutes, inTime } = sums;
  return {
    claims,
    meanPaid: paid / claims,
    overpaidShare: over / paid,
    underpaidShare: under / paid,
    wronglyRefusedShare: refused / claims,
    handling: handling / claims,
    generated: (handling + over + under) / claims,
    audited,
    meanMinutes: minutes / claims,
    inTimeShare: inTime / claims,
  };
}

/** Share of a mean claim's saving that is there to be had: claims that are refused, or paid too little, cannot leak. */
const canLeak = 1 - planted.refusedShare - planted.wronglyRefusedShare - planted.underpaidShare;

function savedAt(of: readonly ClaimClass[], minutes: number): number {
  const share = of.reduce((sum, one) => sum + one.share, 0);
  return (canLeak * of.reduce((sum, one) => sum + one.share * nextMinute(one, minutes), 0)) / share;
}

function bestOf(of: readonly ClaimClass[]): number {
  let minutes = 0;
  while (savedAt(of, minutes) > planted.poundsAMinute) minutes += 0.01;
  return minutes;
}

/** Counts what was planted over all claims, audited or not. */
export function truthOf(settings: MadeSettings, all: readonly Claim[]): string {
  const decided = all.filter((claim) => claim.decided < span.until);
  const year = (isFast: boolean) =>
    yearOf(
      sumsOf(decided.filter((claim) => claim.isFast === isFast)),
      handlersIn(settings, isFast) * planted.poundsAHandler,
    );
  const [before, after] = [year(false), year(true)];
  const { from, to } = planted.nextMinute;
  const steps = Array.from({ length: 10 * (to - from) }, (_, i) => savedAt(classes, from + (i + 0.5) / 10));
  return truthText(heading, {
    seed: settings.seed,
    clean: settings.clean,
    claimsAYear: settings.claimsAYear,
    planted,
    realised: {
      before,
      after,
      costGeneratedChange: after.generated - before.generated,
      nextMinute: steps.reduce((sum, value) => sum + value, 0) / steps.length,
      best: {
        all: bestOf(classes),
        ...Object.fromEntries(classes.map((one) => [`${one.size}, ${one.risk}`, bestOf([one])])),
      },
    },
  });
}

/** Open work at the ends of a period, and what came and went in between. */
interface StockAccount {
  readonly opening: number;
  readonly received: number;
  readonly reopened: number;
  readonly completed: number;
  readonly transferredOut: number;
  readonly setAside: number;
  readonly closing: number;
}

/** Whether opening + received + reopened = completed + transferred out + set aside + closing. */
interface Conservation {
  readonly impliedClosing: number;
  /** Closing less implied closing: below zero, cases left without a recorded end. Shown, never spread. */
  readonly unexplained: number;
  readonly unexplainedShare: number | null;
  readonly isConserved: boolean;
  readonly verdict: string;
}

/** Checks that cases are conserved by published counts. */
export function conservation(account: StockAccount): Conservation {
  const { opening, received, reopened, completed, transferredOut, setAside, closing } = account;
  const impliedClosing = opening + received + reopened - completed - transferredOut - setAside;
  const unexplained = closing - impliedClosing;
  const cases = Math.abs(unexplained);
  return {
    impliedClosing,
    unexplained,
    unexplainedShare: completed > 0 ? unexplained / completed : null,
    isConserved: unexplained === 0,
    verdict:
      unexplained === 0
        ? 'conserved'
        : `not conserved: ${cases} ${cases === 1 ? 'case' : 'cases'} ${unexplained < 0 ? 'left without a recorded completion' : `${cases === 1 ? 'is' : 'are'} open that never came in`}`,
  };
}

/** A case from its start to its end in days of any calendar; null while it is open. */
interface TimedCase {
  readonly start: number;
  readonly end: number | null;
}

/** Open work in a window, from cases alone. */
interface StockWindow {
  readonly opening: number;
  readonly arrivals: number;
  readonly completions: number;
  readonly closing: number;
  readonly isConserved: boolean;
  /** Σ time in the window over cases, case-days: it is the integral of the stock. */
  readonly caseDays: number;
  readonly meanStock: number;
}

/**
 * Opening and closing stock, arrivals, completions and mean stock of a window [from, to). A case is open at a
 * moment when it has started, and not ended, by then; the integral of the stock is exactly Σ time in the window.
 */
export function stockWindow(cases: readonly TimedCase[], from: number, to: number): StockWindow {
  const count = (is: (one: TimedCase) => boolean) => cases.filter(is).length;
  const opening = count((one) => one.start < from && (one.end === null || one.end >= from));
  const arrivals = count((one) => one.start >= from && one.start < to);
  const completions = count((one) => one.end !== null && one.end >= from && one.end < to);
  const closing = count((one) => one.start < to && (one.end === null || one.end >= to));
  const caseDays = cases.reduce(
    (sum, one) => sum + Math.max(0, Math.min(one.end ?? to, to) - Math.max(one.start, from)),
    0,
  );
  return {
    opening,
    arrivals,
    completions,
    closing,
    isConserved: opening + arrivals === completions + closing,
    caseDays,
    meanStock: caseDays / (to - from),
  };
}

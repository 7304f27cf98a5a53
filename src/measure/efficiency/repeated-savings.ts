import type { Saving } from '../../define/index.ts';
import { isStated } from './stated.ts';

/** Pounds a saving is taken for, gross: what is claimed, or else the forecast, or the plan; null where none is stated. */
export function grossOf({ claim, forecast_gbp, plan_gbp }: Saving): number | null {
  return claim.saving_gbp ?? forecast_gbp ?? plan_gbp ?? null;
}

const plainText = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** What would give two savings away as one: the budget line, and the title, day and pounds together. */
function marksOf(saving: Saving): readonly string[] {
  const { title, from, ledger_line: line } = saving;
  const gross = grossOf(saving);
  return [
    ...(isStated(line) ? [`line ${plainText(line)}`] : []),
    ...(gross === null ? [] : [`saving ${JSON.stringify([plainText(title), from ?? null, gross])}`]),
  ];
}

/**
 * Savings that name the budget line of an earlier one, or its title, day and pounds, by id, with that earlier one:
 * the same pounds are counted once (product rule). One that an earlier saving declares itself the duplicate of is left.
 */
export function savingsRepeated(savings: readonly Saving[]): ReadonlyMap<string, Saving> {
  const repeated = new Map<string, Saving>();
  savings.forEach((saving, i) => {
    const marks = marksOf(saving);
    const same = savings
      .slice(0, i)
      .find(
        (earlier) =>
          earlier.claim.duplicate_of !== saving.id && marksOf(earlier).some((mark) => marks.includes(mark)),
      );
    if (same) repeated.set(saving.id, same);
  });
  return repeated;
}

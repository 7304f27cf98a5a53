import { type ClaimClass, planted } from './planted.ts';

/** Pounds by which what a minute saves falls beyond the best effort: by a factor of e in so many minutes. */
const tail = 4;
/** What is overpaid however long a claim is checked, as a share of what is due. */
const neverFound = 0.0415;

/** Pounds that the next minute of checking saves on a mean claim of a class. */
export function nextMinute({ poundsAMinute, fullUpTo, best }: ClaimClass, minutes: number): number {
  if (minutes < fullUpTo) return poundsAMinute;
  if (minutes < best)
    return (
      poundsAMinute + ((planted.poundsAMinute - poundsAMinute) * (minutes - fullUpTo)) / (best - fullUpTo)
    );
  return planted.poundsAMinute * Math.exp(-(minutes - best) / tail);
}

/** Pounds overpaid on a mean claim of a class when it is checked for so long: all that further minutes would save. */
export function meanLeakage(one: ClaimClass, minutes: number): number {
  const { fullUpTo, best, poundsAMinute, due } = one;
  const full = poundsAMinute * Math.max(0, fullUpTo - minutes);
  const from = Math.max(minutes, fullUpTo);
  const falling = from < best ? ((nextMinute(one, from) + planted.poundsAMinute) / 2) * (best - from) : 0;
  const beyond = tail * nextMinute(one, Math.max(minutes, best));
  return full + falling + beyond + neverFound * due;
}

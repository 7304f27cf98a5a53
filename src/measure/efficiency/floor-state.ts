import type { Result } from '../../core/index.ts';

/** Whether an essential floor is broken, from the Result of the floors; null where that cannot be told of every one. */
export function isFloorBroken(floors: Result | null): boolean | null {
  const verdicts =
    floors?.tables.find(({ id }) => id === 'floors')?.rows.map((row) => String(row.verdict)) ?? [];
  if (verdicts.includes('broken')) return true;
  return verdicts.length > 0 && verdicts.every((verdict) => verdict.startsWith('met')) ? false : null;
}

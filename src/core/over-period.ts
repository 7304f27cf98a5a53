import type { Result } from './result.ts';

/** A Result whose figures all say what time they are about: those that say none are about `period`. */
export function overPeriod(result: Result, period: string | null): Result {
  if (period === null) return result;
  return {
    ...result,
    figures: result.figures.map((figure) => (figure.period === null ? { ...figure, period } : figure)),
  };
}

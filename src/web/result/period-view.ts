import type { Result } from '../../core/index.ts';

/** Periods beyond which a list says nothing: the evidence has each figure with its own. */
const mostNamed = 2;

/**
 * The period that an answer's figures are of, where its words name none of them; null where they do, where no figure has
 * one, or where there are more than two.
 */
export function unnamedPeriod({ answer, figures }: Pick<Result, 'answer' | 'figures'>): string | null {
  const periods = [...new Set(figures.flatMap(({ period }) => period ?? []))];
  if (periods.length === 0 || periods.length > mostNamed) return null;
  return periods.some((period) => answer.includes(period)) ? null : periods.join('; ');
}

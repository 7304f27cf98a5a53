import type { PossibleWorkaround } from './possible-workarounds.ts';
import type { PatternNames } from './words.ts';

const counting = new Set([
  'rare-step',
  'frequent-occurrence',
  'missing-step',
  'exclusive-steps',
  'direct-repetition',
]);

/** The steps that a possible workaround is about: all of them, and those whose presence or number is the sign. */
export function stepsOfWorkaround(
  { pattern, cluster, contrast }: PossibleWorkaround,
  names: PatternNames,
): { readonly about: readonly string[]; readonly counted: readonly string[] } {
  const { step, other } = cluster ?? contrast ?? { step: null, other: null };
  const run = pattern === 'recurrent-sequence' ? (cluster?.attribute ?? '').split(',').map(Number) : [];
  // The other of a contrast by team is a team.
  const pair = contrast?.feature === 'by' ? [step] : [step, other];
  const about = [...pair, ...run].flatMap((number) => names.step.get(number ?? 0) ?? []);
  const isCounted = contrast
    ? contrast.feature === 'has' || contrast.feature === 'lacks'
    : counting.has(pattern) || pattern === 'recurrent-sequence';
  return { about, counted: isCounted ? about : [] };
}

import type { Result } from '../core/index.ts';
import type { Facts } from './facts/case-facts.ts';
import { nearestName } from './suggest.ts';
import type { UnknownStep } from './unknown-steps.ts';

function named({ step, nearest }: UnknownStep): string {
  const near = nearestName(step, nearest);
  return near === undefined ? `"${step}"` : `"${step}" (did you mean "${near}"?)`;
}

/**
 * Results with what they cannot know said: a step that the charter names and no event has makes conditions and
 * clocks find nothing, so Results that rest on it carry a caveat and are at best "caution". `restingOn` gives,
 * for each section of the charter, the ids of the Results that rest on it.
 */
export function heedUnknownSteps(
  facts: Pick<Facts, 'unknownSteps'> | null,
  results: readonly Result[],
  restingOn: Readonly<Record<string, readonly string[]>>,
): Result[] {
  const unknown = facts?.unknownSteps ?? [];
  return results.map((result) => {
    const touching = unknown.filter(({ path }) => restingOn[String(path[0])]?.includes(result.id));
    const names = [...new Set(touching.map(named))];
    if (names.length === 0) return result;
    const [steps, them] = names.length === 1 ? ['a step', 'it'] : ['steps', 'them'];
    const caveat = `The charter names ${steps} that no event has, so whatever asks for ${them} counts nothing: ${names.join(', ')}.`;
    return {
      ...result,
      status: result.status === 'sound' ? 'caution' : result.status,
      caveats: [caveat, ...result.caveats],
    };
  });
}

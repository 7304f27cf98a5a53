import { WellspentError, WellspentFaults } from '../core/index.ts';
import { renderError } from '../publish/index.ts';
import type { Effects } from './effects.ts';
import { fromHere, wantsColour } from './talk.ts';

/** The same error with what a person reads changed; where it arose stays. */
function rephrased(error: WellspentError, say: (text: string) => string): WellspentError {
  const where =
    error.where?.file === undefined ? error.where : { ...error.where, file: say(error.where.file) };
  const changed =
    error instanceof WellspentFaults
      ? new WellspentFaults(
          error.code,
          say(error.message),
          error.faults.map((fault) => rephrased(fault, say)),
        )
      : new WellspentError(error.code, say(error.message), {
          ...(where === undefined ? {} : { where }),
          ...(error.found === undefined ? {} : { found: say(error.found) }),
          ...(error.hint === undefined ? {} : { hint: say(error.hint) }),
          cause: error.cause,
        });
  if (error.stack !== undefined) changed.stack = error.stack;
  return changed;
}

/** An error as text for the stream it goes to, with files named from where the user stands. */
export function shownError(
  effects: Effects,
  error: WellspentError,
  options: {
    readonly to: 'stdout' | 'stderr';
    readonly debug?: boolean;
    readonly level?: 'error' | 'warning';
  },
): string {
  const { to, debug = false, level = 'error' } = options;
  return renderError(
    rephrased(error, (text) => fromHere(effects, text)),
    { colour: wantsColour(effects, to), debug, level },
  );
}

import { WellspentError } from '../core/index.ts';
import { systemError } from './system-error.ts';

function unforeseen(error: unknown): WellspentError {
  const message = error instanceof Error ? error.message : String(error);
  return new WellspentError('INTERNAL', `Something went wrong that we did not foresee: ${message}`, {
    hint: 'the same command with --debug',
    cause: error,
  });
}

/** Anything thrown as an error that can be told: our own as it is, the system's and the unforeseen with a code. */
export function saidError(error: unknown): WellspentError {
  return error instanceof WellspentError ? error : (systemError(error) ?? unforeseen(error));
}

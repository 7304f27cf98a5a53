import { prepareAnswers } from '../../answers/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { saidError } from '../said-error.ts';
import { shownError } from '../show-error.ts';
import { progressLine } from '../talk.ts';
import { portOf, serveUntilStopped } from './listening.ts';

const exitWrongUse = 2;

/** Works out every service before the first page is asked for; gives those that cannot be, with the reason. */
async function prepareAll(effects: Effects, dirs: readonly string[]) {
  const progress = progressLine(effects);
  const failed: { readonly dir: string; readonly error: unknown }[] = [];
  for (const dir of dirs) {
    try {
      await prepareAnswers(dir, { onProgress: (what) => progress.say(`${dir}: ${what}`) });
    } catch (error) {
      failed.push({ dir, error });
    }
  }
  progress.clear();
  return failed;
}

/**
 * `wellspent serve`: shows workspaces in the browser, on this computer only. One that cannot be worked out is
 * told on standard error and on its own page, and holds up none of the others.
 */
export const serve: Action = async (effects, named, options) => {
  const port = portOf(options.port);
  const dirs = (named.length > 0 ? named : ['.']).map((dir) => fromCwd(effects, dir));
  const failed = await prepareAll(effects, dirs);
  const [only] = failed;
  if (only && dirs.length === 1) throw only.error;
  for (const { error } of failed)
    effects.stderr(
      `${shownError(effects, saidError(error), { to: 'stderr', debug: options.debug === true })}\n`,
    );
  if (failed.length === dirs.length) return exitWrongUse;
  await serveUntilStopped(effects, dirs, port, (address) =>
    effects.stderr(
      `${failed.length > 0 ? `Serving ${dirs.length - failed.length} of ${dirs.length} services` : 'Serving'} at ${address}\nStop with Ctrl+C.\n`,
    ),
  );
  return 0;
};

import { prepareAnswers } from '../../answers/index.ts';
import type { Action } from '../commands.ts';
import { fromCwd } from '../files.ts';
import { progressLine } from '../talk.ts';
import { portOf, serveUntilStopped } from './listening.ts';

/** `wellspent serve`: shows workspaces in the browser, on this computer only. */
export const serve: Action = async (effects, named, options) => {
  const port = portOf(options.port);
  const dirs = (named.length > 0 ? named : ['.']).map((dir) => fromCwd(effects, dir));
  const progress = progressLine(effects);
  for (const dir of dirs)
    await prepareAnswers(dir, { onProgress: (what) => progress.say(`${dir}: ${what}`) });
  progress.clear();
  await serveUntilStopped(effects, dirs, port, (address) =>
    effects.stderr(`Serving at ${address}\nStop with Ctrl+C.\n`),
  );
  return 0;
};

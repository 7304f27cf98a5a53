import type { Result } from '../../core/index.ts';
import { find } from '../../find/index.ts';
import { openWorkspace, type Workspace } from '../../ingest/index.ts';
import { measure } from '../../measure/index.ts';
import type { Action } from '../commands.ts';
import { deliver, fromCwd, progressLine, renderResults, tookSince, writeTables } from '../talk.ts';

function verb(
  work: (workspace: Workspace, signal: AbortSignal) => Promise<readonly Result[]>,
  next: string,
): Action {
  return async (effects, [dir = '.'], options) => {
    const begun = effects.now();
    const progress = progressLine(effects);
    const ticking = setInterval(() => progress.say(`Working, ${tookSince(effects, begun)} so far`), 500);
    const workspace = await openWorkspace(fromCwd(effects, dir)).catch((error: unknown) => {
      clearInterval(ticking);
      throw error;
    });
    try {
      const results = await work(workspace, effects.signal);
      progress.clear();
      if (options.format === 'csv' && typeof options.output === 'string')
        writeTables(effects, results, options.output);
      else deliver(effects, renderResults(results, options, effects), options.output);
      effects.stderr(`Worked out in ${tookSince(effects, begun)}. Next: ${next.replace('DIR', dir)}\n`);
      return 0;
    } finally {
      clearInterval(ticking);
      progress.clear();
      await workspace.close();
    }
  };
}

/** `wellspent measure`: outcomes, output, quality, inputs and productivity. */
export const measureCommand = verb(
  (workspace, signal) => measure(workspace, { signal }),
  'wellspent find DIR',
);

/** `wellspent find`: findings and their evidence. */
export const findCommand = verb((workspace) => find(workspace), 'wellspent serve DIR');

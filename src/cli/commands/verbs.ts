import type { Result } from '../../core/index.ts';
import { find, readSaid } from '../../find/index.ts';
import { openWorkspace, type Workspace } from '../../ingest/index.ts';
import { measure } from '../../measure/index.ts';
import type { Action } from '../commands.ts';
import { deliverResults, formatOf } from '../deliver.ts';
import { fromCwd } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';

type Work = (workspace: Workspace, signal: AbortSignal) => Promise<readonly Result[]>;

function verb(work: Work, next: string): Action {
  return async (effects, [dir = '.'], options) => {
    // A contradiction in the options is said at once, not after the work.
    formatOf(effects, options);
    const begun = effects.now();
    const progress = progressLine(effects);
    const ticking = setInterval(() => progress.say(`Working, ${tookSince(effects, begun)} so far`), 500);
    try {
      const workspace = await openWorkspace(fromCwd(effects, dir));
      try {
        const results = await work(workspace, effects.signal);
        progress.clear();
        deliverResults(effects, results, options);
      } finally {
        await workspace.close();
      }
    } finally {
      clearInterval(ticking);
      progress.clear();
    }
    effects.stderr(
      `Worked out in ${tookSince(effects, begun)}. Next: wellspent ${next} ${asShellWord(dir)}\n`,
    );
    return 0;
  };
}

/** `wellspent measure`: outcomes, output, quality, inputs and productivity. */
export const measureCommand = verb((workspace, signal) => measure(workspace, { signal }), 'find');

/** `wellspent find`: findings and their evidence. */
export const findCommand = verb(async (workspace, signal) => {
  const { dispositions } = await readSaid(workspace.dir, workspace.loaded.charter.service);
  return find(workspace, { signal, dispositions });
}, 'serve');

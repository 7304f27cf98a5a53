import { heedData } from '../../answers/index.ts';
import { type Result, WellspentError } from '../../core/index.ts';
import { compareSides, findAll, readSaid } from '../../find/index.ts';
import { openWorkspace, type Workspace } from '../../ingest/index.ts';
import { measure } from '../../measure/index.ts';
import type { Action } from '../commands.ts';
import { deliverResults, formatOf } from '../deliver.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';
import { recordsOf } from '../workspace-records.ts';

type Options = Parameters<Action>[2];
type Work = (workspace: Workspace, effects: Effects, options: Options) => Promise<readonly Result[]>;

function verb(name: 'measure' | 'find', work: Work, next: string): Action {
  return async (effects, [dir = '.'], options) => {
    // A contradiction in the options is said at once, not after the work.
    formatOf(effects, options);
    const begun = effects.now();
    const progress = progressLine(effects);
    const ticking = setInterval(() => progress.say(`Working, ${tookSince(effects, begun)} so far`), 500);
    try {
      const workspace = await openWorkspace(fromCwd(effects, dir));
      try {
        // The same data faults count here and on the pages.
        const heed = await heedData(workspace, effects.signal);
        const results = await work(workspace, effects, options);
        progress.clear();
        deliverResults(effects, heed(name, results), options);
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
export const measureCommand = verb(
  'measure',
  (workspace, { signal }) => measure(workspace, { signal }),
  'find',
);

const named = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** `wellspent find`: findings and their evidence; with --compare the two sides named, and nothing else. */
export const findCommand = verb(
  'find',
  async (workspace, effects, options) => {
    const { signal } = effects;
    const { dispositions } = await readSaid(
      recordsOf(effects, workspace.dir, workspace.loaded.charter.service),
    );
    const { results, comparisons } = await findAll(workspace, { signal, dispositions });
    const chosen = { of: named(options.compare), first: named(options.this), second: named(options.with) };
    if (Object.values(chosen).every((value) => value === undefined)) return results;
    if (comparisons) return [compareSides(comparisons, chosen)];
    throw new WellspentError('USAGE', 'There are no two sides to compare.', {
      hint: 'name `groups` in service.yaml, or add a log with teams or more than one period; a side needs 30 cases',
    });
  },
  'serve',
);

import { WellspentError } from '../../core/index.ts';
import {
  draftOption,
  find,
  keepOption,
  type OptionDraft,
  optionDrafts,
  readSaid,
  removeOption,
} from '../../find/index.ts';
import { openWorkspace, workspaceContents } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import { fromCwd } from '../files.ts';
import { asShellWord } from '../talk.ts';
import { recordsOf } from '../workspace-records.ts';

function inWords({ id, taken, title, facts }: OptionDraft): string {
  const lines = facts.map(({ name, value }) => `  ${name}: ${value}`);
  return `${id}  ${taken.slice(0, 10)}  ${title}\n${lines.join('\n')}\n`;
}

/** `wellspent option`: makes a draft of an option from a finding; lists and removes drafts. */
export const option: Action = async (effects, [workspace = '.', finding], options) => {
  const dir = fromCwd(effects, workspace);
  const { service } = workspaceContents(dir).loaded.charter;
  const place = recordsOf(effects, dir, service);
  if (options.remove !== undefined) {
    const removed = await removeOption(place, String(options.remove));
    if (!removed)
      throw new WellspentError('USAGE', `There is no draft "${options.remove}".`, {
        hint: `wellspent option ${asShellWord(workspace)}`,
      });
    effects.stderr('Removed for good.\n');
    return 0;
  }
  if (finding === undefined) {
    const drafts = await optionDrafts(place);
    if (options.format === 'json') effects.stdout(`${JSON.stringify(drafts, null, 2)}\n`);
    else if (drafts.length > 0) effects.stdout(drafts.map(inWords).join('\n'));
    else
      effects.stderr(
        `There are no drafts of options yet. Next: wellspent find ${asShellWord(workspace)}, then wellspent option ${asShellWord(workspace)} FINDING\n`,
      );
    return 0;
  }
  const opened = await openWorkspace(dir);
  try {
    const { dispositions } = await readSaid(place);
    const results = await find(opened, { signal: effects.signal, dispositions });
    const findings = results.find(({ id }) => id === 'findings');
    const draft = draftOption(findings, finding, effects.now());
    if (!draft) {
      const rows = findings?.tables[0]?.rows ?? [];
      throw new WellspentError('USAGE', `There is no finding "${finding}" in the data.`, {
        found: rows.map(({ id, title }) => `${id}: ${title}`).join('\n') || 'none',
      });
    }
    await keepOption(place, draft);
    effects.stderr(
      `Kept as the draft ${draft.id}. Options are not appraised in this version: a draft keeps what the finding said.\n`,
    );
  } finally {
    await opened.close();
  }
  return 0;
};

import { readFileSync, statSync } from 'node:fs';
import { countOf, WellspentError } from '../../core/index.ts';
import {
  checkpointsIn,
  isExport,
  type KeptCheckpoint,
  noRegister,
  readRecords,
  readStored,
  readVerifierKeys,
  type Verification,
  type VerifyOptions,
  verifyExport,
  verifyStored,
} from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { existingFile, fromCwd } from '../files.ts';
import { shownError } from '../show-error.ts';
import { asShellWord } from '../talk.ts';
import { charterOf, isWorkspace, recordsOf } from '../workspace-records.ts';

/** A checkpoint that somebody kept as a file, or all those in an export that somebody kept as a folder. */
function heldAt(effects: Effects, shown: string): readonly KeptCheckpoint[] {
  const path = fromCwd(effects, shown);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return [{ name: shown, text: readFileSync(existingFile(effects, shown), 'utf8') }];
  const held = checkpointsIn(path);
  if (held.length === 0)
    throw new WellspentError('FILE_NOT_FOUND', `${shown} holds no checkpoint.`, {
      where: { file: shown },
      hint: 'an export of the register that somebody kept, or one of the files in its folder checkpoints',
    });
  return held.map(({ name, text }) => ({ name: `${shown}/${name}`, text }));
}

function optionsOf(effects: Effects, { against, keys }: Readonly<Record<string, unknown>>): VerifyOptions {
  const held = ((against ?? []) as readonly string[]).flatMap((shown) => heldAt(effects, shown));
  if (typeof keys !== 'string') return { held };
  return { held, keys: readVerifierKeys(readFileSync(existingFile(effects, keys), 'utf8')) };
}

async function verified(effects: Effects, dir: string, options: VerifyOptions): Promise<Verification> {
  const path = fromCwd(effects, dir);
  if (!isWorkspace(path) && isExport(path)) return verifyExport(path, options);
  if (!isWorkspace(path))
    throw new WellspentError(
      'WORKSPACE_NOT_FOUND',
      `${dir} is neither a workspace nor an exported register.`,
      {
        where: { file: dir },
        hint: 'a folder with a service.yaml, or one that wellspent register export has written',
      },
    );
  const { service } = charterOf(effects, dir).charter;
  return verifyStored(
    (await readRecords(recordsOf(effects, dir, service), readStored)) ?? noRegister,
    options,
  );
}

/** What nothing has shown, said as plainly as what has been. */
function shownBy({ size, heldSize, signedSize }: Verification, options: VerifyOptions): string {
  const outside =
    heldSize === null
      ? 'No checkpoint that others kept was compared, so nothing shows what it held before.'
      : `It continues what others kept of it, up to ${countOf(heldSize, 'entry', 'entries')}: none of them was changed or removed.`;
  const signed =
    (options.keys?.length ?? 0) === 0
      ? ''
      : ` The key given has signed it up to ${signedSize === size ? 'its last entry' : `entry ${signedSize - 1}`}.`;
  return `${outside}${signed}`;
}

function inWords(found: Verification, options: VerifyOptions): string {
  const { size, root, origin } = found;
  if (size === 0 && origin === null)
    return `There is no entry in the register yet.\n  size  0\n  root  ${root}\n`;
  return (
    `The register holds ${countOf(size, 'entry', 'entries')}, and they hold together. ${shownBy(found, options)}\n` +
    `  size  ${size}\n  root  ${root}\n  name  ${origin}\n`
  );
}

function faultInWords(effects: Effects, { fault, size }: Verification): string {
  if (!fault) return '';
  const first =
    fault.entry === null
      ? 'The entries cannot be told to be what they were.'
      : `First entry that breaks: ${fault.entry}, counted from 0. ${fault.entry === 0 ? 'No entry is' : fault.entry === 1 ? 'The entry before it is' : `The ${Math.min(fault.entry, size)} before it are`} sound.`;
  return `${shownError(effects, fault.error, { to: 'stdout' })}\n${first}\n`;
}

/** `wellspent verify`: whether the register of a workspace, or an exported one, is what it was. */
export const verify: Action = async (effects, [dir = '.'], options) => {
  const against = optionsOf(effects, options);
  const found = await verified(effects, dir, against);
  const { fault, ...rest } = found;
  if (options.format === 'json') {
    const first = fault && {
      entry: fault.entry,
      code: fault.error.code,
      message: fault.error.message,
    };
    effects.stdout(`${JSON.stringify({ sound: fault === null, ...rest, fault: first }, null, 2)}\n`);
  } else effects.stdout(fault ? faultInWords(effects, found) : inWords(found, against));
  if (fault) return 1;
  if (isWorkspace(fromCwd(effects, dir)))
    effects.stderr(
      found.size === 0
        ? `Next: wellspent register keep ${asShellWord(dir)}\n`
        : `Next: wellspent register export ${asShellWord(dir)} --into FOLDER, for somebody outside to keep\n`,
    );
  return 0;
};

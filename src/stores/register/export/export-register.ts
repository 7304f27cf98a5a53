import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import type { Records } from '../../records/index.ts';
import { checkpointText } from '../checkpoint/checkpoint.ts';
import { type Verification, verificationOf } from '../verify/verification.ts';
import { verifyLines } from '../verify/verify-lines.ts';
import { readStored, verifyStored } from '../verify/verify-records.ts';
import { checkpointsIn, isExport, linesOf } from './read-export.ts';
import { verifierFiles } from './verifier-files.ts';

/** A register as files: names below the folder in the order to write them, and what they hold. */
export interface RegisterExport {
  readonly verified: Verification;
  readonly files: ReadonlyMap<string, string>;
}

/** A register that breaks is not handed out as if it were whole. */
function refuseFault({ fault }: Verification): void {
  if (fault) throw fault.error;
}

/**
 * The register of a store as the files that outsiders verify: log.ndjson, a checkpoint after each entry, keys.txt
 * and a verifier that needs nothing else. A checkpoint has its three lines and no signature until somebody signs it.
 * Refused, with its fault, where an entry breaks.
 */
export async function exportRegister(records: Records): Promise<RegisterExport> {
  const stored = await readStored(records);
  const verified = verifyStored(stored);
  refuseFault(verified);
  const { entries, origin, notes } = stored;
  const files = new Map([['log.ndjson', entries.map(({ line }) => `${line}\n`).join('')]]);
  for (const [index, { root }] of entries.entries()) {
    const size = index + 1;
    const text = checkpointText({ origin: origin ?? '', size, root: Buffer.from(root, 'hex') });
    files.set(`checkpoints/${size}.txt`, text);
  }
  for (const { size, note } of notes) files.set(`checkpoints/${size}.txt`, note);
  files.set('keys.txt', '');
  // Line ends are part of what is hashed: git must not change them.
  files.set('.gitattributes', '* -text\n');
  for (const [name, text] of verifierFiles()) files.set(name, text);
  return { verified, files };
}

/** Writes whole or not at all: the export of before stays readable until the new one is there. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** The first line that an earlier export has and this one has not. */
function refuseOtherHistory(before: Uint8Array, now: Uint8Array, dir: string): void {
  const [held, lines] = [linesOf(before).lines, linesOf(now).lines];
  const at = held.findIndex((line, i) => lines[i] === undefined || Buffer.compare(line, lines[i]) !== 0);
  if (at < 0) return;
  throw lines[at] === undefined
    ? new WellspentError('TRUNCATED', `${dir} holds ${held.length} entries, and the register has ${at}.`)
    : new WellspentError(
        'EQUIVOCATION',
        `Entry ${at} in ${dir} is another than entry ${at} of the register.`,
      );
}

/**
 * Writes an export into a folder. A folder with an earlier export is a copy that somebody may have kept: it must
 * be the beginning of this one, else nothing is written (`TRUNCATED`, `EQUIVOCATION`, `CONSISTENCY_INVALID`). Its
 * checkpoints stay for ever, with any signatures, and so do its keys.
 */
export function writeExport({ files }: RegisterExport, dir: string): void {
  const log = Buffer.from(files.get('log.ndjson') ?? '', 'utf8');
  if (isExport(dir)) {
    refuseOtherHistory(readFileSync(join(dir, 'log.ndjson')), log, dir);
    const given = { ...verifyLines(linesOf(log).lines), origin: null, own: checkpointsIn(dir), ownKeys: [] };
    refuseFault(verificationOf(given, {}));
  }
  for (const [name, text] of files) {
    const file = join(dir, name);
    const stays = name === 'keys.txt' || name.startsWith('checkpoints/');
    if (!stays || !existsSync(file) || !readFileSync(file, 'utf8').startsWith(text)) writeWhole(file, text);
  }
}

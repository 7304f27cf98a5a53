import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import { readVerifierKeys } from '../checkpoint/verifier-key.ts';
import { type Verification, type VerifyOptions, verificationOf } from '../verify/verification.ts';
import type { KeptCheckpoint } from '../verify/verify-checkpoints.ts';
import { type RegisterFault, verifyLines } from '../verify/verify-lines.ts';

const lineEnd = 0x0a;

/** Whether a folder holds an exported register. */
export function isExport(dir: string): boolean {
  return existsSync(join(dir, 'log.ndjson'));
}

/** The lines of a log.ndjson, and what was torn off after its last line end. */
export function linesOf(log: Uint8Array): {
  readonly lines: readonly Uint8Array[];
  readonly torn: Uint8Array;
} {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = log.indexOf(lineEnd); end >= 0; end = log.indexOf(lineEnd, from)) {
    lines.push(log.subarray(from, end));
    from = end + 1;
  }
  return { lines, torn: log.subarray(from) };
}

/** The checkpoints in an export, by size, each under the name of its file. */
export function checkpointsIn(dir: string): readonly KeptCheckpoint[] {
  const folder = join(dir, 'checkpoints');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => ({ name: `checkpoints/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

/** A file under a size that is not its own would let an old state pass for a new one. */
function misnamed(checkpoints: readonly KeptCheckpoint[]): RegisterFault | null {
  const wrong = checkpoints.find(({ name, text }) => name !== `checkpoints/${text.split('\n')[1]}.txt`);
  if (!wrong) return null;
  const error = new WellspentError(
    'CHECKPOINT_MALFORMED',
    `${wrong.name} is not named after the size in it.`,
  );
  return { entry: null, error };
}

/** Checks an exported register as it lies in a folder: its lines, its checkpoints, and those that others kept. */
export function verifyExport(dir: string, options: VerifyOptions = {}): Verification {
  const { lines, torn } = linesOf(readFileSync(join(dir, 'log.ndjson')));
  const { log, fault } = verifyLines(lines);
  const cutShort =
    torn.length > 0
      ? {
          entry: lines.length,
          error: new WellspentError('NOT_JSON', 'The last line has no end: it was cut short.'),
        }
      : null;
  const own = checkpointsIn(dir);
  const keyFile = join(dir, 'keys.txt');
  const ownKeys = existsSync(keyFile) ? readVerifierKeys(readFileSync(keyFile, 'utf8')) : [];
  const given = { log, fault: fault ?? cutShort ?? misnamed(own), origin: null, own, ownKeys };
  return verificationOf(given, options);
}

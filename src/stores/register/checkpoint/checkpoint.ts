import { WellspentError } from '../../../core/index.ts';
import { type Hash, hashBytes } from '../merkle/tree.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** What a register holds at a size: its name, how many entries, and the root over them. */
export interface Checkpoint {
  /** The name of the register, which never changes: no spaces and no plus sign. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

const usableName = /^[^\s+\p{Cc}]+$/u;

/** Whether a text can name a register or a key (C2SP signed-note): no spaces, no plus sign, no control characters. */
export function isOrigin(text: string): boolean {
  return usableName.test(text);
}

/** The three lines of a checkpoint (C2SP tlog-checkpoint): origin, size, root in base64. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the three lines of a checkpoint; `CHECKPOINT_MALFORMED` for anything else, such as `07` for a size. */
export function readCheckpointText(text: string): Checkpoint {
  const refuse = (why: string): never => {
    throw new WellspentError('CHECKPOINT_MALFORMED', `This is not a checkpoint: ${why}.`, {
      found: JSON.stringify(text.slice(0, 60)),
    });
  };
  const [origin = '', sized = '', rooted = '', end, ...more] = text.split('\n');
  if (end !== '' || more.length > 0) return refuse('it does not have three lines, each with a line feed');
  if (!isOrigin(origin)) return refuse('the first line is not the name of a register');
  const size = Number(sized);
  if (!/^(0|[1-9]\d{0,15})$/.test(sized) || !Number.isSafeInteger(size))
    return refuse('the second line is not a size');
  const root = fromBase64(rooted);
  if (root?.length !== hashBytes) return refuse('the third line is not a root of 32 bytes');
  return { origin, size, root };
}

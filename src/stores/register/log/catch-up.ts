import { WellspentError } from '../../../core/index.ts';
import type { RecordsSession } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import { readCheckpointText } from '../checkpoint/checkpoint.ts';
import { readSignedNote } from '../checkpoint/signed-note.ts';
import { type Frontier, leafHash, rootOf, withLeaf } from '../merkle/tree.ts';
import { storedEntries } from './stored-entries.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function damaged(place: number, why: string): never {
  throw new WellspentError(
    'REGISTER_DAMAGED',
    `Entry ${place} of the register ${why}. Nothing can be added.`,
    {
      hint: 'wellspent verify',
    },
  );
}

async function rootAt({ query }: RecordsSession, size: number): Promise<string | undefined> {
  const [row] = await query<{ root: string }>(
    sql`select root from register_entries where place = ${size - 1}`,
  );
  return row?.root;
}

/** The largest signed checkpoint must be of a state that the register has been through. */
async function checkLatestNote(session: RecordsSession): Promise<void> {
  const [latest] = await session.query<{ note: string }>(
    sql`select note from register_notes order by size desc limit 1`,
  );
  if (!latest) return;
  const { size, root } = readCheckpointText(readSignedNote(latest.note).text);
  if (size > 0 && (await rootAt(session, size)) !== hex(root))
    damaged(size - 1, 'is not what the latest signed checkpoint was made over, or is gone');
}

/**
 * The tree over the register as it lies in the store, worked out anew from the lines that came since `known`, and
 * held against the roots kept beside them and the latest signed checkpoint: else `REGISTER_DAMAGED`. Inside a
 * transaction that writes, so that nobody adds in between.
 */
export async function catchUp(session: RecordsSession, known: Frontier): Promise<Frontier> {
  if (known.size > 0 && (await rootAt(session, known.size)) !== hex(rootOf(known)))
    damaged(known.size - 1, 'has changed or is gone since it was read');
  let tree = known;
  for await (const entries of storedEntries(session, known.size))
    for (const { place, line, leaf, root } of entries) {
      if (place !== tree.size) damaged(tree.size, 'is missing');
      const worked = leafHash(Buffer.from(line, 'utf8'));
      if (hex(worked) !== leaf) damaged(place, 'does not have the bytes that it had when it was added');
      tree = withLeaf(tree, worked);
      if (hex(rootOf(tree)) !== root) damaged(place, 'does not lead to the root that was kept with it');
    }
  await checkLatestNote(session);
  return tree;
}

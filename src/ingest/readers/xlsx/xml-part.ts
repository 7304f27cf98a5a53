import { WellspentError } from '../../../core/index.ts';
import type { ReadLimits } from '../raw-table.ts';
import { utf8Blocks, xmlEncoding } from '../text-decoding.ts';
import { createXmlScanner, type XmlEvents } from '../xml/xml-scanner.ts';
import type { ZipArchive, ZipMember } from './zip-archive.ts';

/** A workbook being read: its file, its archive and the limits on what it may do to us. */
export interface Package {
  readonly file: string;
  readonly archive: ZipArchive;
  readonly limits: ReadLimits;
}

/** What a reader of one part wants to hear. */
export type PartEvents = Pick<XmlEvents, 'open' | 'close' | 'text'>;

async function* textOf(blocks: AsyncIterable<Buffer>, label: string): AsyncIterable<Buffer> {
  let rest: AsyncIterator<Buffer> | undefined;
  try {
    rest = blocks[Symbol.asyncIterator]();
    const first = await rest.next();
    if (first.done) return;
    const all = async function* (): AsyncIterable<Buffer> {
      yield first.value;
      for (let next = await rest?.next(); next && !next.done; next = await rest?.next()) yield next.value;
    };
    yield* utf8Blocks(all(), xmlEncoding(first.value), label);
  } catch (cause) {
    if (!(cause instanceof WellspentError && cause.code === 'ENCODING_UNKNOWN')) throw cause;
    throw new WellspentError('INPUT_DAMAGED', `${label} holds bytes that are no text.`, {
      where: { file: label },
      cause,
    });
  } finally {
    await rest?.return?.();
  }
}

/** Scans a part piece by piece; between pieces whoever listens may take what has come. */
export async function* scanPart(
  { file, archive, limits }: Package,
  member: ZipMember,
  events: PartEvents,
  onPacked?: (bytes: number) => void,
): AsyncIterable<void> {
  const label = `${file} (${member.name})`;
  const scanner = createXmlScanner({ ...events, file: label, maxDepth: limits.xmlDepth });
  for await (const block of textOf(archive.read(member, onPacked), label)) {
    scanner.write(block);
    yield;
  }
  scanner.end();
  yield;
}

/** Scans a part to its end. */
export async function scanWholePart(pack: Package, member: ZipMember, events: PartEvents): Promise<void> {
  const pieces = scanPart(pack, member, events)[Symbol.asyncIterator]();
  while (!(await pieces.next()).done);
}

/** Refuses a document type in any part, also in those that hold nothing for us; reads no further than the root. */
export async function refuseDocumentTypes(pack: Package): Promise<void> {
  for (const [key, member] of pack.archive.members) {
    if (!key.endsWith('.xml') && !key.endsWith('.rels')) continue;
    let begun = false;
    const events = {
      open: () => {
        begun = true;
      },
      close: () => undefined,
    };
    try {
      const pieces = scanPart(pack, member, events);
      for await (const _ of pieces) if (begun) break;
    } catch (error) {
      const matters = ['XML_DOCTYPE', 'INPUT_ENCRYPTED', 'INPUT_TOO_LARGE', 'INPUT_TRUNCATED'];
      if (error instanceof WellspentError && matters.includes(error.code)) throw error;
      // Other damage matters only in a part that is read, and is found there.
    }
  }
}

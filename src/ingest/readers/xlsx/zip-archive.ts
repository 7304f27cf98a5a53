import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { WellspentError } from '../../../core/index.ts';
import type { ReadLimits } from '../raw-table.ts';

/** One file inside a zip archive, as the archive's table of contents describes it. */
export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/** A zip archive whose members are read as streams. Nothing is ever written to disk. */
export interface ZipArchive {
  /** By name in lower case with forward slashes. */
  readonly members: ReadonlyMap<string, ZipMember>;
  /** Unpacks one member within the limits and checks its size and CRC-32 at the end. */
  read(member: ZipMember, onPacked?: (bytes: number) => void): AsyncIterable<Buffer>;
}

const endBytes = 22;
const longestComment = 65_535;
const headerBytes = 30;
const mostDirectoryBytes = 16_000_000;
const unset32 = 0xffff_ffff;

function truncated(file: string): WellspentError {
  return new WellspentError('INPUT_TRUNCATED', `${file} starts as a zip archive but has no end of one.`, {
    where: { file },
  });
}

function damaged(file: string, what: string, cause?: unknown): WellspentError {
  return new WellspentError('INPUT_DAMAGED', `${file} is a damaged zip archive: ${what}.`, {
    where: { file },
    cause,
  });
}

function tooLarge(file: string, what: string): WellspentError {
  return new WellspentError('INPUT_TOO_LARGE', `${file} ${what}.`, { where: { file } });
}

async function bytesAt(file: string, at: number, length: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead < length) throw truncated(file);
    return buffer;
  } finally {
    await handle.close();
  }
}

interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly offset: number;
}

/** Finds the table of contents from the record at the archive's end, in its 64-bit form if it has one. */
async function findDirectory(file: string, size: number): Promise<Directory> {
  const length = Math.min(size, endBytes + longestComment);
  const tail = await bytesAt(file, size - length, length);
  let at = length - endBytes;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === 0x0605_4b50 && tail.readUInt16LE(at + 20) === length - at - 22)
  )
    at -= 1;
  if (at < 0) throw truncated(file);
  const found = {
    entries: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const isLong = found.entries === 0xffff || found.bytes === unset32 || found.offset === unset32;
  if (!isLong || at < 20 || tail.readUInt32LE(at - 20) !== 0x0706_4b50) return found;
  const record = await bytesAt(file, Number(tail.readBigUInt64LE(at - 12)), 56).catch(() => {
    throw damaged(file, 'its table of contents is not where it should be');
  });
  if (record.readUInt32LE(0) !== 0x0606_4b50)
    throw damaged(file, 'its table of contents is not where it should be');
  return {
    entries: Number(record.readBigUInt64LE(32)),
    bytes: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
}

/** Sizes and offset of an entry, from its 64-bit extra field where the short ones are not set. */
function longValues(entry: Buffer, nameLength: number, extraLength: number): readonly number[] {
  const values = [entry.readUInt32LE(24), entry.readUInt32LE(20), entry.readUInt32LE(42)];
  const extra = entry.subarray(46 + nameLength, 46 + nameLength + extraLength);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let place = at + 4;
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== unset32 || place + 8 > extra.length) continue;
      values[i] = Number(extra.readBigUInt64LE(place));
      place += 8;
    }
  }
  return values;
}

function readDirectory(file: string, table: Buffer, entries: number): ReadonlyMap<string, ZipMember> {
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let i = 0; i < entries; i++) {
    const entry = table.subarray(at);
    if (entry.length < 46 || entry.readUInt32LE(0) !== 0x0201_4b50)
      throw damaged(file, 'its table of contents ends early');
    const nameLength = entry.readUInt16LE(28);
    const extraLength = entry.readUInt16LE(30);
    const next = 46 + nameLength + extraLength + entry.readUInt16LE(32);
    if (next > entry.length) throw damaged(file, 'its table of contents ends early');
    const name = entry.toString('utf8', 46, 46 + nameLength);
    const key = name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
    // Two members of one name are a way to show one content to a checker and another to a reader.
    if (members.has(key)) throw damaged(file, `it holds ${name} twice`);
    const [bytes = 0, packedBytes = 0, offset = 0] = longValues(entry, nameLength, extraLength);
    members.set(key, {
      name,
      method: entry.readUInt16LE(10),
      encrypted: (entry.readUInt16LE(8) & 1) === 1,
      crc: entry.readUInt32LE(16),
      packedBytes,
      bytes,
      offset,
    });
    at += next;
  }
  return members;
}

async function* unpack(
  file: string,
  member: ZipMember,
  from: number,
  onPacked: (bytes: number) => void,
): AsyncIterable<Buffer> {
  if (member.packedBytes === 0) return;
  const source = createReadStream(file, {
    start: from,
    end: from + member.packedBytes - 1,
    highWaterMark: 1 << 16,
  });
  if (member.method === 0) {
    for await (const block of source as AsyncIterable<Buffer>) {
      onPacked(block.length);
      yield block;
    }
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 1 << 16 });
  source.on('data', (block) => onPacked(block.length));
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch (cause) {
    throw damaged(file, `${member.name} cannot be unpacked`, cause);
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

async function* readMember(
  file: string,
  size: number,
  member: ZipMember,
  limits: ReadLimits,
  onPacked: (bytes: number) => void,
): AsyncIterable<Buffer> {
  const { name, method, encrypted, crc, packedBytes, bytes, offset } = member;
  if (encrypted)
    throw new WellspentError('INPUT_ENCRYPTED', `${file} is locked with a password.`, { where: { file } });
  if (method !== 0 && method !== 8) throw damaged(file, `${name} is packed in a way that is not in use`);
  const most = Math.min(limits.memberBytes, limits.unpackedBytes);
  const isTooLarge = () =>
    tooLarge(file, `holds ${name}, which unpacks to more than ${most.toLocaleString('en-GB')} bytes`);
  if (bytes > most) throw isTooLarge();
  const header = await bytesAt(file, offset, headerBytes);
  if (header.readUInt32LE(0) !== 0x0403_4b50) throw damaged(file, `${name} is not where it should be`);
  const from = offset + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (from + packedBytes > size) throw truncated(file);
  let taken = 0;
  let unpacked = 0;
  let sum = 0;
  const blocks = unpack(file, member, from, (n) => {
    taken += n;
    onPacked(taken);
  });
  for await (const block of blocks) {
    unpacked += block.length;
    if (unpacked > most) throw isTooLarge();
    if (unpacked > limits.ratioFrom && unpacked > limits.ratio * Math.max(taken, 1))
      throw tooLarge(file, `holds ${name}, which unpacks to over ${limits.ratio} times its size`);
    sum = crc32(block, sum);
    yield block;
  }
  if (unpacked !== bytes || sum !== crc) throw damaged(file, `${name} is not what was packed`);
}

/** Opens a zip archive by its table of contents; refuses too many members, doubled names and damage. */
export async function openZip(file: string, size: number, limits: ReadLimits): Promise<ZipArchive> {
  if (size < endBytes) throw truncated(file);
  const { entries, bytes, offset } = await findDirectory(file, size);
  if (entries > limits.members)
    throw tooLarge(file, `holds ${entries.toLocaleString('en-GB')} files, more than any workbook needs`);
  if (bytes > mostDirectoryBytes || offset + bytes > size)
    throw damaged(file, 'its table of contents is not where it should be');
  const members = readDirectory(file, await bytesAt(file, offset, bytes), entries);
  return {
    members,
    read: (member, onPacked = () => undefined) => readMember(file, size, member, limits, onPacked),
  };
}

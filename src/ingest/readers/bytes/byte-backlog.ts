const usual = 1 << 16;
const most = 1 << 22;
/** Room beyond this is given up when it is not needed any more. */
const usualRoom = 1 << 20;

/** Bytes that wait to be scanned: what a scan left unfinished, and what came since. */
export interface ByteBacklog {
  /**
   * Adds bytes, of which it keeps a copy; gives all that wait, or null while too few have come to be worth a scan.
   * What is given holds until more is added: the same memory is used again and again, since new memory for each
   * block would have to be found, cleared and collected.
   */
  add(part: Buffer): Buffer | null;
  /** Keeps what a scan could not finish: an end of what was given. */
  keep(rest: Buffer): void;
  /** All that wait, whether worth a scan or not: for the end of a file. */
  all(): Buffer;
}

/**
 * Makes an empty backlog. What ends in the middle of something long is scanned again only when it has doubled or
 * grown by four million bytes: a value of a whole file must not be scanned once for each block of it.
 */
export function newByteBacklog(): ByteBacklog {
  let room = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  let wanted = 0;
  const all = (): Buffer => room.subarray(start, end);
  /** Makes room for more bytes behind those that wait. */
  const makeRoom = (more: number) => {
    const held = end - start;
    const needed = held + more;
    if (needed > room.length || (room.length > usualRoom && 2 * needed < usualRoom)) {
      const own = Buffer.allocUnsafeSlow(Math.max(2 * needed, usual));
      own.set(all());
      room = own;
    } else if (end + more > room.length) room.copyWithin(0, start, end);
    else return;
    start = 0;
    end = held;
  };
  return {
    add(part) {
      makeRoom(part.length);
      room.set(part, end);
      end += part.length;
      return end - start < wanted ? null : all();
    },
    keep(rest) {
      start = end - rest.length;
      wanted = rest.length < usual ? 0 : rest.length + Math.min(rest.length, most);
    },
    all,
  };
}

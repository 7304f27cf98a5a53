const usual = 1 << 16;
const most = 1 << 22;

/** Bytes that wait to be scanned: what a scan left unfinished, and what came since. */
export interface ByteBacklog {
  /** Adds bytes; gives all that wait, or null while too few have come to be worth a scan. */
  add(part: Buffer): Buffer | null;
  /** Keeps what a scan could not finish. */
  keep(rest: Buffer): void;
  /** All that wait, whether worth a scan or not: for the end of a file. */
  all(): Buffer;
}

/**
 * Makes an empty backlog. What ends in the middle of something long is scanned again only when it has doubled or
 * grown by four million bytes: a value of a whole file must not be scanned once for each block of it.
 */
export function newByteBacklog(): ByteBacklog {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  const all = (): Buffer => {
    const [only] = parts;
    if (only && parts.length === 1) return only;
    parts = [Buffer.concat(parts)];
    return parts[0] as Buffer;
  };
  return {
    add(part) {
      parts.push(part);
      held += part.length;
      return held < wanted ? null : all();
    },
    keep(rest) {
      parts = rest.length > 0 ? [rest] : [];
      held = rest.length;
      wanted = held < usual ? 0 : held + Math.min(held, most);
    },
    all,
  };
}

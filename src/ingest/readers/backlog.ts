/** Text that waits to be scanned: what a scan left unfinished, and what came since. */
export interface Backlog {
  /** Adds text; gives all that waits, or null while too little has come to be worth a scan. */
  add(part: string): string | null;
  /** Keeps what a scan could not finish. */
  keep(rest: string): void;
  /** All that waits, whether worth a scan or not: for the end of a text. */
  all(): string;
}

const usual = 1 << 16;
const most = 1 << 22;

/**
 * Makes an empty backlog. What ends in the middle of something long is scanned again only when it has doubled or
 * grown by four million characters: a value of a whole file must not be scanned once for each block of it.
 */
export function newBacklog(): Backlog {
  let held = '';
  let wanted = 0;
  return {
    add(part) {
      held += part;
      return held.length < wanted ? null : held;
    },
    keep(rest) {
      held = rest;
      wanted = rest.length < usual ? 0 : rest.length + Math.min(rest.length, most);
    },
    all: () => held,
  };
}

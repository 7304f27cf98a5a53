import { countOf, durationInWords } from '../core/index.ts';
import type { Effects } from './effects.ts';

/** Whether to colour what goes to standard output or standard error. */
export function wantsColour(effects: Effects, stream: 'stdout' | 'stderr'): boolean {
  return effects.terminal[stream] && !effects.env.NO_COLOR && effects.env.TERM !== 'dumb';
}

/** Text for a person, with files named from where they stand. */
export function fromHere(effects: Effects, text: string): string {
  return effects.cwd.length > 1 ? text.replaceAll(`${effects.cwd}/`, '') : text;
}

/** A word as a shell takes it, so that a command we suggest can be copied. */
export function asShellWord(word: string): string {
  const safe = word.startsWith('-') ? `./${word}` : word;
  return /^[\w./,:@%+=-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

/** Seconds since a moment, as a reader would say them. */
export function tookSince(effects: Effects, begun: Date): string {
  const seconds = (effects.now().getTime() - begun.getTime()) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} seconds` : countOf(Math.round(seconds), 'second');
}

/** One line of progress, redrawn at a terminal after half a second; silent in a pipe. */
export function progressLine(effects: Effects) {
  const begun = effects.now().getTime();
  let drawn = 0;
  let shown = false;
  const say = (text: string): void => {
    const now = effects.now().getTime();
    if (!effects.terminal.stderr || now - begun < 500 || now - drawn < 100) return;
    drawn = now;
    shown = true;
    effects.stderr(`\r\u001b[2K${text.slice(0, effects.terminal.width - 1)}`);
  };
  return {
    say,
    /** Says how much of a file is read, and how long the rest will take at the pace so far. */
    sayRead(what: string, bytes: number, totalBytes: number): void {
      const share = totalBytes > 0 ? Math.min(1, bytes / totalBytes) : 0;
      const left = ((effects.now().getTime() - begun) / 1000) * (1 / share - 1);
      const rest = `, ${Math.round(100 * share)}% of the file, about ${durationInWords(left)} left`;
      say(share > 0 && share < 1 ? `${what}${rest}` : what);
    },
    clear(): void {
      if (shown) effects.stderr('\r\u001b[2K');
    },
  };
}

import type { ColumnGuess } from '../mapping/guess-mapping.ts';
import { isPlainNumber, numberStyle, parseNumber } from '../numbers.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { openZone } from '../time/zone.ts';

/** Why no values of a column are shown. */
export type Withheld = 'identifier' | 'people' | 'free text' | 'nearly all different';

/** One column of a file before it is brought in: what it is taken to be, and what its first rows hold. */
export interface ColumnPreview extends ColumnGuess {
  /** True when it is proposed to leave the column out. */
  readonly leftOut: boolean;
  /** True when the shape of the file makes steps or rows of it, so that it is neither kept nor left out. */
  readonly isUsedUp: boolean;
  /** The name it was given as an attribute, where the charter or an earlier file says one. */
  readonly attribute: string | null;
  /** Null when `samples` are shown. */
  readonly withheld: Withheld | null;
  /** True when some first values are times of day without an offset from UTC. */
  readonly naive: boolean;
  /** Smallest and largest of its numbers; null when it does not hold numbers. */
  readonly range: readonly [number, number] | null;
}

const looked = 1000;
const fewRows = 20;
const mostlyDifferent = 0.9;
const rules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

function firstFilled(cells: readonly string[]): readonly string[] {
  const filled: string[] = [];
  for (const cell of cells) {
    const text = cell.trim();
    if (text !== '') filled.push(text);
    if (filled.length >= looked) break;
  }
  return filled;
}

/** What the first values of a column are, beyond the guess of its field. */
export function contentOf(cells: readonly string[]): {
  readonly naive: boolean;
  readonly range: readonly [number, number] | null;
  readonly mayIdentify: boolean;
} {
  const texts = firstFilled(cells);
  let times = 0;
  let naive = false;
  for (const text of texts) {
    if (text.length < 6 || !parseTime(text, rules, reading)) continue;
    times += 1;
    naive ||= (reading.flags & timeFlags.naive) !== 0 && (reading.flags & timeFlags.dateOnly) === 0;
  }
  const style = numberStyle(texts);
  const numbers = texts.map((text) => parseNumber(text, style)).filter((value) => Number.isFinite(value));
  const areNumbers = texts.length > 0 && numbers.length === texts.length && texts.every(plainOrMarked);
  return {
    naive: naive && times * 2 > texts.length,
    range: areNumbers ? [Math.min(...numbers), Math.max(...numbers)] : null,
    mayIdentify:
      texts.length >= fewRows &&
      times * 2 <= texts.length &&
      new Set(texts).size > mostlyDifferent * texts.length &&
      !numbers.some((value) => !Number.isInteger(value)),
  };
}

/** False for references such as 007, which only look like numbers. */
function plainOrMarked(text: string): boolean {
  return isPlainNumber(text) || !/^\d+$/.test(text);
}

import type { Clock } from './charter/ways-of-working.ts';
import { columnInWords, conditionInWords, parseExpression, valueInWords } from './expression/index.ts';
import { clockPrefix } from './facts/fact-columns.ts';

const conditions: ReadonlySet<string> = new Set([
  'logic',
  'not',
  'compare',
  'known',
  'in',
  'between',
  'boolean',
]);

/** An expression in plain English; a clock's days are called by the clock's title. Text that cannot be read comes back as it is. */
export function inEnglish(text: string, clocks: readonly Pick<Clock, 'id' | 'title'>[]): string {
  const { expression } = parseExpression(text);
  if (!expression) return text;
  const titles = new Map<string, string>(
    clocks.flatMap((clock) => {
      const prefix = clockPrefix(clock);
      return [
        [`${prefix}_days`, `days on the clock "${clock.title}"`],
        [`${prefix}_paused_days`, `days for which the clock "${clock.title}" stood still`],
        [`${prefix}_restarts`, `restarts of the clock "${clock.title}"`],
        [`${prefix}_started`, `the start of "${clock.title}"`],
        [`${prefix}_stopped`, `the stop of "${clock.title}"`],
      ] satisfies [string, string][];
    }),
  );
  const column = (name: string) => titles.get(name) ?? columnInWords(name);
  const isCondition =
    conditions.has(expression.kind) ||
    (expression.kind === 'call' && (expression.name === 'has' || expression.name === 'before'));
  return isCondition ? conditionInWords(expression, column) : valueInWords(expression, column);
}

/** A share in plain English: "of cases of type first adult, the share with days on the clock … of 20 or less". */
export function shareInEnglish(
  share: string,
  of: string | undefined,
  clocks: readonly Pick<Clock, 'id' | 'title'>[],
): string {
  const whole = of === undefined ? 'all cases' : inEnglish(of, clocks);
  const part = inEnglish(share, clocks).replace(/^cases /, '');
  return `of ${whole}, the share ${/^(not )?of /.test(part) ? `that are ${part}` : part}`;
}

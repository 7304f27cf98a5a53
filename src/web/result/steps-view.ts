import { formatValue, formatWithUnit, type Table } from '../../core/index.ts';
import { texts } from '../texts.ts';

/** A step or several that follow one another, as one chip; `rest` names what a chip stands for beside its text. */
interface Chip {
  readonly text: string;
  readonly rest: string | null;
  readonly isRest: boolean;
}

/** One sequence of steps: its facts in words, and its steps one by one. */
export interface SequenceView {
  readonly facts: readonly string[];
  readonly chips: readonly Chip[];
}

const mostChips = 16;
const firstKept = 11;
const lastKept = 4;

/** Steps as chips: the same step several times in a row is one chip, and a long middle is one that says what it holds. */
export function chipsOf(steps: readonly string[]): readonly Chip[] {
  const runs: { step: string; times: number }[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.step === step) last.times += 1;
    else runs.push({ step, times: 1 });
  }
  const chips = runs.map(({ step, times }) => ({
    text: times === 1 ? step : texts.sequence.times(step, times),
    rest: null,
    isRest: false,
  }));
  if (chips.length <= mostChips) return chips;
  const middle = chips.slice(firstKept, chips.length - lastKept);
  return [
    ...chips.slice(0, firstKept),
    {
      text: texts.sequence.more(middle.length),
      rest: middle.map(({ text }) => text).join(', '),
      isRest: true,
    },
    ...chips.slice(-lastKept),
  ];
}

/** The rows of a table of sequences, each with its facts and chips; null for any other table. */
export function viewSequences(table: Table, rows: Table['rows']): readonly SequenceView[] | null {
  const { asSteps } = table;
  if (!asSteps) return null;
  return rows.map((row) => ({
    facts: table.columns.flatMap(({ key, title, type }) => {
      const value = row[key] ?? null;
      if (key === asSteps.key || value === null) return [];
      return [
        type === 'count' || type === 'share' || typeof value !== 'number'
          ? `${title}: ${formatValue(value, type)}`
          : `${title.replace(/ days$/, '')}: ${formatWithUnit(value, type)}`,
      ];
    }),
    chips: chipsOf(String(row[asSteps.key] ?? '').split(asSteps.separator)),
  }));
}

import { formatValue, type Table } from '../../core/index.ts';
import { type Paint, visible, wrap } from './colours.ts';

const mostRecords = 5;
const widestLabel = 32;

/** Rows one below the other, a line for each value that is known: for tables that are wider than the terminal. */
export function recordLines(
  table: Table,
  width: number,
  paint: Paint,
): { readonly lines: readonly string[]; readonly shown: number } {
  const label = Math.min(widestLabel, Math.max(...table.columns.map(({ title }) => title.length)));
  const indent = ' '.repeat(label + 4);
  const rows = table.rows.slice(0, mostRecords);
  const lines = rows.flatMap((row, r) => [
    ...(r > 0 ? [''] : []),
    ...table.columns.flatMap(({ key, title, type }) => {
      const value = row[key] ?? null;
      if (value === null) return [];
      const titles = wrap(title, label).split('\n');
      const texts = wrap(visible(formatValue(value, type)), width, indent).split('\n');
      const height = Math.max(titles.length, texts.length);
      return Array.from({ length: height }, (_, i) => {
        const name = titles[i] ?? '';
        const text = texts[i]?.trimStart() ?? '';
        return text === '' ? `  ${paint.dim(name)}` : `  ${paint.dim(name.padEnd(label))}  ${text}`;
      });
    }),
  ]);
  return { lines, shown: rows.length };
}

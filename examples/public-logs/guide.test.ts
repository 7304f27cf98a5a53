import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ColumnType, formatValue, type Result } from '../../src/core/index.ts';
import { find } from '../../src/find/index.ts';
import { measure } from '../../src/measure/index.ts';
import { hasLogs, withLog } from './with-log.ts';

const guide = readFileSync(new URL('../../docs/guides/public-logs.md', import.meta.url), 'utf8');

/** The part of the guide under a heading. */
function section(heading: string): string {
  const from = guide.indexOf(`\n## ${heading}\n`);
  expect(from, `the guide has a part "${heading}"`).toBeGreaterThan(0);
  const to = guide.indexOf('\n## ', from + 4);
  return guide.slice(from, to < 0 ? undefined : to);
}

const quotes = (text: string) =>
  text.split('\n').flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : []));

/** The rows of figures of a part's tables, as cells. */
const tableRows = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && /\d/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

/** Every row of every table of the Results, as a reader sees its cells. */
function shownRows(results: readonly Result[]): readonly (readonly string[])[] {
  return results.flatMap((result) =>
    result.tables.flatMap((table) =>
      table.rows.map((row) =>
        table.columns.map((column) => formatValue(row[column.key] ?? null, column.type as ColumnType)),
      ),
    ),
  );
}

/** True where the cells stand in the row in this order. */
function holds(row: readonly string[], cells: readonly string[]): boolean {
  let at = 0;
  return cells.every((cell) => {
    const found = row.indexOf(cell, at);
    at = found + 1;
    return found >= 0;
  });
}

describe.skipIf(!hasLogs)('the guide to public logs quotes what the product prints', () => {
  const logs = [
    { heading: 'Fines', name: 'fines', log: 'traffic_fines.csv.gz', quoted: 3, rows: 8 },
    { heading: 'Permits', name: 'permits', log: 'receipt.xes.gz', quoted: 5, rows: 4 },
    {
      heading: 'Travel claims',
      name: 'travel',
      log: 'BPI_2020_DomesticDeclarations.xes.gz',
      quoted: 5,
      rows: 4,
    },
  ];
  for (const { heading, name, log, quoted, rows } of logs)
    it(`on ${name}: ${quoted} sentences and ${rows} rows of figures`, async () => {
      const results = await withLog(name, log, async (workspace) => [
        ...(await measure(workspace)),
        ...(await find(workspace)),
      ]);
      const answers = results.map((result) => result.answer);
      const text = section(heading);
      expect(quotes(text)).toHaveLength(quoted);
      for (const quote of quotes(text)) expect(answers).toContain(quote);
      const shown = shownRows(results);
      const cited = tableRows(text);
      expect(cited).toHaveLength(rows);
      for (const cells of cited)
        expect(
          shown.some((row) => holds(row, cells)),
          `a table of the product has the row ${cells.join(' | ')}`,
        ).toBe(true);
    });
});

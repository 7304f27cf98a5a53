import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ColumnType, formatValue, type Result } from '../../src/core/index.ts';
import { find } from '../../src/find/index.ts';
import { measure } from '../../src/measure/index.ts';
import { hasLogs, logFolder, withLog } from './with-log.ts';

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

/** The rows of a part's tables, as cells. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

/** The rows that hold figures. */
const tableRows = (text: string) => rowsOf(text).filter((cells) => /\d/.test(cells.join('')));

/** What stands in italics in the second column of tables that lay the product beside others. */
const quotedBeside = (rows: readonly (readonly string[])[]) =>
  rows.flatMap(([, found = '']) => [...found.matchAll(/\*([^*]+)\*/g)].map(([, quote = '']) => quote));

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

/** Figures of the call-centre log that stand beside those of other programs: where ours and theirs are found. */
function checkBeside(rows: readonly (readonly string[])[], results: readonly Result[]): void {
  const facts = JSON.parse(readFileSync(join(logFolder, 'reference', 'facts.json'), 'utf8')).callcenter;
  const counts = JSON.parse(readFileSync(join(logFolder, 'reference', 'callcenter_iso.json'), 'utf8'));
  const of = (id: string) => results.find((result) => result.id === id);
  const again = (days: number) =>
    of('failure-demand')
      ?.tables.find(({ id }) => id === 'again')
      ?.rows.find((row) => row.days === days)?.repeats;
  const told = (answer: string | undefined, pattern: RegExp) => Number(pattern.exec(answer ?? '')?.[1]);
  const handed = of('handovers')?.answer;
  const known: Readonly<Record<string, readonly [unknown, unknown]>> = {
    'contacts that people made': [
      of('failure-demand')?.figures.find(({ id }) => id === 'contacts')?.value,
      facts.inbound_contacts,
    ],
    ...Object.fromEntries(
      [7, 14, 28].map((days) => [
        `again within ${days} days`,
        [again(days), facts.repeat_contacts_within_days_of_previous[days]],
      ]),
    ),
    'passed between the lines': [told(handed, /teams (\d+) times/), facts.line_handovers],
    'back to the line it had left': [told(handed, /left (\d+) times/), facts.line_ping_pongs],
    'sequences of steps': [
      of('variants')?.figures.find(({ id }) => id === 'variants')?.value,
      counts.variants,
    ],
    'cases of one step': [
      of('endings')?.tables[0]?.rows.find(({ ending }) => ending === 'One step and no more')?.cases,
      counts.single_event_cases,
    ],
  };
  expect(rows.map(([what]) => what)).toEqual(Object.keys(known));
  for (const [what = '', ours, theirs] of rows)
    expect([ours, theirs], what).toEqual(known[what]?.map((value) => formatValue(Number(value), 'count')));
}

describe.skipIf(!hasLogs)('the guide to public logs quotes what the product prints', () => {
  interface Log {
    readonly heading: string;
    readonly name: string;
    readonly log: string;
    readonly quoted: number;
    readonly rows: number;
    /** Sentences in italics that stand beside what others published. */
    readonly compared: number;
    readonly copies?: readonly string[];
  }
  const logs: readonly Log[] = [
    { heading: 'Fines', name: 'fines', log: 'traffic_fines.csv.gz', quoted: 3, rows: 8, compared: 0 },
    { heading: 'Permits', name: 'permits', log: 'receipt.xes.gz', quoted: 7, rows: 9, compared: 5 },
    {
      heading: 'Travel claims',
      name: 'travel',
      log: 'BPI_2020_DomesticDeclarations.xes.gz',
      quoted: 6,
      rows: 8,
      compared: 9,
    },
    {
      heading: 'Calls',
      name: 'calls',
      log: 'callcenter_iso.csv',
      quoted: 7,
      rows: 10,
      compared: 3,
      copies: ['contacts.csv', 'cases.csv'],
    },
  ];
  for (const { heading, name, log, quoted, rows, compared, copies } of logs)
    it(`on ${name}: ${quoted} sentences and ${rows} rows of figures`, async () => {
      const results = await withLog(
        name,
        log,
        async (workspace) => [...(await measure(workspace)), ...(await find(workspace))],
        copies,
      );
      const answers = results.map((result) => result.answer);
      const text = section(heading);
      expect(quotes(text)).toHaveLength(quoted);
      for (const quote of quotes(text)) expect(answers).toContain(quote);
      const shown = shownRows(results);
      const [own = '', ...besides] = text.split('\n### ');
      const cited = tableRows(own);
      expect(cited).toHaveLength(rows);
      for (const cells of cited)
        expect(
          shown.some((row) => holds(row, cells)),
          `a table of the product has the row ${cells.join(' | ')}`,
        ).toBe(true);
      const said = [...answers, ...shown.flat()];
      for (const beside of besides) {
        const rows = beside.includes('beside other counts') ? tableRows(beside) : [];
        if (rows.length > 0) checkBeside(rows, results);
        for (const quote of quotedBeside(rowsOf(beside)))
          expect(
            said.some((text) => text.includes(quote)),
            `the product says: ${quote}`,
          ).toBe(true);
      }
      expect(besides.flatMap((beside) => quotedBeside(rowsOf(beside)))).toHaveLength(compared);
    });
});

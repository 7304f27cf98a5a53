import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf, type Result, WellspentError, writing } from '../core/index.ts';
import { datapackage, renderTerminal, resultsToJson, tableToCsv } from '../publish/index.ts';
import type { Effects } from './effects.ts';
import { makeFolder, writeNamed } from './files.ts';
import { wantsColour } from './talk.ts';

type Options = Readonly<Record<string, unknown>>;
type Format = 'table' | 'json' | 'csv';

const endings: Readonly<Record<string, Format>> = { json: 'json', csv: 'csv' };

/**
 * The format that was asked for, by --format, by --table or by the ending of --output. Otherwise a table at a
 * terminal and in a file, and JSON in a pipe, where a program reads.
 */
export function formatOf(effects: Effects, options: Options): Format {
  const { format, table, output } = options;
  if (table !== undefined && format !== undefined && format !== 'csv')
    throw new WellspentError('USAGE', '--table names the one table that CSV holds; it goes with csv alone.', {
      hint: `--format csv --table ${String(table)}`,
    });
  if (typeof format === 'string') return format as Format;
  if (table !== undefined) return 'csv';
  if (typeof output === 'string') return endings[output.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'table';
  return effects.terminal.stdout ? 'table' : 'json';
}

/** Writes text to standard output, or to the file that --output names. */
export function deliver(effects: Effects, text: string, options: Options): void {
  const { format, table, output } = options;
  // Someone at a terminal who pipes to a pager has not asked for JSON and may not expect it.
  const isSurprise =
    effects.terminal.stderr && !effects.terminal.stdout && format === undefined && table === undefined;
  if (typeof output !== 'string') {
    effects.stdout(text);
    if (isSurprise) effects.stderr('This is JSON, as a pipe gets; --format table gives tables.\n');
    return;
  }
  writeNamed(effects, output, text);
  effects.stderr(`Wrote ${output}.\n`);
}

function tableNamed(results: readonly Result[], wanted: unknown): string {
  const all = results.flatMap((result) =>
    result.tables.map((table) => ({ name: `${result.id}/${table.id}`, table })),
  );
  const found =
    typeof wanted === 'string'
      ? all.find(({ name }) => name === wanted)
      : all.length === 1
        ? all[0]
        : undefined;
  if (found) return tableToCsv(found.table);
  throw new WellspentError(
    'USAGE',
    typeof wanted === 'string' ? `There is no table "${wanted}".` : 'CSV holds one table: say which.',
    {
      found: all.map(({ name }) => name).join(', '),
      hint: `--table ${all[0]?.name ?? 'RESULT/TABLE'}, or --format csv --output FOLDER for all of them`,
    },
  );
}

/** Writes each table as a CSV file, with a datapackage.json that describes them, into a folder. */
function writeTables(effects: Effects, results: readonly Result[], dir: string): void {
  const folder = makeFolder(effects, dir);
  writing(dir, () => {
    for (const result of results)
      for (const table of result.tables)
        writeFileSync(join(folder, `${result.id}-${table.id}.csv`), tableToCsv(table));
    writeFileSync(join(folder, 'datapackage.json'), `${JSON.stringify(datapackage(results), null, 2)}\n`);
  });
  const tables = results.reduce((sum, result) => sum + result.tables.length, 0);
  effects.stderr(`Wrote ${countOf(tables, 'table')} and datapackage.json to ${dir}.\n`);
}

/** Results as tables for a terminal. */
export function inTables(effects: Effects, results: readonly Result[], options: Options): string {
  return renderTerminal(results, {
    width: effects.terminal.width,
    colour: options.output === undefined && wantsColour(effects, 'stdout'),
    explain: options.explain === true,
  });
}

function textOf(effects: Effects, results: readonly Result[], options: Options, format: Format): string {
  switch (format) {
    case 'json':
      return resultsToJson(results);
    case 'csv':
      return tableNamed(results, options.table);
    case 'table':
      return inTables(effects, results, options);
  }
}

/** Delivers Results in the format and to the place asked for. CSV with a folder as --output writes every table. */
export function deliverResults(effects: Effects, results: readonly Result[], options: Options): void {
  const { output, table } = options;
  const format = formatOf(effects, options);
  const everyTable =
    format === 'csv' && table === undefined && !String(output).toLowerCase().endsWith('.csv');
  if (everyTable && typeof output === 'string') writeTables(effects, results, output);
  else deliver(effects, textOf(effects, results, options, format), options);
}

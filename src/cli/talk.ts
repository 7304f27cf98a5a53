import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countOf, type Result, WellspentError } from '../core/index.ts';
import { datapackage, renderTerminal, resultsToJson, tableToCsv } from '../publish/index.ts';
import type { Effects } from './effects.ts';

/** A file or folder as the user named it, from where they stand. */
export function fromCwd(effects: Effects, path: string): string {
  return resolve(effects.cwd, path);
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
  return {
    say(text: string): void {
      const now = effects.now().getTime();
      if (!effects.terminal.stderr || now - begun < 500 || now - drawn < 100) return;
      drawn = now;
      shown = true;
      effects.stderr(`\r\u001b[2K${text.slice(0, effects.terminal.width - 1)}`);
    },
    clear(): void {
      if (shown) effects.stderr('\r\u001b[2K');
    },
  };
}

/** Writes a result to standard output, or to the file that --output names. */
export function deliver(effects: Effects, text: string, output: unknown): void {
  if (typeof output !== 'string') {
    effects.stdout(text);
    return;
  }
  const file = fromCwd(effects, output);
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new WellspentError('FILE_NOT_FOUND', `${output} cannot be written.`, {
      where: { file: output },
      cause,
    });
  }
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
      hint: `--table ${all[0]?.name ?? 'RESULT/TABLE'}, or --output DIR for all of them`,
    },
  );
}

/** Writes each table as a CSV file, with a datapackage.json that describes them, into a folder. */
export function writeTables(effects: Effects, results: readonly Result[], dir: string): void {
  const folder = fromCwd(effects, dir);
  mkdirSync(folder, { recursive: true });
  for (const result of results)
    for (const table of result.tables)
      writeFileSync(join(folder, `${result.id}-${table.id}.csv`), tableToCsv(table));
  writeFileSync(join(folder, 'datapackage.json'), `${JSON.stringify(datapackage(results), null, 2)}\n`);
  const tables = results.reduce((sum, result) => sum + result.tables.length, 0);
  effects.stderr(`Wrote ${countOf(tables, 'table')} and datapackage.json to ${dir}.\n`);
}

/** Results as text in the format asked for: a table, at a terminal and in a pipe, unless --format says otherwise. */
export function renderResults(
  results: readonly Result[],
  options: Record<string, unknown>,
  effects: Effects,
): string {
  switch (options.format) {
    case 'json':
      return resultsToJson(results);
    case 'csv':
      return tableNamed(results, options.table);
    default:
      return renderTerminal(results, {
        width: effects.terminal.width,
        colour: effects.terminal.stdout && options.output === undefined && effects.env.NO_COLOR === undefined,
        explain: options.explain === true,
      });
  }
}

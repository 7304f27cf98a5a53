import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type Answers,
  type CountedTrail,
  countRowsBehind,
  figureAt,
  findingTables,
  prepareAnswers,
  type RowsBehind,
  rowColumns,
  rowsInWords,
  type TracedVerb,
  tracedVerbs,
  traceRows,
} from '../../answers/index.ts';
import { type Result, type Table, WellspentError, writing } from '../../core/index.ts';
import { openWorkspace } from '../../ingest/index.ts';
import { csvHeader, csvRows } from '../../publish/index.ts';
import { type CountedClass, readRows, streamRows, type Warehouse } from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import { deliver, deliverResults, formatOf, inTables } from '../deliver.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';
import { unknownWord } from '../unknown-word.ts';
import { recordsOf } from '../workspace-records.ts';

type Options = Parameters<Action>[2];

interface NamedFigure {
  readonly result: string;
  readonly figure: string;
  readonly name: string;
}

/** Every figure, and every finding, that leads to rows. */
function figuresOf(answers: Answers): readonly NamedFigure[] {
  return tracedVerbs.flatMap((verb) =>
    answers[verb].flatMap(({ id, figures, tables }) => [
      ...figures.map((figure) => ({ result: `${verb}/${id}`, figure: figure.id, name: figure.name })),
      ...tables
        .filter((table) => findingTables.has(table.id))
        .flatMap(({ rows }) =>
          rows.map((row) => ({
            result: `${verb}/${id}`,
            figure: String(row.id),
            name: String(row.title ?? ''),
          })),
        ),
    ]),
  );
}

function figureFrom(answers: Answers, result: string, figure: string) {
  const [verb, id] = result.includes('/') ? result.split('/', 2) : [undefined, result];
  for (const one of tracedVerbs) {
    const found = verb === undefined || verb === one ? figureAt(answers, one, id ?? '', figure) : null;
    if (found) return { verb: one as TracedVerb, ...found };
  }
  const all = figuresOf(answers);
  const own = all.filter((one) => one.result === result || one.result.split('/')[1] === result);
  if (own.length === 0)
    throw unknownWord(
      'Result',
      result,
      [...new Set(all.map((one) => one.result))],
      'wellspent rows WORKSPACE lists them',
    );
  throw unknownWord(
    'figure',
    figure,
    own.map((one) => one.figure),
    `known: ${own.map((one) => one.figure).join(', ')}`,
  );
}

/** The class that `--class` names: by its id, or by the table's and its own where tables have one of that name each. */
function classNamed(
  { parts }: RowsBehind,
  wanted: string,
): { readonly part: CountedTrail; readonly found: CountedClass } {
  const all = parts.flatMap((part) =>
    part.classes.map((one) => ({
      part,
      found: one,
      name: parts.length > 1 ? `${part.trail.id}/${one.id}` : one.id,
    })),
  );
  const match = all.filter(({ name, found }) => name === wanted || found.id === wanted);
  const [only] = match;
  if (match.length === 1 && only) return only;
  const names = all.filter(({ found }) => found.rows > 0).map(({ name }) => name);
  if (match.length > 1)
    throw new WellspentError('USAGE', `More than one table has a class "${wanted}".`, {
      found: match.map(({ name }) => name).join(', '),
      hint: `--class ${match[0]?.name}`,
    });
  throw unknownWord('class', wanted, names, `known: ${names.join(', ')}`);
}

/** Writes the rows of a class a part at a time, so that they may be more than memory holds. */
async function writeRows(
  effects: Effects,
  warehouse: Warehouse,
  part: CountedTrail,
  classId: string,
  format: 'json' | 'csv',
  output: string | undefined,
): Promise<void> {
  const columns = rowColumns(part.trail);
  const file = output === undefined ? null : fromCwd(effects, output);
  let handle: number | null = null;
  if (file !== null) writing(output ?? '', () => (handle = openSync(file, 'w')));
  const write = (text: string) => {
    if (handle === null) effects.stdout(text);
    else writing(output ?? '', () => writeSync(handle as number, text));
  };
  try {
    if (format === 'csv') write(csvHeader(columns));
    let isFirst = true;
    for await (const rows of streamRows(warehouse, part.trail, classId)) {
      if (format === 'csv') write(csvRows(columns, rows));
      else
        for (const row of rows) {
          write(`${isFirst ? '[\n' : ',\n'}  ${JSON.stringify(row)}`);
          isFirst = false;
        }
    }
    if (format === 'json') write(isFirst ? '[]\n' : '\n]\n');
  } finally {
    if (handle !== null) closeSync(handle);
  }
  if (output !== undefined) effects.stderr(`Wrote ${output}.\n`);
}

const mostShown = 20;

/** The first rows of a class, as a Result that a terminal shows. */
async function firstRows(
  warehouse: Warehouse,
  behind: RowsBehind,
  part: CountedTrail,
  found: CountedClass,
): Promise<Result> {
  const rows = await readRows(warehouse, part.trail, found.id, { limit: mostShown, offset: 0 });
  const table: Table = {
    id: found.id,
    title: found.title,
    columns: rowColumns(part.trail),
    rows,
    ...(found.rows > mostShown
      ? {
          notes: [
            `The first ${mostShown} of ${rowsInWords(found.rows, part.trail.table)}; --format csv gives all.`,
          ],
        }
      : {}),
  };
  return {
    ...behind.result,
    answer: `${found.title}: ${rowsInWords(found.rows, part.trail.table)}, ${found.used ? 'counted' : 'left out'}.`,
    tables: [table],
  };
}

function listFigures(
  effects: Effects,
  figures: readonly NamedFigure[],
  options: Options,
  dir: string,
): number {
  if (formatOf(effects, options) === 'json')
    deliver(effects, `${JSON.stringify(figures, null, 2)}\n`, options);
  else
    deliver(
      effects,
      `${figures.map((one) => `${one.result} ${one.figure}  ${one.name}`).join('\n')}\n`,
      options,
    );
  effects.stderr(`Next: wellspent rows ${asShellWord(dir)} RESULT FIGURE\n`);
  return 0;
}

/** `wellspent rows`: the rows behind a figure and those left out, counted by class; the rows of one class. */
export const rowsCommand: Action = async (effects, [dir = '.', result, figure], options) => {
  const begun = effects.now();
  const format = formatOf(effects, options);
  const progress = progressLine(effects);
  const ticking = setInterval(() => progress.say(`Working, ${tookSince(effects, begun)} so far`), 500);
  const workspaceDir = fromCwd(effects, dir);
  try {
    const workspace = await openWorkspace(workspaceDir);
    try {
      const records = recordsOf(effects, workspaceDir, workspace.loaded.charter.service);
      const answers = await prepareAnswers(workspaceDir, { records });
      if (result === undefined || figure === undefined) {
        progress.clear();
        const all = figuresOf(answers);
        const own = all.filter((one) => one.result === result || one.result.split('/')[1] === result);
        return listFigures(effects, own.length > 0 ? own : all, options, dir);
      }
      const found = figureFrom(answers, result, figure);
      const rows = await traceRows(workspace)(found.verb, found.result, found.figure);
      const behind = await countRowsBehind(workspace.warehouse, rows, found.result, found.figure);
      const wanted = typeof options.class === 'string' ? classNamed(behind, options.class) : null;
      progress.clear();
      if (!wanted) deliverResults(effects, [behind.result], options);
      else if (format === 'table')
        deliver(
          effects,
          inTables(
            effects,
            [await firstRows(workspace.warehouse, behind, wanted.part, wanted.found)],
            options,
          ),
          options,
        );
      else {
        const output = typeof options.output === 'string' ? options.output : undefined;
        await writeRows(effects, workspace.warehouse, wanted.part, wanted.found.id, format, output);
      }
    } finally {
      await workspace.close();
    }
  } finally {
    clearInterval(ticking);
    progress.clear();
  }
  const next =
    options.class === undefined
      ? `add --class ID for the rows of one class, with --format csv for all of them`
      : `wellspent serve ${asShellWord(dir)}`;
  effects.stderr(`Worked out in ${tookSince(effects, begun)}. Next: ${next}\n`);
  return 0;
};

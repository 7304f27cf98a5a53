import { type CellPlace, type Figure, findCell, type Result, type TableCell } from '../../core/index.ts';
import { findCells, traceFind } from '../../find/index.ts';
import { traceQuality, type Workspace } from '../../ingest/index.ts';
import { type MeasureTracer, measureCells, traceMeasure } from '../../measure/index.ts';
import type { FigureRows } from '../../stores/index.ts';
import type { Answers } from '../answers.ts';

/** The parts of the answers whose figures are counted from rows. */
export const tracedVerbs = ['measure', 'find', 'checks'] as const;
/** A part of the answers whose figures are counted from rows. */
export type TracedVerb = (typeof tracedVerbs)[number];

/** Traces a figure of a Result to its rows. Plans hold while the workspace is open and nothing else is traced in it. */
export type RowsTracer = (verb: TracedVerb, result: Result, figure: Figure) => Promise<FigureRows>;

/** Tables whose rows are findings, each of which leads to its cases as a figure does. */
export const findingTables: ReadonlySet<string> = new Set(['findings', 'parts', 'workarounds']);

/** The columns of the tables of a Result whose cells lead to the rows that they count. */
export function cellPlaces(verb: TracedVerb, result: string): readonly CellPlace[] {
  const places = verb === 'measure' ? measureCells : verb === 'find' ? findCells : {};
  return Object.hasOwn(places, result) ? (places[result] ?? []) : [];
}

/** A cell of a Result's tables by its id; null where it has none that leads to rows. */
function cellNamed(verb: TracedVerb, result: Result, id: string): TableCell | null {
  return findCell(result, cellPlaces(verb, result.id), id);
}

/** A figure of a Result by its id, or a finding that it lists, as a count of its cases; null where it has neither. */
function figureNamed(result: Result, id: string): Figure | null {
  const figure = result.figures.find((one) => one.id === id);
  if (figure) return figure;
  const row = result.tables
    .filter((table) => findingTables.has(table.id))
    .flatMap(({ rows }) => rows)
    .find((one) => one.id === id);
  if (!row) return null;
  return {
    id,
    name: 'Cases of the finding',
    value: typeof row.cases === 'number' ? row.cases : null,
    unit: 'count',
    interval: null,
    period: null,
    note: String(row.title ?? ''),
  };
}

/** A Result of a verb with one of its figures, or a cell of its tables as one; null where there is no such Result or figure. */
export function figureAt(
  answers: Answers,
  verb: TracedVerb,
  resultId: string,
  figureId: string,
): { readonly result: Result; readonly figure: Figure } | null {
  const result = answers[verb].find(({ id }) => id === resultId);
  const figure = result
    ? (figureNamed(result, figureId) ?? cellNamed(verb, result, figureId)?.figure ?? null)
    : null;
  return result && figure ? { result, figure } : null;
}

/** Gives what traces figures in an open workspace; each verb is prepared when it is first asked about. */
export function traceRows(workspace: Workspace): RowsTracer {
  const ofFind = traceFind(workspace);
  const ofChecks = traceQuality(workspace);
  let ofMeasure: Promise<MeasureTracer> | undefined;
  return async (verb, result, figure) => {
    if (figure.ofNobody)
      return { noRows: 'It counts no rows: it is a setting, or tells how many kinds of thing there are.' };
    if (verb === 'measure') ofMeasure ??= traceMeasure(workspace);
    const cell = result.figures.some(({ id }) => id === figure.id)
      ? null
      : cellNamed(verb, result, figure.id);
    const found =
      verb === 'find'
        ? await ofFind(result, figure, cell)
        : verb === 'checks'
          ? await ofChecks(result, figure)
          : await (await ofMeasure)?.(result.id, figure, cell);
    return found ?? { noRows: 'How it is counted cannot be followed to single rows in this version.' };
  };
}

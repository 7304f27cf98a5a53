import {
  completeResult,
  type Figure,
  formatWithUnit,
  type QueryRecord,
  type Result,
  type Table,
} from '../../core/index.ts';
import { countClasses, type FigureRows, readingOf, type Warehouse } from '../../stores/index.ts';
import { type CountedTrail, rowsInWords, rowsSentence, sumOf } from './rows-words.ts';

/** The rows behind a figure, counted by class, with what made them. */
export interface RowsBehind {
  readonly figure: Figure;
  readonly parts: readonly CountedTrail[];
  /** The same as a Result, which any face can show: a table for each part. */
  readonly result: Result;
}

const closeTo = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

function tableOf(part: CountedTrail): Table {
  const { trail, classes } = part;
  const value = sumOf(part);
  return {
    id: trail.id,
    title: trail.title,
    columns: [
      { key: 'class', title: 'Class', type: 'text', forMachines: true },
      { key: 'what', title: 'What became of them', type: 'text' },
      { key: 'counted', title: 'Counted', type: 'text' },
      { key: 'rows', title: 'Rows', type: 'count' },
      ...(value ? [{ key: 'value', title: `${value.title}, together`, type: 'number' } as const] : []),
    ],
    rows: classes
      .filter(({ rows }) => rows > 0)
      .toSorted((a, b) => Number(b.used) - Number(a.used))
      .map(({ id, title, used, rows, sum, known }) => ({
        class: id,
        what: title,
        counted: used,
        rows,
        ...(value ? { value: known > 0 ? sum : null } : {}),
      })),
    notes: [
      `Every row of the table "${trail.table}" is in one of these: ${rowsInWords(
        classes.reduce((all, { rows }) => all + rows, 0),
        trail.table,
      )} in all.`,
    ],
  };
}

function caveatsOf(parts: readonly CountedTrail[], figure: Figure, of: Result): readonly string[] {
  const setAside = of.provenance.sources.reduce((sum, { rowsSetAside }) => sum + rowsSetAside, 0);
  const differs = parts.find(
    ({ reading }) => reading !== null && figure.value !== null && !closeTo(reading, figure.value),
  );
  return [
    ...(differs
      ? [
          `By themselves these rows give ${formatWithUnit(differs.reading, figure.unit)}: the figure counts some of them more than once, as for two outputs.`,
        ]
      : []),
    ...(parts.length > 0 && parts.every(({ reading }) => reading === null)
      ? [
          'The figure is worked out from these rows by its method, which its page states; they alone do not give it.',
        ]
      : []),
    ...(setAside > 0
      ? [
          `${rowsInWords(setAside, 'rejects')} when the extracts were brought in ${setAside === 1 ? 'is' : 'are'} in no table, and so in none of these classes: the page of the data has them by reason.`,
        ]
      : []),
  ];
}

/** Counts the rows behind a figure by class. `of` is the Result that states it. */
export async function countRowsBehind(
  warehouse: Warehouse,
  rows: FigureRows,
  of: Result,
  figure: Figure,
): Promise<RowsBehind> {
  const queries: QueryRecord[] = [];
  const parts: CountedTrail[] = [];
  for (const trail of 'noRows' in rows ? [] : rows.trails) {
    const classes = await countClasses(warehouse, trail, queries);
    parts.push({ trail, classes, reading: await readingOf(warehouse, trail, classes) });
  }
  const result = completeResult(
    {
      id: 'rows',
      question: 'Which rows stand behind this figure, and which were left out?',
      answer: 'noRows' in rows ? rows.noRows : rowsSentence(parts, figure),
      status: 'sound',
      figures: [figure],
      tables: parts.map(tableOf),
      caveats: caveatsOf(parts, figure, of),
      method:
        'Each row of each table in exactly one class, the first whose condition holds; the conditions are those that count the figure. The queries that make the tables asked here stand on the page of the figure.',
      parameters: { result: of.id, figure: figure.id },
      queries,
    },
    { charter: of.provenance.charter, sources: of.provenance.sources },
    [],
  );
  return { figure, parts, result };
}

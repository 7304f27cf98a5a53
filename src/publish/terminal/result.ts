import {
  type Column,
  formatFigure,
  formatValue,
  type Result,
  type Status,
  type Table,
} from '../../core/index.ts';
import { type Paint, paintFor, visible, wrap } from './colours.ts';
import { recordLines } from './records.ts';

/** How Results are shown at a terminal. `explain` adds queries, sources and settings. */
export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly explain: boolean;
}

const mostRows = 20;
/** Headings wrap at the first of these widths at which the table fits. */
const headingWidths = [24, 16, 10];
const statusWords: Record<Status, string> = {
  sound: 'sound',
  caution: 'caution',
  'cannot-tell': 'cannot tell yet',
};
const isText = ({ type }: Column) =>
  type === 'text' || type === 'period' || type === 'date' || type === 'time';

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

/** Widths that fit: numbers keep theirs, text shares what is left, no less than twelve each. */
function columnWidths(
  table: Table,
  cells: readonly (readonly string[])[],
  width: number,
  heading: number,
): readonly number[] {
  const natural = table.columns.map((column, c) =>
    Math.max(Math.min(column.title.length, heading), ...cells.map((row) => row[c]?.length ?? 0)),
  );
  const fixed = table.columns.reduce((sum, column, c) => sum + (isText(column) ? 0 : (natural[c] ?? 0)), 0);
  const texts = table.columns.filter(isText).length;
  const gaps = 2 * (table.columns.length + 1);
  const room = texts === 0 ? 0 : Math.max(12, Math.floor((width - fixed - gaps) / texts));
  const spare = table.columns.reduce(
    (sum, column, c) => sum + (isText(column) ? Math.max(0, room - (natural[c] ?? 0)) : 0),
    0,
  );
  return table.columns.map((column, c) =>
    isText(column) ? Math.min(natural[c] ?? 0, room + (texts > 1 ? spare : 0)) : (natural[c] ?? 0),
  );
}

function titleLines(title: string, width: number): readonly string[] {
  return wrap(title, Math.max(width, 8)).split('\n');
}

function fitColumns(table: Table, cells: readonly (readonly string[])[], width: number, heading: number) {
  const widths = columnWidths(table, cells, width, heading);
  const headings = table.columns.map(({ title }, c) => titleLines(title, widths[c] ?? 0));
  const fullWidths = widths.map((w, c) => Math.max(w, ...(headings[c] ?? []).map((line) => line.length)));
  return { headings, fullWidths };
}

function layOut(
  table: Table,
  width: number,
  paint: Paint,
): { readonly lines: readonly string[]; readonly shown: number } {
  if (table.rows.length === 0) return { lines: [paint.dim('  none')], shown: 0 };
  const shown = table.rows.slice(0, mostRows);
  const cells = shown.map((row) =>
    table.columns.map(({ key, type }) => visible(formatValue(row[key] ?? null, type)).replaceAll('\n', ' ')),
  );
  const fitting = headingWidths
    .map((heading) => fitColumns(table, cells, width, heading))
    .find(({ fullWidths }) => fullWidths.reduce((sum, w) => sum + w + 2, 0) <= width);
  if (!fitting) return recordLines(table, width, paint);
  const { headings, fullWidths } = fitting;
  const line = (parts: readonly string[]) =>
    `  ${parts
      .map((text, c) => {
        const room = fullWidths[c] ?? 0;
        const column = table.columns[c];
        return column && isText(column) ? shortened(text, room).padEnd(room) : text.padStart(room);
      })
      .join('  ')
      .trimEnd()}`;
  const height = Math.max(0, ...headings.map((lines) => lines.length));
  const head = Array.from({ length: height }, (_, i) =>
    paint.dim(line(headings.map((lines) => lines[i - (height - lines.length)] ?? ''))),
  );
  return { lines: [...head, ...cells.map(line)], shown: shown.length };
}

function renderTable(table: Table, width: number, paint: Paint): string {
  const columns = table.columns.filter(({ forMachines }) => !forMachines);
  const { lines, shown } = layOut({ ...table, columns }, width, paint);
  const more = table.rows.length - shown;
  return [
    paint.bold(visible(table.title)),
    ...lines,
    ...(more > 0
      ? [
          paint.dim(
            `  and ${formatValue(more, 'count')} more rows: --format csv or --format json has them all`,
          ),
        ]
      : []),
    ...(table.notes ?? []).map((note) => paint.dim(`  ${wrap(note, width, '  ')}`)),
  ].join('\n');
}

function explained(result: Result, width: number, paint: Paint): string {
  const { charter, sources, method, parameters, seed, queries, recompute, version } = result.provenance;
  const lines = [
    paint.bold('How this was worked out'),
    `  Method: ${wrap(method, width, '  ')}`,
    ...(charter ? [`  Charter: ${charter.service} ${charter.version}, SHA-256 ${charter.hash}`] : []),
    ...sources.map(
      (source) =>
        `  Source: ${visible(source.file)}, ${formatValue(source.rowsIn, 'count')} rows in = ${formatValue(source.rowsUsed, 'count')} used + ${formatValue(source.rowsSetAside, 'count')} set aside, SHA-256 ${source.sha256}`,
    ),
    ...Object.entries(parameters).map(([name, value]) => `  Setting: ${name} = ${String(value)}`),
    ...(seed === null ? [] : [`  Seed: ${seed}`]),
    `  Code: ${version}`,
  ];
  for (const query of queries) {
    lines.push('', `  ${paint.bold(query.name)}: ${wrap(query.purpose, width, '  ')}`);
    lines.push(...query.sql.split('\n').map((text) => `    ${visible(text)}`));
    if (query.values.length > 0)
      lines.push(`    values: ${visible(query.values.map((value) => JSON.stringify(value)).join(', '))}`);
  }
  for (const { method: name, input } of recompute) {
    lines.push(
      '',
      `  Again: wellspent calc ${name}, with this on standard input:`,
      `    ${JSON.stringify(input)}`,
    );
  }
  return lines.join('\n');
}

function renderOne(result: Result, options: TerminalOptions, paint: Paint): string {
  const width = Math.max(60, Math.min(options.width, 140));
  const colours: Record<Status, (text: string) => string> = {
    sound: paint.green,
    caution: paint.yellow,
    'cannot-tell': paint.yellow,
  };
  const figures = result.figures.map((figure) => {
    const period = figure.period ? `, ${figure.period}` : '';
    return `  ${wrap(`${visible(figure.name)}${period}: ${formatFigure(figure)}`, width, '    ')}`;
  });
  const block = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : [[paint.bold(title), ...items.map((item) => `  - ${wrap(visible(item), width, '    ')}`)].join('\n')];
  return [
    [
      paint.dim(wrap(visible(result.question), width)),
      `${paint.bold(wrap(visible(result.answer), width))}  ${colours[result.status](`[${statusWords[result.status]}]`)}`,
    ].join('\n'),
    ...(figures.length > 0 ? [figures.join('\n')] : []),
    ...result.tables.map((table) => renderTable(table, width, paint)),
    ...block('Bear in mind', result.caveats),
    ...block('What to do next', result.next),
    ...(options.explain ? [explained(result, width, paint)] : []),
  ].join('\n\n');
}

/** Results for a terminal or a text pipe: each answer first, then figures, tables, caveats and next steps. */
export function renderTerminal(results: readonly Result[], options: TerminalOptions): string {
  const paint = paintFor(options.colour);
  const rule = `\n\n${paint.dim('─'.repeat(Math.max(60, Math.min(options.width, 140))))}\n\n`;
  return `${results.map((result) => renderOne(result, options, paint)).join(rule)}\n`;
}

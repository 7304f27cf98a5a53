import {
  type CountedTrail,
  type RowsBehind,
  rowColumns,
  rowsInWords,
  sumOf,
  type TracedVerb,
} from '../../answers/index.ts';
import { formatValue } from '../../core/index.ts';
import { dataLinks } from '../add/data-links.ts';
import type { Crumb, Page } from '../page.ts';
import { viewFigure } from '../result/figure-view.ts';
import { rowLimits, viewTable } from '../result/table-view.ts';
import { viewWorking } from '../result/working-view.ts';
import type { OpenService } from '../shelf.ts';
import { texts } from '../texts.ts';
import type { ClassRows, FigureAddress } from './rows-desk.ts';

/** How many rows of a class a page shows. */
export const rowsAPage = 50;

/** The address of the rows behind a figure, or behind a finding. */
export function rowsPath(service: string, { verb, result, figure }: FigureAddress): string {
  return `/${service}/${verb}/${encodeURIComponent(result)}/rows/${encodeURIComponent(figure)}`;
}

/** True of a Result that is shown as it is published: its rows are not shown, for they are not protected. */
export function isPublished({ answers }: OpenService, verb: string, result: string): boolean {
  return answers.publish?.pages?.includes(`${verb}/${result}`) === true;
}

function crumbsOf(open: OpenService, verb: TracedVerb, result: string): readonly Crumb[] {
  const question = open.answers[verb].find(({ id }) => id === result)?.question ?? '';
  return [
    { text: open.answers.title, href: `/${open.id}` },
    { text: texts.navigation[verb], href: `/${open.id}/${verb}` },
    { text: question, href: `/${open.id}/${verb}/${encodeURIComponent(result)}` },
  ];
}

/** What a figure is called on its own page: a finding by what was found. */
const nameOf = ({ figure }: RowsBehind) =>
  figure.note && figure.name === 'Cases of the finding' ? figure.note : figure.name;

function viewPart(part: CountedTrail, path: string, isAlone: boolean) {
  const { trail, classes } = part;
  const value = sumOf(part);
  const line = (one: CountedTrail['classes'][number]) => ({
    title: one.title,
    rows: formatValue(one.rows, 'count'),
    words: rowsInWords(one.rows, trail.table),
    value: value && one.known > 0 ? formatValue(one.sum, 'number') : null,
    href: `${path}/${encodeURIComponent(trail.id)}/${encodeURIComponent(one.id)}`,
  });
  const found = classes.filter(({ rows }) => rows > 0);
  const total = (isUsed: boolean) =>
    rowsInWords(
      found.reduce((sum, { rows, used }) => sum + (used === isUsed ? rows : 0), 0),
      trail.table,
    );
  const group = (isUsed: boolean) => ({
    total: total(isUsed),
    lines: found.filter(({ used }) => used === isUsed).map(line),
  });
  return {
    id: trail.id,
    // One table alone need not say again what the page is about.
    title: isAlone ? (trail.title.split(':')[0] ?? trail.title) : trail.title,
    whole: rowsInWords(
      found.reduce((sum, { rows }) => sum + rows, 0),
      trail.table,
    ),
    value: value?.title ?? null,
    counted: group(true),
    leftOut: group(false),
  };
}

/** The page of the rows behind a figure: what is counted, what is left out and why, and where the rows are. */
export function rowsPage(open: OpenService, address: FigureAddress, behind: RowsBehind): Page {
  const { verb, result } = address;
  const path = rowsPath(open.id, address);
  const isFinding = nameOf(behind) !== behind.figure.name;
  return {
    template: 'rows/rows.njk',
    title: [texts.rows.title, nameOf(behind), open.answers.title],
    content: {
      caption: isFinding ? texts.rows.finding : texts.rows.title,
      name: nameOf(behind),
      answer: behind.result.answer,
      figure: isFinding ? null : viewFigure(behind.figure),
      tables: behind.parts.map((part) => viewPart(part, path, behind.parts.length === 1)),
      caveats: behind.result.caveats,
      rejects: behind.parts.length > 0 ? dataLinks(open.answers.data, open.id).rejects : [],
      working: behind.parts.length > 0 ? viewWorking(behind.result.provenance) : null,
      back: `/${open.id}/${verb}/${encodeURIComponent(result)}`,
    },
    json: behind.result,
    crumbs: crumbsOf(open, verb, result),
    section: verb,
  };
}

/** The page of one class: some of its rows, and links to those before and after. */
export function classPage(open: OpenService, address: FigureAddress, shown: ClassRows, page: number): Page {
  const { behind, part, found, rows } = shown;
  const { trail } = part;
  const at = rowsPath(open.id, address);
  const path = `${at}/${encodeURIComponent(trail.id)}`;
  const columns = rowColumns(trail).map((column) => ({
    ...column,
    title: texts.add.fields[column.key] ?? column.title,
    // Numbers of rows in a file are no counts to be grouped.
    ...(column.key === 'seq' || column.key === 'line' ? { type: 'text' as const } : {}),
  }));
  const shownRows = rows.map((row) => ({
    ...row,
    ...('seq' in row ? { seq: String(row.seq) } : {}),
    ...('line' in row ? { line: String(row.line) } : {}),
  }));
  const pages = Math.max(1, Math.ceil(found.rows / rowsAPage));
  const link = (to: number) => `${path}/${encodeURIComponent(found.id)}${to === 1 ? '' : `?page=${to}`}`;
  const first = (page - 1) * rowsAPage;
  return {
    template: 'rows/class.njk',
    title: [found.title, nameOf(behind), open.answers.title],
    content: {
      caption: nameOf(behind),
      name: found.title,
      lead: texts.rows.ofClass(rowsInWords(found.rows, trail.table), found.used),
      table: viewTable(
        { id: encodeURIComponent(found.id), title: found.title, columns, rows: shownRows },
        path,
        rowLimits.ownPage,
      ),
      download: texts.rows.download(rowsInWords(found.rows, trail.table)),
      place: pages > 1 ? texts.rows.place(first + 1, first + rows.length, found.rows) : null,
      previous: page > 1 ? link(page - 1) : null,
      next: page < pages ? link(page + 1) : null,
      back: at,
    },
    json: {
      class: { id: found.id, title: found.title, used: found.used, rows: found.rows, table: trail.table },
      page,
      pages,
      columns: rowColumns(trail),
      rows,
    },
    crumbs: [...crumbsOf(open, address.verb, address.result), { text: nameOf(behind), href: at }],
    section: address.verb,
  };
}

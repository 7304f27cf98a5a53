import type { Result, Table } from '../../core/index.ts';
import { type MapChoice, usualChoice } from '../../publish/index.ts';
import type { DataLinks } from '../add/data-links.ts';
import type { ComparisonView } from '../compare/compare-view.ts';
import type { Crumb, Page, Section } from '../page.ts';
import { texts } from '../texts.ts';
import { type RowsLink, viewResult } from './result-view.ts';
import { type CellRows, rowLimits, viewTable } from './table-view.ts';

/** Where a Result's page stands: its address, its part of the service, and the way back up. */
export interface ResultPlace {
  readonly path: string;
  readonly section: Section;
  readonly serviceTitle: string;
  readonly crumbs: readonly Crumb[];
  /** Of the data page alone. */
  readonly dataLinks?: DataLinks;
  /** Of the page that compares: the links that choose the sides, and the part of the address that chose them. */
  readonly comparison?: Pick<ComparisonView, 'controls' | 'query'>;
  /** Of pages whose figures and findings lead to their rows. */
  readonly rowsOf?: RowsLink;
  /** Of pages the cells of whose tables lead to their rows. */
  readonly cellRows?: CellRows;
}

/** The page of one Result, from the answer down to the queries. `choice` says which part of its maps is drawn. */
export function resultPage(result: Result, place: ResultPlace, choice: MapChoice = usualChoice): Page {
  return {
    template: 'result/result.njk',
    title: [result.answer, texts.navigation[place.section], place.serviceTitle],
    content: {
      result: viewResult(result, place.path, choice, place.comparison?.query, place.rowsOf, place.cellRows),
      caption: texts.navigation[place.section],
      dataLinks: place.dataLinks,
      comparison: place.comparison,
    },
    json: result,
    crumbs: place.crumbs,
    section: place.section,
  };
}

/** The page of one table with all its rows, up to a thousand. */
export function tablePage(table: Table, result: Result, place: ResultPlace): Page {
  const query = place.comparison?.query ?? '';
  return {
    template: 'result/table.njk',
    title: [table.title, texts.navigation[place.section], place.serviceTitle],
    content: {
      table: viewTable(table, place.path, rowLimits.ownPage, query, place.rowsOf, place.cellRows),
      question: result.question,
      back: `${place.path}${query}`,
    },
    json: table,
    crumbs: [...place.crumbs, { text: result.question, href: place.path }],
    section: place.section,
  };
}

import type { Chart, Result, Status } from '../../core/index.ts';
import {
  type MapChoice,
  type OutlineStep,
  renderChart,
  renderOutline,
  usualChoice,
} from '../../publish/index.ts';
import { type StatusText, texts } from '../texts.ts';
import { type AnswerView, viewAnswer } from './answer-view.ts';
import { type FigureView, intervalMeanings, viewFigure } from './figure-view.ts';
import { type MapView, viewMap } from './map-view.ts';
import { type CellRows, rowLimits, type TableView, viewTable } from './table-view.ts';
import { viewWorking, type WorkingView } from './working-view.ts';

const keyFigures = 6;

/** A chart drawn at both widths; `outline` is the equal form of a process map in words. */
export interface ChartView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly wide: string;
  readonly narrow: string;
  readonly outline: readonly OutlineStep[] | null;
  readonly map: MapView | null;
}

/** A chart with the table of its values, or a table by itself. */
export interface Exhibit {
  readonly charts: readonly ChartView[];
  readonly table: TableView | null;
  /** True when the table comes before the chart: a ranked list says more than a map. */
  readonly tableFirst: boolean;
  /** True for two maps that are to be held against each other. */
  readonly sideBySide: boolean;
}

/** A Result with everything formatted, so that its template only lays out. */
export interface ResultView {
  readonly question: string;
  readonly answer: AnswerView;
  readonly status: StatusText;
  readonly figures: readonly FigureView[];
  readonly otherFigures: readonly FigureView[];
  readonly meanings: readonly string[];
  readonly exhibits: readonly Exhibit[];
  readonly caveats: readonly string[];
  readonly next: readonly string[];
  readonly working: WorkingView;
}

function viewChart(chart: Chart, path: string, choice: MapChoice, kept: string): ChartView {
  const map = chart.kind === 'process-map' ? viewMap(chart, path, choice, kept) : null;
  return {
    id: chart.id,
    title: chart.title,
    description: chart.description,
    wide: map?.missing ? '' : renderChart(chart, 'wide', choice),
    narrow: map?.missing ? '' : renderChart(chart, 'narrow', choice),
    outline: chart.kind === 'process-map' && !map?.missing ? renderOutline(chart, choice) : null,
    map,
  };
}

function exhibits(
  result: Result,
  path: string,
  choice: MapChoice,
  kept: string,
  rowsOf: RowsLink,
  cellRows: CellRows | undefined,
): readonly Exhibit[] {
  const view = (chart: Chart) => viewChart(chart, path, choice, kept);
  const shown = result.tables.map((table) => {
    const charts = result.charts.filter((chart) => chart.table === table.id);
    const tableFirst = charts.some((chart) => chart.kind === 'process-map');
    const sideBySide = charts.length > 1 && charts.every(({ kind }) => kind === 'process-map');
    const list = table.asList?.cards ? rowLimits.cards : rowLimits.list;
    const alone = table.asList ? list : rowLimits.alone;
    const limit = charts.length > 0 && !tableFirst ? rowLimits.belowChart : alone;
    return {
      charts: charts.map(view),
      table: viewTable(table, path, limit, kept, rowsOf, cellRows),
      tableFirst,
      sideBySide,
    };
  });
  const known = new Set(result.tables.map((table) => table.id));
  const orphans = result.charts.filter((chart) => !known.has(chart.table));
  return [
    ...orphans.map((chart) => ({ charts: [view(chart)], table: null, tableFirst: false, sideBySide: false })),
    ...shown,
  ];
}

/** A list whose first items stand open, and what the answer says before it names the first of them; null without one. */
function openList({ tables, answer }: Result): { readonly answer: string } | null {
  const table = tables.find(({ asList, rows }) => (asList?.cards?.open ?? 0) > 0 && rows.length > 0);
  if (!table?.asList) return null;
  const { heading, cards } = table.asList;
  const isSaidBelow = answer.endsWith(`: ${String(table.rows[0]?.[heading] ?? '')}`);
  return {
    answer: isSaidBelow ? texts.result.listed(table.rows.length, cards?.open ?? 0) : answer,
  };
}

/** The page of the rows behind a figure, or of a finding's cases, by its id; null where there is none. */
export type RowsLink = (id: string) => string | null;

/** What a tag says of a status. */
export function statusText(status: Status): StatusText {
  return texts.statuses[status];
}

/**
 * Formats a Result that stands at `path`, such as `/passports/measure/productivity`; `kept` is the part of the address
 * that says which of several Results it is, `rowsOf` leads to the rows behind each figure, `cellRows` to those of cells.
 */
export function viewResult(
  result: Result,
  path: string,
  choice: MapChoice = usualChoice,
  kept = '',
  rowsOf: RowsLink = () => null,
  cellRows?: CellRows,
): ResultView {
  // Figures of such a list are those of its first item, which stands open below.
  const list = openList(result);
  const figures = list ? [] : result.figures;
  return {
    question: result.question,
    answer: viewAnswer(list?.answer ?? result.answer),
    status: statusText(result.status),
    figures: figures.slice(0, keyFigures).map((figure) => viewFigure(figure, rowsOf(figure.id))),
    otherFigures: figures.slice(keyFigures).map((figure) => viewFigure(figure, rowsOf(figure.id))),
    meanings: intervalMeanings(figures),
    exhibits: exhibits(result, path, choice, kept, rowsOf, cellRows),
    caveats: result.caveats,
    next: result.next,
    working: viewWorking(result.provenance),
  };
}

/** How far an answer may be relied on. `cannot-tell` is a good answer: it says what would tell. */
export type Status = 'sound' | 'caution' | 'cannot-tell';

/** What a number counts; decides how faces print it. Shares are 0 to 1, growth is 0.01 for one per cent. */
export type Unit =
  | 'count'
  | 'share'
  | 'growth'
  | 'percentage-points'
  | 'index'
  | 'pounds'
  | 'days'
  | 'hours'
  | 'minutes'
  | 'seconds'
  | 'number';

/** A range around a figure. `level` is the nominal coverage (0.95) and `meaning` one plain sentence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
  readonly meaning: string;
}

/** One number with all that is needed to read it. `value` is null when the data cannot tell. */
export interface Figure {
  readonly id: string;
  readonly name: string;
  readonly value: number | null;
  readonly unit: Unit;
  readonly interval: Interval | null;
  readonly period: string | null;
  readonly note?: string;
  /** Tells of no person or case: a setting, or a count of things. Disclosure control leaves it as it is. */
  readonly ofNobody?: true;
}

/** What a cell may hold; null when the data cannot tell. */
export type CellValue = string | number | boolean | null;

/** What a column holds, which decides how faces print its cells. */
export type ColumnType = Unit | 'text' | 'date' | 'time' | 'period';

/** A column of a table: `key` indexes the rows, `title` is what a reader sees. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly type: ColumnType;
  /** The column of words that holds the interval of this one's values: they are read together. */
  readonly intervalIn?: string;
  /**
   * Keys of the counts that a change is worked out from: it is published no more finely than they are. Without any,
   * the counts of the whole stand behind it.
   */
  readonly changeOf?: readonly string[];
  /**
   * Keys of the columns of the same row that this one is worked out from, so that a reader who knows all but one of
   * them knows that one too: where one of them is suppressed, so is this one. A count of one other, such as cases a year
   * of cases, is no count of its own: it is worked out again from the other as published.
   */
  readonly derivedFrom?: readonly string[];
  /** A key or a sort order that files need and a reader does not; pages leave it out. */
  readonly forMachines?: true;
  /** Tells of no person or case: a setting, or a count of things. Disclosure control leaves it as it is. */
  readonly ofNobody?: true;
}

/** Of a list that is read from the top: the first items stand open with the columns that matter, the rest in one line each. */
export interface ListCards {
  /** How many stand open; none where the list is read beside another. */
  readonly open: number;
  /** The numbers of an open item, each the first of its columns that the row has a value in. */
  readonly numbers: readonly (readonly string[])[];
  /** The sentences of an open item. */
  readonly words: readonly string[];
  /** The number that stands in the line of an item that is not open: the first of these columns with a value. */
  readonly line: readonly string[];
}

/** A table that a page shows and a CSV carries, with full precision in the rows. */
export interface Table {
  readonly id: string;
  readonly title: string;
  /** Each row is to be read by itself, as an item of a list: the keys of its heading and of the words above it. */
  readonly asList?: { readonly heading: string; readonly above: string; readonly cards?: ListCards };
  /** A table for those who check: a page shows its title until it is opened. */
  readonly folded?: true;
  /** The column of this key holds steps in their order, joined by the separator: they are drawn one by one. */
  readonly asSteps?: { readonly key: string; readonly separator: string };
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
  readonly notes?: readonly string[];
}

interface ChartBase {
  readonly id: string;
  /** Says what the chart shows, as a finding: "Quality-adjusted output fell behind volume". */
  readonly title: string;
  /** One or two sentences for those who cannot see the chart. */
  readonly description: string;
  /** The id of the table in the same Result that holds every value drawn. */
  readonly table: string;
}

/** One drawn point. `low` and `high` draw an interval band where given. */
export interface SeriesPoint {
  readonly x: string;
  readonly y: number | null;
  readonly low?: number;
  readonly high?: number;
}

/** A chart over time: at most four series, labelled directly. `x` of points are ISO dates (period starts). */
export interface LineChart extends ChartBase {
  readonly kind: 'line';
  readonly yTitle: string;
  readonly yUnit: Unit;
  readonly series: readonly { readonly name: string; readonly points: readonly SeriesPoint[] }[];
  /** Horizontal lines such as a target. */
  readonly rules?: readonly { readonly label: string; readonly y: number }[];
  /** Dated events, such as a change of definition. */
  readonly events?: readonly { readonly label: string; readonly x: string }[];
}

/** Horizontal bars, longest first unless the order means something; parts stack within a bar. */
export interface BarChart extends ChartBase {
  readonly kind: 'bar';
  readonly xTitle: string;
  readonly xUnit: Unit;
  readonly bars: readonly {
    readonly label: string;
    readonly parts: readonly { readonly name: string; readonly value: number }[];
  }[];
}

/**
 * A process map: nodes are steps, edges directly-follow relations, both most frequent first. It holds more than one
 * drawing shows; a face draws a part of it and states what it hides. `hidingRule` says what no drawing shows.
 */
export interface ProcessMapChart extends ChartBase {
  readonly kind: 'process-map';
  /**
   * `pounds`: what work at the step costs, all cases together; null where no cost is known. `isNamed`: a finding names
   * the step, so that every drawing shows it.
   */
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly cases: number;
    readonly pounds: number | null;
    readonly isNamed?: boolean;
  }[];
  /** `pounds`: what the days between the two steps cost, all cases together; null where no cost of waiting is known. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly medianSeconds: number | null;
    readonly totalSeconds: number | null;
    readonly pounds: number | null;
  }[];
  readonly starts: readonly { readonly id: string; readonly cases: number }[];
  readonly ends: readonly { readonly id: string; readonly cases: number }[];
  /** How much the whole log holds: kinds of step and of path, and how often a path is taken; null where that is not told. */
  readonly whole: { readonly steps: number; readonly paths: number; readonly taken: number | null };
  readonly hidingRule: string;
}

/** A chart as data: what is drawn, not how. */
export type Chart = LineChart | BarChart | ProcessMapChart;

/** A query as it ran: the text in the engine's dialect and the values bound to it. */
export interface QueryRecord {
  readonly name: string;
  readonly purpose: string;
  readonly sql: string;
  readonly values: readonly CellValue[];
}

/** One extract that a Result rests on: rows in are rows used and rows set aside together. */
export interface SourceRecord {
  readonly file: string;
  readonly sha256: string;
  readonly rowsIn: number;
  readonly rowsUsed: number;
  readonly rowsSetAside: number;
}

/** Everything that is needed to work a Result out again. */
export interface Provenance {
  readonly charter: { readonly service: string; readonly version: string; readonly hash: string } | null;
  readonly sources: readonly SourceRecord[];
  /** The name of the method and where it comes from (author, year, equation). */
  readonly method: string;
  readonly parameters: Readonly<Record<string, CellValue>>;
  readonly seed: number | null;
  readonly queries: readonly QueryRecord[];
  /** Calls of `wellspent calc` that give the headline figures again from numbers in the tables. */
  readonly recompute: readonly { readonly method: string; readonly input: unknown }[];
  /** Wellspent's version with a fingerprint of its code. */
  readonly version: string;
}

/** The one shape that every verb returns and every face renders. */
export interface Result {
  readonly id: string;
  readonly question: string;
  /** One plain sentence, the answer first. */
  readonly answer: string;
  readonly status: Status;
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
  readonly caveats: readonly string[];
  /** What would turn "cannot tell" or "caution" into an answer, and what to do next. */
  readonly next: readonly string[];
  readonly provenance: Provenance;
}

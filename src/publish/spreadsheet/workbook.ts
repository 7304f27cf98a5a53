import type { CellValue, ColumnType } from '../../core/index.ts';

/** A column of a sheet's table, its unit said in the heading. */
export interface SheetColumn {
  readonly heading: string;
  readonly type: ColumnType;
}

/** A sheet: a title, a line or more that say how to read it, and one table. A sheet of lines has no columns. */
export interface Sheet {
  /** The name on the tab: letters, digits and underscores, at most 31. */
  readonly name: string;
  readonly title: string;
  readonly lines: readonly SheetLine[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** A line of words; `sheet` makes it a link to another sheet. */
export interface SheetLine {
  readonly text: string;
  readonly sheet?: string;
}

/** A spreadsheet for reading: what its properties say of it, and its sheets in order. */
export interface Workbook {
  readonly title: string;
  readonly description: string;
  readonly creator: string;
  /** When it was made; the same moment gives the same bytes. */
  readonly made: Date;
  readonly sheets: readonly Sheet[];
}

/** How an extract lays its events out: a row each, a column each of a case's row, or a row for each changed field. */
export const extractShapes = ['rows', 'wide', 'history'] as const;

/** How an extract lays its events out. */
export type ExtractShape = (typeof extractShapes)[number];

/** What is stated, or was found out, about the shape of an extract. */
export interface ShapeRules {
  readonly shape?: ExtractShape | undefined;
  /** Step: column with its date, for rows that hold a case each (`wide`). */
  readonly steps?: Readonly<Record<string, string>> | undefined;
  /** The field whose changes are steps, for rows that hold a change each (`history`). */
  readonly field?: string | undefined;
}

/** The columns that spreading a case's row over events adds: which column a date stood in, and the date. */
export const spreadColumns = { step: '(column title)', finished: '(date)' } as const;

/** What the shape of a table tells about its columns. */
export interface ShapedColumns {
  /** Field or attribute: column. */
  readonly says: Readonly<Record<string, string>>;
  /** Columns that are used up, each with what became of it. */
  readonly usedUp: ReadonlyMap<string, string>;
  /** True when each row of the source is a case, so that its columns speak of the case. */
  readonly rowsAreCases: boolean;
  /** Columns whose dates were made events, all of them now in the column that spreading adds. */
  readonly titles?: readonly string[];
}

import { z } from 'zod';

/** The tables that an extract can fill. */
export const extractKinds = ['events', 'cases', 'contacts', 'volumes', 'inputs', 'quality'] as const;

/** A file that departments give us, and the table that it fills. */
export const extract = z.strictObject({
  file: z.string().min(1).describe('Path of the extract, relative to the workspace.'),
  as: z.enum(extractKinds).describe('The table it fills.'),
  map: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Field of the table: column of the file. Columns not named become attributes. Of a column of free text named `words_in_…` only the kinds of words are kept, such as a spreadsheet.',
    ),
  timezone: z
    .string()
    .optional()
    .describe("Zone of times that carry no offset; the charter's time zone by default."),
  drop: z
    .array(z.string())
    .optional()
    .describe(
      'Columns not to bring in, such as names and free text; `*` is every column that is neither named in `map` nor recognised.',
    ),
  nulls: z.array(z.string()).optional().describe('Words that mean "missing" besides the empty field.'),
  encoding: z
    .string()
    .optional()
    .describe('Encoding of a text file that is not UTF-8, such as windows-1252; it is never guessed.'),
  delimiter: z
    .string()
    .optional()
    .describe(
      'What separates the values of a text file: one character, `tab` or `space`. Found where it is left out.',
    ),
  sheet: z.string().optional().describe('The sheet of a workbook to read, where it has several.'),
  object_type: z
    .string()
    .optional()
    .describe('The type of object that is a case, for an object-centric log (OCEL) with several.'),
  lifecycle: z
    .enum(['pair', 'keep'])
    .optional()
    .describe(
      'Join the rows that start and complete one piece of work (`pair`), or count every row (`keep`); joined where a file has both by default.',
    ),
  classifier: z
    .string()
    .optional()
    .describe('What tells steps apart: a classifier of an XES log, or columns joined with `+`.'),
  minutes_in: z
    .enum(['minutes', 'hours', 'seconds'])
    .optional()
    .describe(
      'What the column mapped to `minutes` counts; asked about where its name or values leave it open.',
    ),
  on_bad_start: z
    .literal('finish_only')
    .optional()
    .describe('Keep a row whose start cannot be read by its finish alone; it is set aside by default.'),
  shape: z
    .enum(['rows', 'wide', 'history'])
    .optional()
    .describe(
      'How the file lays events out: a row each (`rows`), a column of dates for each step (`wide`), or a row for each changed field (`history`).',
    ),
  steps: z
    .record(z.string(), z.string())
    .optional()
    .describe('Step: column with its date, for `shape: wide`; all columns of dates by default.'),
  field: z.string().optional().describe('The field whose changes are steps, for `shape: history`.'),
  dedupe: z
    .union([
      z.literal('exact'),
      z.strictObject({
        key: z.array(z.string()).min(1).describe('Columns whose values together tell a row.'),
        keep_latest_by: z
          .string()
          .optional()
          .describe('The column whose latest time or largest number is kept; the last row by default.'),
      }),
    ])
    .optional()
    .describe('Which rows are the same row, so that one is kept: equal ones (`exact`), or those of one key.'),
  decimal: z
    .enum(['point', 'comma'])
    .optional()
    .describe('What is the decimal sign of numbers; needed when nothing in a column tells what 1,234 is.'),
  day_first: z
    .boolean()
    .optional()
    .describe('How to read dates such as 03/04/2024; needed when the file cannot tell.'),
});

/** An extract that the charter names, and how its columns fill a table. */
export type Extract = z.infer<typeof extract>;

/** A table that an extract can fill. */
export type ExtractKind = (typeof extractKinds)[number];

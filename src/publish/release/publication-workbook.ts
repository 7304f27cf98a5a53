import { countOf, type Result, type Table } from '../../core/index.ts';
import { notAvailable } from '../spreadsheet/content-xml.ts';
import type { Sheet, SheetColumn, Workbook } from '../spreadsheet/workbook.ts';
import type { Publication } from './publication.ts';
import { disclosureNotes, symbolMeanings } from './publication-notes.ts';

const unitWords: Readonly<Record<string, string>> = {
  share: '%',
  growth: '% growth',
  'percentage-points': 'percentage points',
  pounds: '\u00a3',
  days: 'days',
  hours: 'hours',
  minutes: 'minutes',
  seconds: 'seconds',
  index: 'index',
  count: 'number',
};

/** A heading with its unit, unless the words say it. */
function headed({ title, type }: Table['columns'][number]): SheetColumn {
  const unit = unitWords[type];
  const isSaid = unit === undefined || title.toLowerCase().includes(unit.toLowerCase());
  return { heading: isSaid ? title : `${title} (${unit})`, type };
}

interface Note {
  readonly number: number;
  readonly text: string;
  /** The sheets that the note speaks of; empty where it speaks of all. */
  readonly sheets: readonly string[];
}

/** Numbers the notes of all sheets, each text once. */
function numbered(
  said: readonly { readonly sheet: string | null; readonly text: string }[],
): readonly Note[] {
  const notes = new Map<string, Set<string>>();
  for (const { sheet, text } of said) {
    const sheets = notes.get(text) ?? new Set();
    if (sheet !== null) sheets.add(sheet);
    notes.set(text, sheets);
  }
  return [...notes].map(([text, sheets], i) => ({ number: i + 1, text, sheets: [...sheets] }));
}

interface TableSheet {
  readonly name: string;
  readonly result: Result | null;
  readonly table: Table;
}

function tableSheets({ figures, guarded }: Publication): readonly TableSheet[] {
  const tables = [
    { result: null, table: figures },
    ...guarded.results.flatMap((result) =>
      result.tables.filter(({ rows }) => rows.length > 0).map((table) => ({ result, table })),
    ),
  ];
  return tables.map((one, i) => ({ ...one, name: `Table_${i + 1}` }));
}

function sheetOf({ name, result, table }: TableSheet, notes: readonly Note[]): Sheet {
  const columns = table.columns.filter(({ forMachines }) => !forMachines);
  const own = notes.filter(({ sheets }) => sheets.includes(name));
  const marks = own.map(({ number }) => `[note ${number}]`).join(' ');
  return {
    name,
    title: `${name.replace('_', ' ')}: ${table.title}${marks === '' ? '' : ` ${marks}`}`,
    lines: [
      {
        text: `This sheet holds one table of ${countOf(table.rows.length, 'row')}. Notes and symbols are on the sheet Notes.`,
        sheet: 'Notes',
      },
      ...(result === null ? [] : [{ text: `${result.question} ${result.answer}` }]),
    ],
    columns: columns.map(headed),
    rows: table.rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
  };
}

function cover(publication: Publication, made: Date): Sheet {
  const { title, purpose, about, demonstration, charter, data, guarded } = publication;
  return {
    name: 'Cover',
    title,
    lines: [
      { text: purpose },
      ...(demonstration
        ? [{ text: 'Demonstration: these figures are made up and describe no real service.' }]
        : []),
      ...(about === null ? [] : [{ text: about }]),
      {
        text: `Made on ${made.toISOString().slice(0, 10)}, from data brought in by ${data.vintage?.slice(0, 10) ?? 'no extract'}.`,
      },
      { text: `Definitions: version ${charter.version}, SHA-256 ${charter.hash}.` },
      {
        text: `Small counts are protected by the profile "${guarded.profile.name}": see the sheet Notes.`,
        sheet: 'Notes',
      },
      { text: 'What is in this file: see the sheet Contents.', sheet: 'Contents' },
    ],
    columns: [],
    rows: [],
  };
}

/** A publication as one spreadsheet: cover, contents, notes, figures, and one table a sheet. */
export function publicationWorkbook(publication: Publication, made: Date): Workbook {
  const tables = tableSheets(publication);
  const notes = numbered([
    ...disclosureNotes(publication.guarded).map((text) => ({ sheet: null, text })),
    ...tables.flatMap(({ name, result, table }) =>
      [...(table.notes ?? []), ...(result?.caveats ?? [])].map((text) => ({ sheet: name, text })),
    ),
  ]);
  const contents: Sheet = {
    name: 'Contents',
    title: 'Contents',
    lines: [
      { text: 'Notes and symbols', sheet: 'Notes' },
      ...tables.map(({ name, table }) => ({
        text: `${name.replace('_', ' ')}: ${table.title}`,
        sheet: name,
      })),
    ],
    columns: [],
    rows: [],
  };
  const notesSheet: Sheet = {
    name: 'Notes',
    title: 'Notes and symbols',
    lines: [
      {
        text: 'This sheet holds one table: first the symbols, then the notes that the titles of tables name.',
      },
    ],
    columns: [
      { heading: 'Symbol or note', type: 'text' },
      { heading: 'Meaning', type: 'text' },
      { heading: 'Tables', type: 'text' },
    ],
    rows: [
      ...symbolMeanings(publication.guarded.profile).map(([symbol, meaning]) => [symbol, meaning, 'all']),
      ...notes.map(({ number, text, sheets }) => [
        `[note ${number}]`,
        text,
        sheets.length === 0 ? 'all' : sheets.map((sheet) => sheet.replace('_', ' ')).join(', '),
      ]),
    ],
  };
  return {
    title: `${publication.title}: figures`,
    description: `${publication.purpose} Figures protected by the profile "${publication.guarded.profile.name}". Missing values are marked ${notAvailable}.`,
    creator: 'Wellspent',
    made,
    sheets: [cover(publication, made), contents, notesSheet, ...tables.map((table) => sheetOf(table, notes))],
  };
}

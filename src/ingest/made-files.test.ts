import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WellspentError } from '../core/index.ts';
import { sql } from '../stores/index.ts';
import { type LogOptions, openLog } from './index.ts';

const made = join(import.meta.dirname, '../../../shared/data/eventlogs/made');
const isThere = existsSync(made);

type SetAside = readonly { readonly line: number; readonly reason: string }[];

async function read(file: string, options: LogOptions = {}) {
  const log = await openLog(join(made, file), options);
  const rows = await log.warehouse.query(sql`select * from events order by seq`);
  const cases = await log.warehouse.query(sql`select * from cases order by case_id`);
  const rejects = (await log.warehouse.query(
    sql`select line, reason from rejects order by line, reason`,
  )) as unknown as SetAside;
  await log.close();
  return { report: log.report, rows, cases, rejects };
}

async function codeOf(file: string, options: LogOptions = {}): Promise<{ code: string; message: string }> {
  try {
    const log = await openLog(join(made, file), options);
    await log.close();
  } catch (error) {
    if (error instanceof WellspentError) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'none', message: '' };
}

function expected(folder: string): Record<string, Record<string, unknown>> {
  return isThere ? JSON.parse(readFileSync(join(made, folder, 'expected.json'), 'utf8')) : {};
}

const text = expected('text');
const textOptions: Readonly<Record<string, LogOptions>> = {
  'semicolon-cp1252.csv': { encoding: 'windows-1252', dayFirst: true },
  'preamble-trailer.txt': { dayFirst: true },
  'headers.csv': { map: { finished: 'date' } },
};

describe.skipIf(!isThere)('text', () => {
  const tables = Object.entries(text).filter(
    ([, want]) => typeof want.rows_in === 'number' && want.rows_in > 0,
  );
  test.each(tables)('%s reconciles to the row', async (file, want) => {
    const { report, rejects } = await read(`text/${file}`, textOptions[file]);
    expect([report.rowsIn, report.rowsUsed, report.rowsSetAside]).toEqual([
      want.rows_in,
      want.rows_used,
      want.rows_set_aside,
    ]);
    expect(rejects).toEqual(want.set_aside ?? []);
  });

  test('a file declared windows-1252 keeps its letters, line breaks and decimal commas', async () => {
    const { rows } = await read('text/semicolon-cp1252.csv', textOptions['semicolon-cp1252.csv']);
    expect(rows.map((row) => row.step)).toEqual(['Reçu', 'Decided', 'Reçu']);
    expect(rows[0]?.note).toBe('first line\nsecond line');
    expect(rows[1]?.note).toBe('it’s done');
  });

  test('a file that is not UTF-8 is asked about, never guessed', async () => {
    expect((await codeOf('text/semicolon-cp1252.csv', { dayFirst: true })).code).toBe('ENCODING_UNKNOWN');
  });

  test('a byte order mark is no part of the first header and a tab in quotes is part of the value', async () => {
    const { report, rows } = await read('text/bom-tab.tsv');
    expect(report.mapping).toMatchObject({ case_id: 'case id', step: 'step', finished: 'finished' });
    expect(rows[0]?.note).toBe('a\tb');
  });

  test('case ids are text whatever they look like', async () => {
    const { cases } = await read('text/case-ids.csv');
    expect(cases).toHaveLength(17);
  });

  test('repeated and empty headers are renamed', async () => {
    const { report } = await read('text/headers.csv', textOptions['headers.csv']);
    expect(report.guesses.map((guess) => guess.column)).toEqual(text['headers.csv']?.headers);
  });

  test('an empty file is an error and a file with only a header says so', async () => {
    expect((await codeOf('text/empty.csv')).code).toBe('FILE_EMPTY');
    const { report } = await read('text/header-only.csv');
    expect(report.rowsIn).toBe(0);
    expect(report.notices.map((notice) => notice.code)).toContain('NO_ROWS');
  });
});

interface TimeRow {
  readonly line: number;
  readonly instant?: string;
  readonly wall?: string;
  readonly result?: string | null;
  readonly flag?: string | null;
}

describe.skipIf(!isThere)('time', () => {
  const time = expected('time');
  const iso = (value: unknown) => (value === null ? null : `${String(value).slice(0, 19)}Z`);

  test('wall clocks in London are read by the rules for clock changes', async () => {
    const { rows, report } = await read('time/london-clock.csv', { timezone: 'Europe/London' });
    const want = time['london-clock.csv']?.rows as readonly TimeRow[];
    expect(rows.map((row) => iso(row.at))).toEqual(want.map((row) => row.instant));
    expect(rows.map((row) => String(row.at_wall).slice(0, 16).replace('T', ' '))).toEqual(
      want.map((row) => row.wall),
    );
    const count = (code: string) => report.notices.find((notice) => notice.code === code)?.count ?? 0;
    expect([count('CLOCK_GAP'), count('CLOCK_AMBIGUOUS')]).toEqual([1, 3]);
  });

  test('fifteen spellings of one instant are one instant, each with its own wall clock', async () => {
    const { rows } = await read('time/offsets.csv', { epoch: true });
    const want = time['offsets.csv']?.rows as readonly TimeRow[];
    expect(new Set(rows.map((row) => iso(row.at)))).toEqual(new Set(['2024-06-01T11:00:00Z']));
    expect(rows.map((row) => String(row.at_wall).slice(0, 19).replace('T', ' '))).toEqual(
      want.map((row) => row.wall),
    );
  });

  test('bare numbers are not epoch times unless that is stated', async () => {
    const { report } = await read('time/offsets.csv');
    expect(report.reasons).toEqual([{ reason: 'TIME_UNPARSABLE', rows: 2 }]);
  });

  test('British spellings, sentinels and impossible times are told apart', async () => {
    const { rows, rejects, report } = await read('time/uk-formats.csv', {
      timezone: 'Europe/London',
      dayFirst: true,
      map: { finished: 'due' },
    });
    const want = time['uk-formats.csv']?.rows as readonly TimeRow[];
    const used = want.filter((row) => row.flag !== 'TIME_UNPARSABLE');
    expect(rows.map((row) => iso(row.at))).toEqual(used.map((row) => row.result));
    expect(rejects.map((reject) => reject.line)).toEqual(
      want.filter((row) => row.flag === 'TIME_UNPARSABLE').map((row) => row.line),
    );
    const sentinels = report.notices.filter((notice) => notice.code === 'SENTINEL');
    expect(sentinels.reduce((sum, notice) => sum + (notice.count ?? 0), 0)).toBe(5);
  });

  test('dates that read both ways are asked about', async () => {
    expect((await codeOf('time/ambiguous-dates.csv')).code).toBe('DATE_ORDER_AMBIGUOUS');
    for (const [dayFirst, key] of [
      [true, 'day_first'],
      [false, 'month_first'],
    ] as const) {
      const { rows } = await read('time/ambiguous-dates.csv', { dayFirst });
      const days = rows.map((row) => String(row.at).slice(0, 10)).sort();
      expect([days[0], days.at(-1)]).toEqual(time['ambiguous-dates.csv']?.[key]);
    }
  });

  test('one value above 12 settles a column', async () => {
    const { rows } = await read('time/day-first-proved.csv');
    expect(rows.map((row) => String(row.at).slice(0, 10))).toEqual(['2024-04-03', '2024-04-25']);
  });

  test('a column with two orders keeps that of most values and sets the others aside', async () => {
    const { report, rejects } = await read('time/mixed-orders.csv');
    expect(rejects).toEqual([{ line: 3, reason: 'TIME_UNPARSABLE' }]);
    expect(report.notices.map((notice) => notice.code)).toContain('DATE_ORDER_MIXED');
  });
});

describe.skipIf(!isThere)('workbooks', () => {
  interface ExcelRow {
    readonly row: number;
    readonly wall?: string;
    readonly ref?: string;
    readonly set_aside?: boolean;
  }
  interface Excel {
    readonly rows: readonly ExcelRow[];
    readonly rows_in: number;
    readonly rows_used: number;
    readonly rows_set_aside: number;
  }
  const excel: Record<string, Excel> = isThere
    ? JSON.parse(readFileSync(join(made, 'time/excel_expected.json'), 'utf8'))
    : {};
  test.each(Object.entries(excel))('%s gives the times that its sheet shows', async (file, want) => {
    const options = { timezone: 'Europe/London', dayFirst: true, map: { ref: 'ref' } };
    const { report, rows, rejects } = await read(`time/${file}`, options);
    expect([report.rowsIn, report.rowsUsed, report.rowsSetAside]).toEqual([
      want.rows_in,
      want.rows_used,
      want.rows_set_aside,
    ]);
    const used = want.rows.filter((row) => !row.set_aside);
    const wall = (value: unknown) => String(value).slice(0, 19).replace('T', ' ');
    expect(rows.map((row) => wall(row.at_wall))).toEqual(used.map((row) => row.wall));
    expect(rejects.map((reject) => reject.line)).toEqual(
      want.rows.filter((row) => row.set_aside).map((row) => row.row),
    );
  });

  test('references that one cell holds as a number and another as text stay what they were', async () => {
    const { rows } = await read('time/excel-1900.xlsx', { timezone: 'Europe/London', dayFirst: true });
    expect(rows.map((row) => row.ref)).toEqual(['007', '7', '1e5']);
  });

  test('the 29th of February 1900, which never was, is set aside and dates held as text are told', async () => {
    const { report, rejects } = await read('time/excel-1900.xlsx', {
      timezone: 'Europe/London',
      dayFirst: true,
    });
    expect(rejects[0]).toEqual({ line: 5, reason: 'TIME_UNPARSABLE' });
    expect(report.notices.find(({ code }) => code === 'DATES_AS_TEXT')?.count).toBe(1);
  });
});

describe.skipIf(!isThere)('safety', () => {
  test('names of object prototypes are ordinary names in object-centric logs too', async () => {
    const { cases, rows } = await read('safety/proto.jsonocel');
    expect([cases.length, rows.length, rows[0]?.proto]).toEqual([1, 1, 'polluted']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('names of object prototypes are ordinary names', async () => {
    const { cases, rows } = await read('safety/proto.xes');
    expect(cases).toHaveLength(1);
    expect(rows[0]?.step).toBe('toString');
    expect(rows[0]?.proto).toBe('polluted');
    expect(cases[0]?.constructor).toBe('x');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a step name of 20,000 characters is set aside and the case is kept', async () => {
    const { cases, rejects } = await read('safety/long-value.xes');
    expect(cases).toHaveLength(1);
    expect(rejects.map((reject) => reject.reason)).toEqual(['VALUE_TOO_LONG']);
  });
});

describe.skipIf(!isThere)('XES', () => {
  test('declared defaults are never filled in', async () => {
    const { report, rows, rejects, cases } = await read('xes/globals-classifiers.xes');
    expect([report.rowsIn, report.rowsUsed]).toEqual([5, 3]);
    expect(rejects).toEqual([
      { line: 3, reason: 'STEP_EMPTY' },
      { line: 5, reason: 'TIME_UNPARSABLE' },
    ]);
    expect(rows.filter((row) => row.at === null)).toHaveLength(2);
    expect(cases[0]?.first_at).toBe(cases[0]?.last_at);
    const unknown = report.notices.filter((notice) => notice.code === 'CLASSIFIER_UNKNOWN_KEY');
    expect(unknown.map((notice) => notice.message)).toEqual([
      'The classifier "Missing" names attributes that no event has.',
    ]);
  });

  test('every event of the lifecycle log counts as it stands', async () => {
    const { report, cases } = await read('xes/lifecycle.xes');
    expect(report.rowsUsed).toBe(32);
    expect(cases.filter((found) => found.events === 0)).toHaveLength(1);
  });
});

const others = join(made, '../apromore');

describe.skipIf(!isThere)('logs of other programs', () => {
  interface XesCounts {
    readonly cases: number;
    readonly empty_cases: number;
    readonly events: number;
    readonly events_without_time: number;
  }
  const xes: Record<string, XesCounts> = isThere
    ? JSON.parse(readFileSync(join(others, 'xes_expected.json'), 'utf8'))
    : {};
  test.each(Object.entries(xes))('%s has the cases and events that are expected', async (file, want) => {
    const { cases, rows } = await read(`../apromore/xes/${file}`);
    expect({
      cases: cases.length,
      empty_cases: cases.filter((found) => found.events === 0).length,
      events: rows.length,
      events_without_time: rows.filter((row) => row.at === null).length,
    }).toEqual({
      cases: want.cases,
      empty_cases: want.empty_cases,
      events: want.events,
      events_without_time: want.events_without_time,
    });
  });

  interface Counted {
    readonly rows_in?: number;
    readonly rows_used?: number;
    readonly rows_set_aside?: number;
    readonly set_aside?: SetAside;
    readonly error?: string;
    readonly warning?: string;
    readonly mapping?: Record<string, string>;
    readonly encoding?: string;
    readonly day_first?: boolean;
  }
  const files: Record<string, Counted> = isThere
    ? JSON.parse(readFileSync(join(others, 'import_expected.json'), 'utf8')).files
    : {};
  const usual = { case_id: 'case id', step: 'activity', started: 'start date', finished: 'completion time' };
  test.each(Object.entries(files))('%s is used and set aside as expected', async (file, want) => {
    const map = want.mapping
      ? Object.fromEntries(Object.entries(want.mapping).map(([k, v]) => [k === 'case' ? 'case_id' : k, v]))
      : usual;
    const options: LogOptions = {
      ...(file.endsWith('.csv') ? { map } : {}),
      ...(want.encoding && file.endsWith('.csv') ? { encoding: want.encoding } : {}),
      ...(want.day_first === undefined ? {} : { dayFirst: want.day_first }),
    };
    if (want.error) {
      expect((await codeOf(`../apromore/import/${file}`, options)).code).toBe(want.error);
      return;
    }
    const { report, rejects } = await read(`../apromore/import/${file}`, options);
    expect([report.rowsIn, report.rowsUsed, report.rowsSetAside]).toEqual([
      want.rows_in,
      want.rows_used,
      want.rows_set_aside,
    ]);
    expect(rejects).toEqual(want.set_aside);
    if (want.warning) expect(report.notices.map((notice) => notice.code)).toContain(want.warning);
  });

  test('a serial number in a date cell is rounded to the second that the sheet shows', async () => {
    const { rows } = await read('../apromore/import/test11-encoding.xlsx');
    const want = (files['test11-encoding.csv'] as { times?: readonly string[] }).times ?? [];
    expect(rows.map((row) => String(row.at_wall).slice(0, 19).replace('T', ' '))).toEqual(
      want.map((time) => `${time}:00`),
    );
  });

  test('a log without any step keeps its case and sets the event aside', async () => {
    const { cases, rejects } = await read('../pm4py/xes_20.xes');
    expect(cases).toHaveLength(1);
    expect(rejects.map((reject) => reject.reason)).toEqual(['STEP_EMPTY']);
  });
});

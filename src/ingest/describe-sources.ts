import {
  type CellValue,
  type Column,
  countOf,
  dateLabel,
  formatValue,
  meaningInWords,
  provenance,
  type QueryRecord,
  type Result,
  type Status,
  type Table,
} from '../core/index.ts';
import { type CanonicalTable, identifier, runStep, sql } from '../stores/index.ts';
import { accountInWords, accountOf, type RowAccount } from './account-of-rows.ts';
import { cautionShare, faultyRows, repeatedRows } from './faulty-rows.ts';
import type { ManifestSource } from './store/manifest.ts';
import { sourceRecords, type Workspace } from './workspace.ts';

const cannotTellShare = 0.05;

const timeColumn: Partial<Record<CanonicalTable, string>> = {
  events: 'at',
  cases: 'opened',
  contacts: 'at',
  volumes: 'period',
  inputs: 'period',
  quality: 'period',
};

function column(key: string, title: string, type: Column['type'] = 'text'): Column {
  return { key, title, type };
}

function reconciliation(sources: readonly ManifestSource[]): Table {
  return {
    id: 'sources',
    title: 'Files brought in: every row is used or set aside',
    columns: [
      column('file', 'File'),
      column('table', 'Fills'),
      column('rowsIn', 'Rows in', 'count'),
      column('rowsUsed', 'Used', 'count'),
      column('rowsSetAside', 'Set aside', 'count'),
      column('importedAt', 'Brought in', 'time'),
      { ...column('sha256', 'SHA-256'), forMachines: true },
    ],
    rows: sources.map((source) => ({
      file: source.file,
      table: source.as,
      rowsIn: source.rowsIn,
      rowsUsed: source.rowsUsed,
      rowsSetAside: source.rowsSetAside,
      importedAt: source.importedAt,
      sha256: source.sha256,
    })),
    notes: ['Rows in = rows used + rows set aside, for every file.'],
  };
}

function reasons(sources: readonly ManifestSource[]): Table {
  return {
    id: 'reasons',
    title: 'Why rows were set aside',
    columns: [
      column('file', 'File'),
      column('meaning', 'Reason'),
      column('rows', 'Rows', 'count'),
      column('reason', 'Its code'),
    ],
    rows: sources.flatMap((source) =>
      source.reasons.map(({ reason, rows }) => ({
        file: source.file,
        reason,
        rows,
        meaning: meaningInWords(reason),
      })),
    ),
    notes: [
      'A row with two reasons is counted under both.',
      ...(sources.some((source) => repeatedRows(source) > 0)
        ? [
            'Rows that came again, alike or in a newer version, count once: nothing is to be corrected in them.',
          ]
        : []),
    ],
  };
}

/** The second line of the account: rows that were used became rows of events, alone or joined to others. */
function pairings(sources: readonly ManifestSource[]): Table {
  return {
    id: 'pairing',
    title: 'Rows that were joined: one row for each piece of work',
    columns: [
      column('file', 'File'),
      column('step', 'Step'),
      column('rowsUsed', 'Rows used', 'count'),
      column('merged', 'Merged by pairing', 'count'),
      column('rowsInEvents', 'Rows in events', 'count'),
      column('pairs', 'Start and finish', 'count'),
      column('open', 'Open', 'count'),
      column('instants', 'Without a start', 'count'),
      column('ended', 'Withdrawn, aborted or skipped', 'count'),
      column('changedHands', 'Changed hands', 'count'),
    ],
    rows: sources.flatMap(({ file, pairing, rowsUsed }) => {
      if (!pairing) return [];
      const { merged, rowsInEvents, total, steps } = pairing;
      return [
        { file, step: 'All steps', rowsUsed, merged, rowsInEvents, ...total },
        ...steps.map((step) => ({ file, rowsUsed: null, merged: null, rowsInEvents: null, ...step })),
      ];
    }),
    notes: ['Rows used - merged by pairing = rows in events, for every file.'],
  };
}

/** Beyond so many columns of files, what became of each stands folded, so that what follows is found. */
const columnsOpen = 12;

function columns(sources: readonly ManifestSource[]): Table {
  const all = sources.reduce((sum, source) => sum + source.columns.length, 0);
  return {
    id: 'columns',
    title: 'What became of each column',
    ...(all > columnsOpen ? { folded: true as const } : {}),
    columns: [
      column('file', 'File'),
      column('column', 'Column in the file'),
      column('becomes', 'Became'),
      column('name', 'Name in the tables'),
      column('kind', 'Kind'),
      column('reason', 'Why'),
      column('samples', 'Some values'),
    ],
    rows: sources.flatMap((source) =>
      source.columns.map((record) => ({
        file: source.file,
        column: record.column,
        becomes: record.becomes === 'dropped' ? 'left out' : record.becomes,
        name:
          record.name === null
            ? null
            : record.level === 'case'
              ? `${record.name} (of the case)`
              : record.name,
        kind: record.becomes === 'dropped' ? null : record.kind,
        reason: record.reason,
        samples: record.samples.join(', ') || null,
      })),
    ),
    notes: [
      'Identifiers of cases, people and workers are replaced by keyed hashes, so no values of theirs are shown. Columns that no field was found for are left out, unless they were named, where their names speak of people or they hold emails, National Insurance numbers, full postcodes or sentences. Rules miss some: look through the values below, and leave out with --drop what should not be here.',
    ],
  };
}

function notices(sources: readonly ManifestSource[]): Table {
  return {
    id: 'notices',
    title: 'What you should know about the files',
    columns: [column('file', 'File'), column('notice', 'Notice'), column('meaning', 'What it means')],
    rows: sources.flatMap((source) =>
      [...source.notices, ...(source.findings ?? [])].map(({ code, message }) => ({
        file: source.file,
        notice: message,
        meaning: meaningInWords(code),
      })),
    ),
  };
}

async function coverage(workspace: Workspace, log: QueryRecord[]): Promise<Table> {
  const rows: Record<string, CellValue>[] = [];
  for (const name of workspace.tables) {
    const time = timeColumn[name];
    if (!time) continue;
    const [found] = await runStep<{
      n: number;
      first_day: string | null;
      last_day: string | null;
      undated: number;
    }>(
      workspace.warehouse,
      {
        name: `coverage of ${name}`,
        purpose: 'First and last date of the rows, and how many carry none.',
        sql: sql`select count(*) as n, cast(min(${identifier(time)}) as date) as first_day,
  cast(max(${identifier(time)}) as date) as last_day, count(*) - count(${identifier(time)}) as undated
from ${identifier(name)}`,
      },
      log,
    );
    rows.push({
      table: name,
      rows: found?.n ?? 0,
      first: found?.first_day ?? null,
      last: found?.last_day ?? null,
      undated: found?.undated ?? 0,
    });
  }
  return {
    id: 'coverage',
    title: 'What the tables hold',
    columns: [
      column('table', 'Table'),
      column('rows', 'Rows', 'count'),
      column('first', 'First date', 'date'),
      column('last', 'Last date', 'date'),
      column('undated', 'Rows without a date', 'count'),
    ],
    rows,
  };
}

function statusFor(sources: readonly ManifestSource[]): Status {
  if (sources.length === 0) return 'cannot-tell';
  const worst = Math.max(
    ...sources.map((source) => (source.rowsIn === 0 ? 0 : faultyRows(source) / source.rowsIn)),
  );
  return worst > cannotTellShare ? 'cannot-tell' : worst > cautionShare ? 'caution' : 'sound';
}

/** Tables with dates that cannot have happened when the last file was brought in. */
function tooLate({ rows }: Table, knownUntil: string | null): readonly string[] {
  const dated: readonly unknown[] = ['events', 'cases', 'contacts'];
  return rows.flatMap(({ table, last }) =>
    knownUntil !== null &&
    dated.includes(table) &&
    typeof last === 'string' &&
    last >= knownUntil.slice(0, 10)
      ? [
          `The ${table} run to ${dateLabel(last)}, later than the day the last file was brought in: correct the year in the file and bring it in again. The page of faults says where it stands.`,
        ]
      : [],
  );
}

function figures({ rowsIn, setAside, faulty, ...others }: RowAccount, period: string | null) {
  const figure = (id: string, name: string, value: number) =>
    ({ id, name, value, unit: 'count', interval: null, period }) as const;
  const parts = [
    figure('rows-repeated', 'Of these, came again and count once', others.repeated),
    figure('rows-not-asked-for', 'Of these, not asked for', others.unwanted),
  ].filter(({ value }) => value > 0);
  return [
    figure('rows-in', 'Rows in', rowsIn),
    figure('rows-used', 'Rows used', rowsIn - setAside),
    figure('rows-set-aside', 'Rows set aside', setAside),
    ...(parts.length > 0 ? [figure('rows-unusable', 'Of these, unusable', faulty), ...parts] : []),
  ];
}

/** Files of which more rows could not be used than can be ignored. */
function shortFiles({ shortOfRows }: Workspace): readonly string[] {
  return shortOfRows.map(
    ({ file, share }) =>
      `${formatValue(share, 'share')} of the rows of ${file} could not be used, more than can be ignored: read every figure with that in mind.`,
  );
}

/** Only rows with a fault of theirs are to be corrected. */
function remedies({ faulty }: RowAccount): readonly string[] {
  return faulty > 0
    ? [
        `Correct the ${countOf(faulty, 'row')} that could not be used at ${faulty === 1 ? 'its' : 'their'} source, and add the file again.`,
      ]
    : [];
}

/** Says what was brought in, what was set aside and why, what each column became, and which dates are covered. */
export async function describeSources(workspace: Workspace): Promise<Result> {
  const { sources } = workspace.manifest;
  const account = accountOf(sources);
  const queries: QueryRecord[] = [];
  const covered = await coverage(workspace, queries);
  const late = tooLate(covered, workspace.knownUntil);
  const read = statusFor(sources);
  const status = late.length > 0 && read === 'sound' ? 'caution' : read;
  const dates = covered.rows.filter((row) => typeof row.first === 'string' && typeof row.last === 'string');
  const from = dates.map((row) => String(row.first)).sort()[0];
  const to = dates
    .map((row) => String(row.last))
    .sort()
    .at(-1);
  const { charter, hash } = workspace.loaded;
  const period = from && to ? `${dateLabel(from)} to ${dateLabel(to)}` : null;
  return {
    id: 'data',
    question: 'Which data are these figures made from, and was anything left out?',
    answer: accountInWords(account, sources),
    status,
    figures: figures(account, period),
    tables: [
      reconciliation(sources),
      ...(sources.some(({ pairing }) => pairing) ? [pairings(sources)] : []),
      reasons(sources),
      covered,
      columns(sources),
      notices(sources),
    ],
    charts: [],
    caveats: [
      ...(charter.demonstration ? ['These data are made up for demonstration.'] : []),
      ...late,
      ...shortFiles(workspace),
    ],
    next: sources.length === 0 ? ['Bring in an extract: wellspent add FILE --as events'] : remedies(account),
    provenance: provenance({
      method: 'Every row of every file is counted when it is read; used and set aside must add up to it.',
      charter: { service: charter.service, version: charter.version, hash },
      sources: sourceRecords(workspace.manifest),
      queries,
    }),
  };
}

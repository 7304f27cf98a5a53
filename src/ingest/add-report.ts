import { countOf } from '../core/index.ts';
import type { AddReport } from './add-request.ts';
import type { Notice } from './readers/raw-table.ts';
import { namedColumns } from './store/case-columns.ts';
import { saidOnlyBefore } from './store/filled-gaps.ts';
import type { ManifestSource } from './store/manifest.ts';
import { tellApart } from './store/same-rows.ts';

export function reportOf(
  source: Omit<ManifestSource, 'importedAt'>,
  found: Pick<AddReport, 'guesses' | 'examples'>,
  seconds: number,
): AddReport {
  return {
    file: source.file,
    table: source.as,
    rowsIn: source.rowsIn,
    rowsUsed: source.rowsUsed,
    rowsSetAside: source.rowsSetAside,
    reasons: source.reasons,
    mapping: source.mapping,
    ...found,
    notices: source.notices as readonly Notice[],
    fingerprint: source.fingerprint,
    seconds,
  };
}

/** A report with what only the tables could tell: rows joined by pairing, and steps to doubt. */
export function afterCommit(report: AddReport, sources: readonly ManifestSource[]): AddReport {
  const source = sources.find(
    ({ file, as, fingerprint }) =>
      file === report.file && as === report.table && fingerprint === report.fingerprint,
  );
  if (!source) return report;
  return {
    ...report,
    rowsUsed: source.rowsUsed,
    rowsSetAside: source.rowsSetAside,
    reasons: source.reasons,
    notices: [...report.notices, ...((source.findings ?? []) as readonly Notice[])],
    ...(source.pairing ? { pairing: source.pairing } : {}),
  };
}

const givenWay = ({ reasons }: ManifestSource) =>
  reasons.reduce((sum, { reason, rows }) => sum + (reason === 'SUPERSEDED_ROW' ? rows : 0), 0);

/** By what two rows of a table are taken for the same, where no key is stated. */
const sameBy = {
  events: 'case, step, times and worker',
  cases: 'case',
  contacts: 'contact, or case, person, time and reason',
  volumes: 'period, output and other columns of text',
  inputs: 'period, input, category and other columns of text',
  quality: 'period, output, measure and other columns of text',
} as const;

/** True where one of two extracts has a column that tells rows apart and the other has not. */
function areUnlike(one: ManifestSource, other: ManifestSource): boolean {
  const has = ({ columns }: ManifestSource, wanted: string) =>
    columns.some(({ name, becomes }) => name === wanted && becomes === 'field');
  if (one.as === 'contacts' && has(one, 'contact_id') && has(other, 'contact_id')) return false;
  return (tellApart[one.as] ?? []).some((name) => has(one, name) !== has(other, name));
}

/** Which rows of what was added now are the same as some of a source, and how to tell them apart otherwise. */
function sameRows(
  source: ManifestSource,
  added: readonly ManifestSource[],
  count: number,
): readonly [string, string] {
  const { as, columns, dedupe, shape, toldBy } = source;
  const rows = count === 1 ? 'a row' : 'rows';
  if (dedupe !== undefined) return [`${rows} of the same key`, ''];
  const id = columns.find(({ name }) => name !== null && name === toldBy);
  if (id && added.every((later) => later.columns.some(({ name }) => name === toldBy)))
    return [`${rows} of the same ${id.column}`, ''];
  const key = shape?.shape === 'wide' ? sameBy.cases : sameBy[as];
  const isOfEvents = as === 'events' && shape === undefined;
  const isUnlike = added.some((later) => later.as === as && areUnlike(source, later));
  return [
    `${rows} of the same ${key}${isUnlike ? ', as far as both extracts have them,' : ''}`,
    isOfEvents
      ? ' If they are other events, add both files anew with the column that holds the id of an event: --dedupe "column".'
      : '',
  ];
}

/** "Team is not in what was added now: what april.csv says there of these rows stands."; empty where nothing is. */
function whatStands(source: ManifestSource, now: readonly ManifestSource[]): string {
  // A row that stands for several, and gives way by a key of its own, gives way as a whole.
  if (source.dedupe !== undefined && (source.shape?.shape === 'wide' || source.format === 'ocel')) return '';
  const own = now.filter(({ as }) => as === source.as);
  const titles = own.map((later) => new Set(saidOnlyBefore(source, later).map(({ column }) => column)));
  const [first, ...others] = titles;
  const inNone = [...(first ?? [])].filter((title) => others.every((each) => each.has(title)));
  if (inNone.length === 0) return '';
  const verb = inNone.length === 1 ? 'is' : 'are';
  return ` ${namedColumns(inNone)} ${verb} not in what was added now: what ${source.file} says there of these rows stands.`;
}

/** What became of rows that were there before: those that files added now say again are counted once. */
export function overlapNotices(
  before: readonly ManifestSource[],
  after: readonly ManifestSource[],
): readonly Notice[] {
  return before.flatMap((source) => {
    const now = after.find(({ id }) => id === source.id);
    const count = now ? givenWay(now) - givenWay(source) : 0;
    if (!now || count <= 0) return [];
    const rows = countOf(count, 'row');
    const added = after.filter(
      ({ id, fingerprint }) =>
        !before.some((earlier) => earlier.id === id && earlier.fingerprint === fingerprint),
    );
    const [same, otherwise] = sameRows(now, added, count);
    const stands = whatStands(source, added);
    const message = `${rows} of ${source.file}, added before, gave way to ${same} in what was added now, so that none is counted twice.${stands}${otherwise}`;
    return [{ code: 'SUPERSEDED_ROW' as const, message, count }];
  });
}

/** The reports, the first of which says what is said once. */
export function withSaidOnce(
  reports: readonly AddReport[],
  said: readonly Notice[] | undefined,
): readonly AddReport[] {
  const [first, ...others] = reports;
  return first && said ? [{ ...first, notices: [...first.notices, ...said] }, ...others] : reports;
}

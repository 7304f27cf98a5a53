import { identifier, joinSql, keyword, type Sql, sql } from '../../stores/index.ts';
import type { ManifestSource } from './manifest.ts';
import type { SourceView } from './source-views.ts';

/** Values put in order at a time: memory goes by values, not by rows. */
const valuesAChunk = 1_000_000;
/** Characters of text put in order at a time: few values can be long ones. */
const charactersAChunk = 16_000_000;
/** Columns that telling equal rows looks at. */
const columnsOfKeys = 8;
const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

/** A range of pseudonyms: from the first bound, up to and without the second; null is no bound. */
interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

/** Ranges that hold about equal numbers of pseudonyms, since these are uniform over the alphabet. */
function rangesFor(values: number, characters = 0): readonly Range[] {
  const chunks = Math.max(1, Math.ceil(values / valuesAChunk), Math.ceil(characters / charactersAChunk));
  const size = alphabet.length;
  const bound = (i: number): string | null => {
    const at = Math.round((i * size * size) / chunks);
    if (i <= 0 || i >= chunks) return null;
    return `${alphabet[Math.floor(at / size)]}${alphabet[at % size]}`;
  };
  return Array.from({ length: chunks }, (_, i) => ({ from: bound(i), to: bound(i + 1) }));
}

function within(range: Range, name: 'case_id' | 'row_key'): Sql {
  const column = identifier(name);
  const conditions = [
    ...(range.from === null ? [] : [sql`${column} >= ${keyword(`'${range.from}'`)}`]),
    ...(range.to === null ? [] : [sql`${column} < ${keyword(`'${range.to}'`)}`]),
  ];
  return conditions.length === 0 ? sql`true` : joinSql(conditions, ' and ');
}

function stagedSum({ source }: SourceView, part: 'main' | 'cases', of: 'rows' | 'characters'): number {
  return source.staged.reduce((sum, file) => sum + (file.part === part ? (file[of] ?? 0) : 0), 0);
}

/** Conditions on the case that part the rows, so that those of one part, with all their columns, fit into memory. */
export function caseRangesOf(
  staged: readonly SourceView[],
  saidInEvents: readonly SourceView[],
): readonly Sql[] {
  const sum = (views: readonly SourceView[], part: 'main' | 'cases', what: 'rows' | 'characters') =>
    views.reduce((total, view) => total + stagedSum(view, part, what), 0);
  const of = (as: ManifestSource['as']) => staged.filter(({ source }) => source.as === as);
  const most = (what: 'rows' | 'characters') =>
    Math.max(
      sum(of('events'), 'main', what),
      sum(of('cases'), 'main', what) + sum(saidInEvents, 'cases', what),
    );
  const widest = Math.max(1, ...[...staged, ...saidInEvents].map(({ columns }) => columns.size));
  // Pairing reads the rows that begin work beside those that end it.
  const width = widest * (staged.some(({ source }) => source.lifecycle === 'pair') ? 2 : 1);
  return rangesFor(most('rows') * width, most('characters')).map((range) => within(range, 'case_id'));
}

/** Conditions on the key of a row that part the rows likewise, for telling equal ones. */
export function keyRangesOf(staged: readonly SourceView[]): readonly Sql[] {
  const rows = staged.reduce((total, view) => total + stagedSum(view, 'main', 'rows'), 0);
  return rangesFor(rows * columnsOfKeys).map((range) => within(range, 'row_key'));
}

import { countOf, listInWords } from '../../core/index.ts';
import type { ColumnRecord } from './manifest.ts';
import type { SourceView } from './source-views.ts';

/** Columns that are named in a notice. */
const mostNamed = 4;

/** Columns of an extract of cases that say something of a case. */
export function valueColumns({ source }: SourceView): readonly ColumnRecord[] {
  return source.columns.filter(({ becomes, name }) => becomes !== 'dropped' && name !== 'case_id');
}

/** The title of the column that tells cases apart. */
export function caseIdColumn({ source }: SourceView): string {
  return (
    source.columns.find(({ name, becomes }) => name === 'case_id' && becomes === 'field')?.column ?? 'case_id'
  );
}

/** "Decided, Outcome, Team, Office and 3 others". */
export function namedColumns(titles: readonly string[]): string {
  const others = titles.length - mostNamed;
  return others <= 1
    ? listInWords(titles)
    : listInWords([...titles.slice(0, mostNamed), countOf(others, 'other')]);
}

import {
  type ColumnSpec,
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { comparable } from '../mapping/names.ts';
import type { ColumnRecord, ManifestSource } from './manifest.ts';
import type { SourceView } from './source-views.ts';
import { supersededTable } from './staged-rows.ts';
import { attributesOf, select } from './staged-select.ts';

/** What a row has of its own, or not at all: what it is of, and the instant that nothing else tells. */
const own = {
  events: new Set(['case_id', 'step', 'kind', 'lifecycle', 'instance', 'at']),
  contacts: new Set(['at']),
};

/** A column that rows of one extract take from those of earlier ones. */
interface Gap {
  readonly record: ColumnRecord;
  /** What it is called in the view of the rows: the name of the field, or one that no staged column has. */
  readonly staged: string;
}

type Columns = Pick<ManifestSource, 'as' | 'columns'>;

const ofRows = ({ columns }: Pick<Columns, 'columns'>) =>
  columns.filter(({ level, becomes, name }) => level === 'row' && becomes !== 'dropped' && name !== null);

/**
 * What an extract of events or contacts says of its rows and a later one does not: that has neither a column of the
 * name nor one of the title, not even one that was left out.
 */
export function saidOnlyBefore(earlier: Columns, later: Columns): readonly ColumnRecord[] {
  if (later.as !== 'events' && later.as !== 'contacts') return [];
  const kept = own[later.as];
  const names = new Set(ofRows(later).map(({ name }) => name));
  const titles = new Set(later.columns.map(({ column }) => comparable(column)));
  return ofRows(earlier).filter(
    ({ name, column }) => !kept.has(name ?? '') && !names.has(name) && !titles.has(comparable(column)),
  );
}

/** A time and the same by the clock on the wall; any other column by itself. */
function withWall(record: ColumnRecord): readonly ColumnRecord[] {
  const { name } = record;
  return name === 'started' || name === 'finished' ? [record, { ...record, name: `${name}_wall` }] : [record];
}

function gapsOf(later: SourceView, earlier: readonly SourceView[]): readonly Gap[] {
  const found = new Map<string, ColumnRecord>();
  for (const { source } of earlier)
    for (const record of saidOnlyBefore(source, later.source)) found.set(record.name ?? '', record);
  const canonical: readonly ColumnSpec[] = canonicalTables[later.source.as];
  const kinds = new Map(
    attributesOf(earlier.map(({ source }) => [source, 'row'])).map(({ name, kind }) => [name, kind]),
  );
  return [...found.values()].flatMap(withWall).map((record, i) => {
    const name = record.name as string;
    const field = canonical.find((column) => column.name === name);
    const staged = field ? name : `taken over ${i + 1}`;
    const kind = field?.kind ?? kinds.get(name) ?? record.kind;
    return { staged, record: { ...record, staged, kind } };
  });
}

/** The place of a row among all that gave way to one: of versions by a rule the newest, else by source and position. */
const lateness = sql`coalesce(-listed.age, listed.source * 1000000000000 + listed.seq)`;

/**
 * What rows that gave way to those of a later extract say in its gaps, one row for each of those: the newest that says
 * anything. Names with a blank are no attribute's.
 */
function saidBefore(
  later: SourceView,
  earlier: readonly SourceView[],
  gaps: readonly Gap[],
  warehouse: Warehouse,
): Sql {
  const wanted = gaps.map(({ record }) => ({ name: record.name as string, kind: record.kind }));
  const canonical: readonly ColumnSpec[] = canonicalTables[later.source.as];
  const fields = canonical.filter(({ name }) => wanted.some((gap) => gap.name === name));
  const attributes = wanted.filter(({ name }) => !fields.some((field) => field.name === name));
  const values = joinSql(
    wanted.map(({ name }, i) => sql`told.${identifier(name)} as ${identifier(`value ${i}`)}`),
    ', ',
  );
  const rows = earlier.map(
    (
      view,
    ) => sql`select listed.by_seq, ${lateness} as late, ${values} from ${identifier(supersededTable)} as listed
  join (${select([{ name: 'seq', kind: 'integer' }, ...fields], attributes, view, 'row', warehouse)}) as told
  on told.seq = listed.seq + ${keyword(String(view.seqOffset))}
  where listed.source = ${keyword(String(view.number))} and listed.by_source = ${keyword(String(later.number))} and listed.by_seq is not null`,
  );
  const newest = gaps.map(({ staged }, i) => {
    const value = sql`${identifier(`value ${i}`)}`;
    const late = sql`case when ${value} is null then null else late end`;
    return sql`${warehouse.dialect.valueAtMax(value, late)} as ${identifier(staged)}`;
  });
  return sql`select by_seq as ${identifier('of row')}, ${joinSql(newest, ', ')} from (${joinSql(rows, ' union all ')}) as said group by by_seq`;
}

async function filled(
  later: SourceView,
  earlier: readonly SourceView[],
  gaps: readonly Gap[],
  warehouse: Warehouse,
): Promise<SourceView> {
  const { dialect } = warehouse;
  const table = `taken_over_by_${later.number}`;
  const view = `${later.view}_filled`;
  await warehouse.run(
    dialect.createTemporary('table', identifier(table), saidBefore(later, earlier, gaps, warehouse)),
  );
  const columns = gaps.map(({ staged }) => sql`${identifier(table)}.${identifier(staged)}`);
  await warehouse.run(
    dialect.createTemporary(
      'view',
      identifier(view),
      sql`select newer.*, ${joinSql(columns, ', ')} from ${identifier(later.view)} as newer
left join ${identifier(table)} on ${identifier(table)}.${identifier('of row')} = newer.seq`,
    ),
  );
  return {
    ...later,
    view,
    columns: new Set([...later.columns, ...gaps.map(({ staged }) => staged)]),
    source: { ...later.source, columns: [...later.source.columns, ...gaps.map(({ record }) => record)] },
  };
}

/**
 * The rows of events and contacts, with what rows that gave way to them say in columns that their own extract does not
 * have: a later extract without a team says nothing of teams, and takes none away. A blank in a column that the later
 * extract does have is what it says, and stays blank. Earlier extracts are filled first, so that what the first of three
 * says reaches the third.
 */
export async function fillGaps(
  staged: readonly SourceView[],
  warehouse: Warehouse,
): Promise<readonly SourceView[]> {
  const pairs = await warehouse.query<{ source: number; by: number }>(
    sql`select distinct source, by_source as ${identifier('by')} from ${identifier(supersededTable)} where by_seq is not null order by source, by_source`,
  );
  const views = [...staged];
  for (const [i, later] of staged.entries()) {
    const gaveWay = new Set(pairs.filter(({ by }) => by === later.number).map(({ source }) => source));
    const earlier = views.filter(({ number }) => number !== later.number && gaveWay.has(number));
    const gaps = gapsOf(later, earlier);
    if (gaps.length > 0) views[i] = await filled(later, earlier, gaps, warehouse);
  }
  return views;
}

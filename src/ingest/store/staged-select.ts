import {
  type ColumnKind,
  type ColumnSpec,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { ColumnRecord, ManifestSource } from './manifest.ts';
import type { SourceView } from './source-views.ts';
import { typeNames } from './type-names.ts';

/** Fields that events carry beside their own columns, as attributes. */
const carriedFields = new Set(['person', 'lifecycle', 'instance', 'previous_contact', 'first_contact']);

/** A column that a workspace adds to a canonical table. */
export interface Attribute {
  readonly name: string;
  readonly kind: ColumnKind;
}

export type Level = ColumnRecord['level'];

/** The attributes of a table over all its sources; one name with two kinds is text. */
export function attributesOf(parts: readonly (readonly [ManifestSource, Level])[]): readonly Attribute[] {
  const found = new Map<string, ColumnKind>();
  for (const [source, level] of parts) {
    for (const column of source.columns) {
      const isCarried =
        carriedFields.has(column.name ?? '') || (column.name === 'worker' && source.as === 'contacts');
      const extra = column.becomes === 'attribute' || (column.becomes === 'field' && isCarried);
      if (!extra || column.level !== level || column.name === null) continue;
      const known = found.get(column.name);
      found.set(column.name, known === undefined || known === column.kind ? column.kind : 'text');
    }
  }
  return [...found].map(([name, kind]) => ({ name, kind }));
}

function attributeValue(column: ColumnRecord | undefined, wanted: ColumnKind, warehouse: Warehouse): Sql {
  if (!column) return sql`cast(null as ${keyword(typeNames[wanted])})`;
  const own = sql`${identifier(column.staged)}`;
  if (column.kind === wanted) return own;
  // The same name holds text in another source: whole numbers are written without a fraction.
  if (column.kind !== 'number') return warehouse.dialect.toText(own);
  const whole = warehouse.dialect.toText(sql`cast(${own} as bigint)`);
  return sql`case when ${own} = floor(${own}) and abs(${own}) < 1e15 then ${whole} else ${warehouse.dialect.toText(own)} end`;
}

/** A canonical column of a staged source, or null where the source has none. */
function canonicalValue(spec: ColumnSpec, staged: SourceView): Sql {
  const type = keyword(typeNames[spec.kind]);
  if (spec.name === 'seq') return sql`cast(seq + ${keyword(String(staged.seqOffset))} as bigint)`;
  if (spec.name === 'source') return sql`cast(${keyword(String(staged.number))} as bigint)`;
  const own = staged.columns.has(spec.name) ? sql`${identifier(spec.name)}` : null;
  if (spec.name === 'at' || spec.name === 'at_wall') {
    if (own) return own;
    const suffix = spec.name === 'at' ? '' : '_wall';
    const times = staged.source.order === 'start' ? ['started', 'finished'] : ['finished', 'started'];
    const parts = times.map((time) => `${time}${suffix}`).filter((c) => staged.columns.has(c));
    if (parts.length === 0) return sql`cast(null as timestamp)`;
    return sql`coalesce(${joinSql(
      parts.map((c) => identifier(c)),
      ', ',
    )})`;
  }
  if (spec.name === 'kind') return own ? sql`coalesce(${own}, 'step')` : sql`'step'`;
  return own ?? sql`cast(null as ${type})`;
}

/** How the column of a name was staged, if the source has one at that level. */
export function stagedRecord({ source }: SourceView, level: Level, name: string): ColumnRecord | undefined {
  return source.columns.find(
    (column) => column.level === level && column.name === name && column.becomes !== 'dropped',
  );
}

/** The canonical columns and attributes of a source's staged rows. */
export function select(
  columns: readonly ColumnSpec[],
  attributes: readonly Attribute[],
  staged: SourceView,
  level: Level,
  warehouse: Warehouse,
): Sql {
  const parts = [
    ...columns.map((spec) => sql`${canonicalValue(spec, staged)} as ${identifier(spec.name)}`),
    ...attributes.map(
      ({ name, kind }) =>
        sql`${attributeValue(stagedRecord(staged, level, name), kind, warehouse)} as ${identifier(name)}`,
    ),
  ];
  return sql`select ${joinSql(parts, ', ')} from ${identifier(staged.view)}`;
}

/** Queries one after the other. */
export function unionAll(queries: readonly Sql[]): Sql {
  return joinSql(queries, ' union all ');
}

import type { SQLOutputValue } from 'node:sqlite';
import { WellspentError } from '../../../core/index.ts';
import type { RawTable, ReadOptions } from '../raw-table.ts';
import { OcelDatabase, quoted, type Row, type TableColumn, textOf } from './ocel-database.ts';
import type { OcelEvent, OcelLink, OcelObject, OcelSource, OcelValue } from './ocel-source.ts';
import { openOcel } from './read-ocel.ts';

const rowsAtOnce = 2_000;
const standardTables = ['event', 'object', 'event_object', 'event_map_type', 'object_map_type'] as const;
const ownColumns = new Set(['ocel_id', 'ocel_time', 'ocel_changed_field']);

type Kind = 'event' | 'object';

/** The name of a type and the table that holds the values of its events or objects. */
interface TypeTable {
  readonly type: string;
  readonly table: string;
  readonly columns: readonly TableColumn[];
}

function checkTables(file: string, database: OcelDatabase): void {
  const missing = standardTables.filter((name) => !database.hasTable(name));
  if (missing.length > 0)
    throw new WellspentError(
      'NOT_AN_EVENT_LOG',
      `${file} is an SQLite database, but not an object-centric log (OCEL 2.0).`,
      { where: { file }, found: `no table ${missing.join(', ')}` },
    );
}

function typeTables(database: OcelDatabase, kind: Kind): readonly TypeTable[] {
  const names = database.all(`select ocel_type, ocel_type_map from ${kind}_map_type order by ocel_type`);
  return names.map((row) => {
    const table = `${kind}_${textOf(row.ocel_type_map)}`;
    const columns = database.hasTable(table) ? database.columns(table) : [];
    return { type: textOf(row.ocel_type), table, columns };
  });
}

function kindOf(declared: string): string {
  const kind = declared.toUpperCase();
  if (kind.includes('INT')) return 'integer';
  if (/REAL|FLOA|DOUB/.test(kind)) return 'float';
  return /TIME|DATE/.test(kind) ? 'time' : 'string';
}

function declared(types: readonly TypeTable[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(
    types.map(({ type, columns }) => [
      type,
      new Map(
        columns.filter(({ name }) => !ownColumns.has(name)).map(({ name, kind }) => [name, kindOf(kind)]),
      ),
    ]),
  );
}

/** Walks rows in the order of their position without taking them off before they are asked for. */
interface Walk {
  readonly head: () => Row | undefined;
  readonly next: () => void;
}

function walkOf(rows: () => Row | undefined): Walk {
  let current = rows();
  return {
    head: () => current,
    next: () => {
      current = rows();
    },
  };
}

function positionOf(row: Row | undefined): bigint | null {
  return typeof row?.n === 'bigint' ? row.n : null;
}

/** A row of a type's own table: values by the name of their column. */
type OwnRow = ReadonlyMap<string, SQLOutputValue>;

/** All rows of the main table of a kind in their order, each with the rows of its type's own table. */
function* walkMain(
  database: OcelDatabase,
  kind: Kind,
  types: readonly TypeTable[],
): Iterable<{ readonly main: Row; readonly type: string; readonly own: readonly OwnRow[] }> {
  const main = walkOf(
    database.walk(`select rowid as n, ocel_id as id, ocel_type as type from ${kind} order by rowid`),
  );
  const walks = new Map(
    types
      .filter(({ columns }) => columns.length > 0)
      .map(({ type, table, columns }) => {
        // Numbered names: a column may have any name, also one of ours.
        const values = columns.map(({ name }, c) => `t.${quoted(name)} as v${c}`).join(', ');
        const own = `select m.rowid as n, ${values} from ${kind} m join ${quoted(table)} t on t.ocel_id = m.ocel_id`;
        const rows = database.walk(`${own} where m.ocel_type = ? order by m.rowid, t.rowid`, type);
        return [type, { walk: walkOf(rows), columns }] as const;
      }),
  );
  for (let row = main.head(); row !== undefined; row = main.head()) {
    const type = textOf(row.type);
    const found = walks.get(type);
    const own: OwnRow[] = [];
    for (
      let next = found?.walk.head();
      found && next && positionOf(next) === positionOf(row);
      next = found.walk.head()
    ) {
      const values = next;
      own.push(new Map(found.columns.map(({ name }, c) => [name, values[`v${c}`] ?? null])));
      found.walk.next();
    }
    yield { main: row, type, own };
    main.next();
  }
}

/** The links of each row of the main table, taken in the same order as that is walked. */
function linksIn(database: OcelDatabase, query: string): (main: Row) => readonly OcelLink[] {
  const walk = walkOf(database.walk(query));
  return (main) => {
    const links: OcelLink[] = [];
    for (let row = walk.head(); row && positionOf(row) === positionOf(main); row = walk.head()) {
      links.push({ id: textOf(row.target), qualifier: textOf(row.qualifier) });
      walk.next();
    }
    return links;
  };
}

function valuesOf(row: OwnRow): readonly OcelValue[] {
  const changed = textOf(row.get('ocel_changed_field'));
  const time = textOf(row.get('ocel_time'));
  return [...row].flatMap(([name, value]): readonly OcelValue[] => {
    if (ownColumns.has(name) || value === null) return [];
    if (changed !== '' && changed !== name) return [];
    return [{ name, value: textOf(value), time }];
  });
}

async function* inParts<T>(items: Iterable<T>): AsyncIterable<readonly T[]> {
  let part: T[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < rowsAtOnce) continue;
    yield part;
    part = [];
  }
  yield part;
}

function* walkObjects(database: OcelDatabase, types: readonly TypeTable[]): Iterable<OcelObject> {
  const links = database.hasTable('object_object')
    ? linksIn(
        database,
        'select m.rowid as n, l.ocel_target_id as target, l.ocel_qualifier as qualifier from object m join object_object l on l.ocel_source_id = m.ocel_id order by m.rowid, l.rowid',
      )
    : () => [];
  for (const { main, type, own } of walkMain(database, 'object', types))
    yield { id: textOf(main.id), type, values: own.flatMap(valuesOf), links: links(main) };
}

function* walkEvents(database: OcelDatabase, types: readonly TypeTable[]): Iterable<OcelEvent> {
  const links = linksIn(
    database,
    'select m.rowid as n, l.ocel_object_id as target, l.ocel_qualifier as qualifier from event m join event_object l on l.ocel_event_id = m.ocel_id order by m.rowid, l.rowid',
  );
  let line = 0;
  for (const { main, type, own } of walkMain(database, 'event', types)) {
    line += 1;
    const [first] = own;
    yield {
      line,
      id: textOf(main.id),
      type,
      time: textOf(first?.get('ocel_time')),
      values: first ? valuesOf(first) : [],
      links: links(main),
    };
  }
}

/** Opens the SQLite encoding of an object-centric log: only the tables of the standard are looked at. */
export async function openOcelSqlite(file: string, bytes: number, options: ReadOptions): Promise<RawTable> {
  const withDatabase = async function* <T>(
    walk: (database: OcelDatabase) => Iterable<T>,
  ): AsyncIterable<readonly T[]> {
    const database = new OcelDatabase(file);
    try {
      yield* inParts(walk(database));
    } finally {
      database.close();
    }
  };
  const database = new OcelDatabase(file);
  let eventTypes: readonly TypeTable[];
  let objectTypes: readonly TypeTable[];
  try {
    checkTables(file, database);
    eventTypes = typeTables(database, 'event');
    objectTypes = typeTables(database, 'object');
  } finally {
    database.close();
  }
  const source: OcelSource = {
    version: '2.0',
    encoding: 'SQLite',
    eventTypes: declared(eventTypes),
    objectTypes: declared(objectTypes),
    objects: () => withDatabase((own) => walkObjects(own, objectTypes)),
    async *events(onBytes) {
      yield* withDatabase((own) => walkEvents(own, eventTypes));
      onBytes?.(bytes);
    },
  };
  return openOcel(file, source, options);
}

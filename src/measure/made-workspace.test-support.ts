import { parseCharter } from '../define/index.ts';
import { type CanonicalTable, type ColumnSpec, canonicalTables, openDuckdb } from '../stores/index.ts';
import type { MeasureWorkspace } from './workspace.ts';

type Cell = string | number | boolean | null;
type MadeRow = Readonly<Record<string, Cell>>;

const micros = (iso: Cell) => (typeof iso === 'string' ? BigInt(Date.parse(iso)) * 1000n : null);

/** Parts of a charter that every made workspace shares; `rest` is YAML added after them. */
export function charterText(reporting: string, rest: string): string {
  return `
wellspent: 1
service: made
title: A made service
version: 1.0.0
effective: 2020-01-01
owner: Director
purpose: People get what they need.
timezone: Europe/London
reporting: ${reporting}
extracts: []
${rest}`;
}

/** A workspace in memory from a charter's text and rows of canonical tables; rows may carry attributes. */
export async function madeWorkspace(
  text: string,
  rows: Partial<Record<CanonicalTable, readonly MadeRow[]>>,
): Promise<MeasureWorkspace & { close(): Promise<void> }> {
  const warehouse = await openDuckdb({ folders: [] });
  const tables = new Set<CanonicalTable>();
  for (const [name, canonical] of Object.entries(canonicalTables) as [
    CanonicalTable,
    readonly ColumnSpec[],
  ][]) {
    const own = rows[name] ?? [];
    const known = new Set(canonical.map((column) => column.name));
    const attributes = [...new Set(own.flatMap((row) => Object.keys(row)))]
      .filter((column) => !known.has(column))
      .map(
        (column): ColumnSpec => ({
          name: column,
          kind: typeof own[0]?.[column] === 'number' ? 'number' : 'text',
        }),
      );
    const columns = [...canonical, ...attributes];
    await warehouse.createTable(name, columns);
    if (own.length === 0) continue;
    tables.add(name);
    await warehouse.append(
      name,
      columns,
      columns.map(({ name: column, kind }) =>
        own.map((row) => {
          const value = row[column] ?? null;
          return kind === 'timestamp' ? micros(value) : value;
        }),
      ),
    );
  }
  return {
    loaded: parseCharter(text, 'service.yaml'),
    warehouse,
    sources: [],
    tables,
    close: () => warehouse.close(),
  };
}

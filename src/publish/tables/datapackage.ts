import type { ColumnType, Result, Table } from '../../core/index.ts';

const fieldTypes: Partial<Record<ColumnType, string>> = {
  text: 'string',
  period: 'string',
  date: 'date',
  time: 'datetime',
};

type Field = Result['tables'][number]['columns'][number];

function fieldOf({ key, title, type }: Field) {
  const known = fieldTypes[type];
  return { name: key, title, type: known ?? 'number', ...(known ? {} : { unit: type }) };
}

/** What a Data Package says of a folder of tables, where that differs from what the Results say. */
export interface PackageOptions {
  /** Symbols that stand in the place of values. */
  readonly symbols?: readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly created?: string;
  readonly sources?: readonly { readonly file: string; readonly sha256: string }[];
  /** Tables that belong to no Result. */
  readonly tables?: readonly Table[];
  /** The folder of the tables below the package's own. */
  readonly folder?: string;
}

function resourceOf(table: Table, name: string, said: readonly string[], options: PackageOptions) {
  return {
    name,
    path: `${options.folder === undefined ? '' : `${options.folder}/`}${name}.csv`,
    title: table.title,
    description: said.join(' '),
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { lineTerminator: '\r\n' },
    schema: { fields: table.columns.map(fieldOf), missingValues: ['', ...(options.symbols ?? [])] },
  };
}

/**
 * A Data Package (Frictionless, version 1) that describes the CSV files of some Results: columns, titles, units,
 * sources, and the symbols that stand in the place of values.
 */
export function datapackage(results: readonly Result[], options: PackageOptions = {}) {
  const [first] = results;
  const { title, description, created } = options;
  return {
    profile: 'tabular-data-package',
    name: first?.provenance.charter?.service ?? 'wellspent',
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(created === undefined ? {} : { created }),
    created_by: `Wellspent ${first?.provenance.version ?? ''}`.trim(),
    charter: first?.provenance.charter ?? null,
    sources: (options.sources ?? first?.provenance.sources ?? []).map(({ file, sha256 }) => ({
      title: file,
      path: file,
      sha256,
    })),
    resources: [
      ...(options.tables ?? []).map((table) => resourceOf(table, table.id, table.notes ?? [], options)),
      ...results.flatMap((result) =>
        result.tables.map((table) =>
          resourceOf(
            table,
            `${result.id}-${table.id}`,
            [result.answer, ...(table.notes ?? []), ...result.caveats],
            options,
          ),
        ),
      ),
    ],
  };
}

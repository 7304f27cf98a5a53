import type { ColumnType, Result } from '../../core/index.ts';

const fieldTypes: Partial<Record<ColumnType, string>> = {
  text: 'string',
  period: 'string',
  date: 'date',
  time: 'datetime',
};

/** A Data Package (Frictionless, version 1) that describes the CSV files of some Results: columns, titles, units, sources. */
export function datapackage(results: readonly Result[]) {
  const [first] = results;
  return {
    profile: 'tabular-data-package',
    name: first?.provenance.charter?.service ?? 'wellspent',
    created_by: `Wellspent ${first?.provenance.version ?? ''}`.trim(),
    charter: first?.provenance.charter ?? null,
    sources: (first?.provenance.sources ?? []).map(({ file, sha256 }) => ({
      title: file,
      path: file,
      sha256,
    })),
    resources: results.flatMap((result) =>
      result.tables.map((table) => ({
        name: `${result.id}-${table.id}`,
        path: `${result.id}-${table.id}.csv`,
        title: table.title,
        description: [result.answer, ...(table.notes ?? []), ...result.caveats].join(' '),
        profile: 'tabular-data-resource',
        dialect: { lineTerminator: '\r\n' },
        schema: {
          fields: table.columns.map(({ key, title, type }) => ({
            name: key,
            title,
            type: fieldTypes[type] ?? 'number',
            ...(fieldTypes[type] ? {} : { unit: type }),
          })),
          missingValues: [''],
        },
      })),
    ),
  };
}

import type { Chart } from '../../core/index.ts';
import { renderChart } from '../charts/render-chart.ts';
import { lowSymbol } from '../disclosure/round-rows.ts';
import { notAvailable } from '../spreadsheet/content-xml.ts';
import { writeSpreadsheet } from '../spreadsheet/write-spreadsheet.ts';
import { tableToCsv } from '../tables/csv.ts';
import { datapackage } from '../tables/datapackage.ts';
import { tablesToParquet } from '../tables/parquet.ts';
import type { Publication } from './publication.ts';
import { publicationWorkbook } from './publication-workbook.ts';

/** One file of a publication: its path in the folder, and its bytes. */
export interface PublicationFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const text = (path: string, words: string): PublicationFile => ({ path, bytes: encoder.encode(words) });
const json = (path: string, content: unknown) => text(path, `${JSON.stringify(content, null, 2)}\n`);

/** False for a chart of which protection left nothing to draw. */
function hasMarks(chart: Chart): boolean {
  switch (chart.kind) {
    case 'line':
      return chart.series.some(({ points }) => points.some(({ y }) => y !== null));
    case 'bar':
      return chart.bars.length > 0;
    case 'process-map':
      return chart.nodes.length > 0;
  }
}

/**
 * The files of a publication: each table as CSV and as Parquet, described by `datapackage.json`; each chart as
 * SVG; one spreadsheet; and `figures.csv`, where every figure has its definition, source and method.
 */
export async function publicationFiles(
  publication: Publication,
  made: Date,
): Promise<readonly PublicationFile[]> {
  const { service, title, purpose, figures, guarded, data } = publication;
  const named = guarded.results.flatMap((result) =>
    result.tables.map((table) => ({ name: `${result.id}-${table.id}`, table })),
  );
  const tables = [{ name: figures.id, table: figures }, ...named];
  const packed = await tablesToParquet(tables.map(({ table }) => table));
  const described = datapackage(guarded.results, {
    symbols: [...new Set([guarded.profile.symbol, notAvailable, lowSymbol])],
    title,
    description: purpose,
    created: made.toISOString(),
    sources: data.extracts,
    tables: [figures],
    folder: 'csv',
  });
  return [
    json('datapackage.json', described),
    { path: `${service}.ods`, bytes: writeSpreadsheet(publicationWorkbook(publication, made)) },
    ...tables.map(({ name, table }) => text(`csv/${name}.csv`, tableToCsv(table))),
    ...tables.flatMap(({ name }, i) => {
      const bytes = packed[i];
      return bytes ? [{ path: `parquet/${name}.parquet`, bytes }] : [];
    }),
    ...guarded.results.flatMap((result) =>
      result.charts
        .filter(hasMarks)
        .map((chart) => text(`charts/${result.id}-${chart.id}.svg`, `${renderChart(chart, 'wide')}\n`)),
    ),
  ];
}

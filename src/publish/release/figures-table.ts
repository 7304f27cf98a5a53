import type { CellValue, Column, Figure, Result, Table } from '../../core/index.ts';
import type { RowCells } from './figure-rows.ts';

/** What the figures of a publication share: where the data came from, and what became of their rows. */
export interface DataFacts {
  /** The moment of the latest extract, as ISO text; null where none was brought in. */
  readonly vintage: string | null;
  readonly extracts: readonly { readonly file: string; readonly sha256: string }[];
  readonly rowsSetAside: number | string;
  /** "DATE_UNREADABLE 35; ROW_TWICE [low]". */
  readonly reasons: string;
  readonly unmeasured: readonly string[];
}

const column = (key: string, title: string, type: Column['type'] = 'text'): Column => ({ key, title, type });

const columns: readonly Column[] = [
  column('result', 'Part'),
  column('figure', 'Figure'),
  column('period', 'Period', 'period'),
  column('value', 'Value', 'number'),
  column('unit', 'Unit'),
  column('low', 'Lower end of the interval', 'number'),
  column('high', 'Upper end of the interval', 'number'),
  column('level', 'Level of the interval', 'number'),
  column('interval_method', 'Method of the interval'),
  column('interval_meaning', 'What the interval means'),
  column('note', 'Note'),
  column('definition', 'Definition'),
  column('definition_version', 'Version of the definitions'),
  column('definition_hash', 'Hash of the definitions (SHA-256)'),
  column('vintage', 'Data brought in'),
  column('rows_table', 'Table whose rows are behind it'),
  column('rows_used', 'Rows of it that the figure uses', 'count'),
  column('rows_left_out', 'Rows of it that the figure leaves out', 'count'),
  column('rows_note', 'Why rows are not counted, and other tables'),
  column('rows_set_aside', 'Rows of the extracts set aside', 'count'),
  column('set_aside_reasons', 'Why rows were set aside'),
  column('method', 'Method'),
  column('settings', 'Settings and weights'),
  column('quality_coverage', 'Share of output whose quality is measured', 'number'),
  column('cautions', 'Cautions, breaks and what is not measured'),
  column('seed', 'Seed', 'number'),
  column('code', 'Version of the code'),
  column('extracts', 'Extracts with their hashes (SHA-256)'),
];

const unitWords: Readonly<Record<string, string>> = {
  share: 'share, 0 to 1',
  growth: 'growth, 0.01 is 1%',
  'percentage-points': 'points, 0.01 is one point',
  index: 'index',
};

/** The share of output whose quality is measured, as the quality Result of the publication tells it. */
function coverageOf(results: readonly Result[]): number | null {
  const figures = results.flatMap((result) => result.figures);
  return figures.find(({ id }) => id === 'quality-coverage')?.value ?? null;
}

/** Every figure of a publication with all that is needed to read it and to work it out again. */
export function figuresTable(
  service: string,
  results: readonly Result[],
  data: DataFacts,
  rowsOf: (result: string, figure: Figure) => RowCells,
): Table {
  const coverage = coverageOf(results);
  const extracts = data.extracts.map(({ file, sha256 }) => `${file} ${sha256}`).join('; ');
  return {
    id: 'figures',
    title: 'Figures, each with its definition, source and method',
    columns,
    rows: results.flatMap(({ id, figures, caveats, provenance }) =>
      figures.map((figure): Record<string, CellValue> => {
        const { interval } = figure;
        return {
          result: id,
          figure: figure.name,
          period: figure.period,
          value: figure.value,
          unit: unitWords[figure.unit] ?? figure.unit,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          level: interval?.level ?? null,
          interval_method: interval?.method ?? null,
          interval_meaning: interval?.meaning ?? null,
          note: figure.note ?? null,
          definition: `${service}/${id}/${figure.id}`,
          definition_version: provenance.charter?.version ?? null,
          definition_hash: provenance.charter?.hash ?? null,
          vintage: data.vintage,
          ...rowsOf(id, figure),
          rows_set_aside: data.rowsSetAside,
          set_aside_reasons: data.reasons,
          method: provenance.method,
          settings: Object.entries(provenance.parameters)
            .map(([name, value]) => `${name}: ${String(value)}`)
            .join('; '),
          quality_coverage: id.startsWith('measure-') ? coverage : null,
          cautions: [...caveats, ...data.unmeasured.map((what) => `Not measured: ${what}`)]
            .filter((text, i, all) => all.indexOf(text) === i)
            .join(' '),
          seed: provenance.seed,
          code: provenance.version,
          extracts,
        };
      }),
    ),
  };
}

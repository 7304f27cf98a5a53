import { type CellValue, formatValue, type Provenance } from '../../core/index.ts';
import { texts } from '../texts.ts';

interface Row {
  readonly key: string;
  readonly value: string;
  readonly hash?: string;
}

/** "How this was worked out", ready to print. */
export interface WorkingView {
  readonly facts: readonly Row[];
  readonly sources: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly counts: string;
  }[];
  readonly queries: readonly {
    readonly title: string;
    readonly purpose: string;
    readonly sql: string;
    readonly values: string | null;
  }[];
  readonly recompute: readonly { readonly title: string; readonly command: string }[];
}

function literal(value: CellValue): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function definition({ charter }: Provenance): Row {
  const key = texts.working.definition;
  if (!charter) return { key, value: texts.working.noDefinition };
  return { key, value: texts.working.definitionText(charter.service, charter.version), hash: charter.hash };
}

function settings(parameters: Provenance['parameters']): readonly Row[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return [];
  return [
    {
      key: texts.working.parameters,
      value: entries.map(([name, value]) => `${name}: ${formatValue(value, 'text')}`).join('; '),
    },
  ];
}

function facts(provenance: Provenance): readonly Row[] {
  const seed = provenance.seed === null ? [] : [{ key: texts.working.seed, value: String(provenance.seed) }];
  return [
    { key: texts.working.method, value: provenance.method },
    definition(provenance),
    ...settings(provenance.parameters),
    ...seed,
    { key: texts.working.version, value: provenance.version },
  ];
}

/** A `wellspent calc` call as a reader pastes it into a shell: the input as a here-document. */
function calcCommand(method: string, input: unknown): string {
  return `wellspent calc ${method} <<'JSON'\n${JSON.stringify(input)}\nJSON`;
}

/** Formats a provenance. */
export function viewWorking(provenance: Provenance): WorkingView {
  return {
    facts: facts(provenance),
    sources: provenance.sources.map((source) => ({
      file: source.file,
      sha256: source.sha256,
      counts: texts.working.counts(
        formatValue(source.rowsIn, 'count'),
        formatValue(source.rowsUsed, 'count'),
        formatValue(source.rowsSetAside, 'count'),
      ),
    })),
    queries: provenance.queries.map((query, i) => ({
      title: texts.working.query(i + 1, query.name),
      purpose: query.purpose,
      sql: query.sql,
      values: query.values.length === 0 ? null : query.values.map(literal).join(', '),
    })),
    recompute: provenance.recompute.map(({ method, input }, i) => ({
      title: texts.working.recomputeItem(i + 1, method),
      command: calcCommand(method, input),
    })),
  };
}

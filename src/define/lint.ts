import type { WellspentError } from '../core/index.ts';
import { type ColumnSpec, canonicalTables } from '../stores/index.ts';
import type { LoadedCharter } from './charter/charter.ts';
import { charterExpressions } from './charter-expressions.ts';
import { checkExpression, parseExpression } from './expression/index.ts';
import { clockColumns, derivedColumns, factSchema } from './facts/fact-columns.ts';
import { faultAt } from './fault-at.ts';
import { didYouMean, nearestName } from './suggest.ts';
import type { Path } from './yaml-source.ts';

function expressionFaults(loaded: LoadedCharter, cases: readonly ColumnSpec[]): readonly WellspentError[] {
  const schema = factSchema(cases, loaded.charter.clocks ?? [], false);
  return charterExpressions(loaded.charter).flatMap(({ path, text, wanted }) => {
    const { expression } = parseExpression(text);
    if (!expression) return [];
    return checkExpression(expression, schema, wanted).map((fault) =>
      faultAt(
        loaded,
        fault.about === 'column' ? 'CHARTER_COLUMN_MISSING' : 'CHARTER_EXPRESSION',
        path,
        `in "${text}", at character ${fault.span.start + 1}: ${fault.message}.`,
        { found: text.slice(fault.span.start, fault.span.end), hint: fault.hint },
      ),
    );
  });
}

function takenColumns(loaded: LoadedCharter, cases: readonly ColumnSpec[]): readonly WellspentError[] {
  const names = new Map(cases.map((column) => [column.name.toLowerCase(), column.name]));
  const clocks = loaded.charter.clocks ?? [];
  const pathOf = (name: string): Path => {
    const index = clocks.findIndex((clock) => clockColumns(clock).some((column) => column.name === name));
    return index >= 0 ? ['clocks', index, 'id'] : ['extracts'];
  };
  return derivedColumns(clocks).flatMap(({ name }) => {
    const taken = names.get(name);
    if (taken === undefined) return [];
    return [
      faultAt(loaded, 'CHARTER_COLUMN_TAKEN', pathOf(name), `the cases already have a column "${taken}".`, {
        found: taken,
        hint: `map: {source_${taken.replaceAll(/\W+/g, '_')}: ${taken}}`,
      }),
    ];
  });
}

function namedColumns(
  loaded: LoadedCharter,
): readonly { readonly path: Path; readonly name: string; readonly isTime: boolean }[] {
  const { charter } = loaded;
  const { cluster } = charter.reporting;
  const owners =
    cluster === undefined ? [] : [{ path: ['reporting', 'cluster'], name: cluster, isTime: false }];
  const ofClocks = (charter.clocks ?? []).flatMap((clock, index) =>
    (['start', 'stop'] as const).flatMap((end) => {
      const moment = clock[end];
      return 'column' in moment
        ? [{ path: ['clocks', index, end, 'column'], name: moment.column, isTime: true }]
        : [];
    }),
  );
  return [...owners, ...ofClocks];
}

function columnFaults(
  loaded: LoadedCharter,
  named: ReturnType<typeof namedColumns>,
  columns: readonly ColumnSpec[],
): readonly WellspentError[] {
  const known = new Map(columns.map((column) => [column.name, column.kind]));
  return named.flatMap(({ path, name, isTime }) => {
    const kind = known.get(name);
    if (kind === undefined) {
      const near = nearestName(name, known.keys());
      return [
        faultAt(loaded, 'CHARTER_COLUMN_MISSING', path, `the cases have no column "${name}".`, {
          found: [...known.keys()].join(', '),
          hint: near === undefined ? didYouMean(name, [...known.keys()]) : `${path.at(-1)}: ${near}`,
        }),
      ];
    }
    if (isTime && kind !== 'timestamp' && kind !== 'date')
      return [
        faultAt(loaded, 'CHARTER_COLUMN_KIND', path, `the column "${name}" holds no times.`, {
          found: kind,
          hint: `name one of: ${columns
            .filter((column) => column.kind === 'timestamp')
            .map((column) => column.name)
            .join(', ')}`,
        }),
      ];
    return [];
  });
}

/** Faults that stand in the way of working out facts about cases: conditions and clocks against the columns of `cases`. */
export function factFaults(loaded: LoadedCharter, cases: readonly ColumnSpec[]): readonly WellspentError[] {
  return [
    ...takenColumns(loaded, cases),
    ...columnFaults(loaded, namedColumns(loaded), cases),
    ...expressionFaults(loaded, cases),
  ];
}

function faultsAgainst(loaded: LoadedCharter, cases: readonly ColumnSpec[]): readonly WellspentError[] {
  const { charter } = loaded;
  const all = [...cases, ...derivedColumns(charter.clocks ?? [])];
  const others = [
    ...(charter.groups ?? []).map((group, index) => ({
      path: ['groups', index, 'column'],
      name: group.column,
      isTime: false,
    })),
    ...(charter.units
      ? [
          { path: ['units', 'column'], name: charter.units.column, isTime: false },
          ...(charter.units.case_mix ?? []).map((name, index) => ({
            path: ['units', 'case_mix', index],
            name,
            isTime: false,
          })),
        ]
      : []),
    ...charter.outputs.flatMap((output, index) =>
      output.from === 'cases' && output.at !== undefined
        ? [{ path: ['outputs', index, 'at'], name: output.at, isTime: true }]
        : [],
    ),
  ];
  return [...factFaults(loaded, cases), ...columnFaults(loaded, others, all)];
}

/**
 * What the charter asks of the data that they do not have; `columns` are those of the canonical tables. `waiting`
 * names the columns of cases that extracts not brought in yet will add, of unknown kind; null where it cannot be
 * told which they are, so that no column can be said to be missing.
 */
export function lintCharter(
  loaded: LoadedCharter,
  columns: Readonly<Record<string, readonly ColumnSpec[]>>,
  waiting: readonly string[] | null = [],
): readonly WellspentError[] {
  const cases = columns.cases ?? canonicalTables.cases;
  const names = new Set(cases.map(({ name }) => name));
  const added = (waiting ?? [])
    .filter((name) => !names.has(name))
    .map((name): ColumnSpec => ({ name, kind: 'text' }));
  const isOfNames = ({ code }: WellspentError) =>
    code === 'CHARTER_COLUMN_TAKEN' || code === 'CHARTER_COLUMN_MISSING';
  return [
    ...faultsAgainst(loaded, cases).filter((fault) => !isOfNames(fault)),
    ...faultsAgainst(loaded, [...cases, ...added])
      .filter(isOfNames)
      .filter(({ code }) => waiting !== null || code === 'CHARTER_COLUMN_TAKEN'),
  ].toSorted((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0));
}

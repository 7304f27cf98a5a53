import type { QueryRecord } from '../../core/index.ts';
import { type ColumnSpec, type Identifier, type QueryStep, sql, type Warehouse } from '../../stores/index.ts';
import type { ConcurrentSteps } from './concurrency.ts';
import { enableInstances } from './enabled.ts';
import { readColumns } from './read-columns.ts';

/** What let each instance of a log begin, by its number less one. */
export interface LogEnabling {
  /** When it could begin, in microseconds since 1970. */
  readonly enabled: Float64Array;
  /** The number of the instance that let it begin; 0 for the first of a case. */
  readonly source: Int32Array;
  /** The numbers of its step and its case. */
  readonly steps: Int32Array;
  readonly cases: Int32Array;
  /** Instants that end exactly when their predecessor ends, and so fall back to an earlier one. */
  readonly fallenBack: number;
}

const rowsAtOnce = 200_000;

function instancesBetween(table: Identifier, from: number, to: number): QueryStep {
  return {
    name: 'wait_instances_in_cases',
    purpose:
      'Pieces of work in order of case, finish and place in the source. From each the search goes back to the latest that finished by its start, before its finish, and is not worked side by side with it.',
    sql: sql`select case_no, step_no, started, finished from ${table} where id between ${from} and ${to} order by id`,
  };
}

/** Works out, a range of cases at a time, what let each of so many instances of a table begin. */
export async function enableLog(
  warehouse: Warehouse,
  table: Identifier,
  size: number,
  concurrent: ConcurrentSteps,
  log: QueryRecord[],
): Promise<LogEnabling> {
  const enabled = new Float64Array(size);
  const source = new Int32Array(size);
  const steps = new Int32Array(size);
  const cases = new Int32Array(size);
  let fallenBack = 0;
  let asked = rowsAtOnce;
  log.push(warehouse.explain(instancesBetween(table, 1, Math.min(size, asked))));
  for (let from = 1; from <= size; ) {
    const to = Math.min(size, from + asked - 1);
    const read = await readColumns(
      warehouse,
      ['case_no', 'step_no', 'started', 'finished'],
      instancesBetween(table, from, to).sql,
    );
    let whole = to - from + 1;
    // The last case may go on beyond what was read.
    if (to < size) {
      const last = read.case_no[whole - 1];
      while (whole > 0 && read.case_no[whole - 1] === last) whole--;
    }
    if (whole === 0) {
      asked *= 2;
      continue;
    }
    const found = enableInstances(
      {
        cases: read.case_no.subarray(0, whole),
        steps: read.step_no.subarray(0, whole),
        started: read.started.subarray(0, whole),
        finished: read.finished.subarray(0, whole),
      },
      concurrent,
    );
    enabled.set(found.enabled, from - 1);
    steps.set(read.step_no.subarray(0, whole), from - 1);
    cases.set(read.case_no.subarray(0, whole), from - 1);
    found.source.forEach((row, i) => {
      source[from - 1 + i] = row < 0 ? 0 : from + row;
    });
    fallenBack += found.fallenBack;
    from += whole;
  }
  return { enabled, source, steps, cases, fallenBack };
}

const columns: readonly ColumnSpec[] = [
  { name: 'id', kind: 'integer' },
  { name: 'enabled', kind: 'integer' },
  { name: 'source', kind: 'integer' },
];

/** Makes a table `(id, enabled, source)`, which the sums over connections are taken from. */
export async function loadEnabling(
  warehouse: Warehouse,
  { enabled, source }: LogEnabling,
  into: string,
): Promise<void> {
  await warehouse.createTable(into, columns);
  for (let from = 0; from < source.length; from += rowsAtOnce) {
    const to = Math.min(source.length, from + rowsAtOnce);
    await warehouse.append(into, columns, [
      Float64Array.from({ length: to - from }, (_, i) => from + i + 1),
      enabled.subarray(from, to),
      Float64Array.from(source.subarray(from, to)),
    ]);
  }
}

import { periodStart, type QueryRecord } from '../core/index.ts';
import type { Input } from '../define/index.ts';
import { identifier, type Row, runStep, sql } from '../stores/index.ts';
import type { Cell, CostRow, InputCell, Stat } from './cells.ts';
import { refuseFaultyTotals } from './check-totals.ts';
import type { MeasurePlan } from './plan.ts';
import type { MeasureWorkspace } from './workspace.ts';

/** Aggregates as brought in, folded into the reporting periods. */
export interface Tables {
  readonly cells: readonly Cell[];
  readonly costs: readonly CostRow[];
  readonly inputs: readonly InputCell[];
  /** The inputs, in the charter's order, or as the table names them where the charter lists none. */
  readonly inputList: readonly InputItem[];
  /** Days for which the tables hold rows, to tell a whole period from a part. */
  readonly dates: ReadonlySet<string>;
  /** Names in the tables that the charter does not know, with their rows. */
  readonly unknown: readonly { readonly table: string; readonly name: string; readonly rows: number }[];
  /** Quality values from the table: true where each lies between 0 and 1 and so is read as a share. */
  readonly shares: readonly (boolean | null)[];
}

export interface InputItem {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** How the volume was had, for the page. */
  readonly volumeFrom: 'volume' | 'deflated cost' | 'none';
  /** What the charter declares of its error; null where it says nothing and the input counts as exact. */
  readonly error: InputErrorDeclared | null;
}

type InputErrorDeclared = NonNullable<Input['error']>;

async function rowsOf(
  workspace: MeasureWorkspace,
  table: 'volumes' | 'quality' | 'inputs',
  columns: readonly string[],
  log: QueryRecord[],
): Promise<readonly Row[]> {
  if (!workspace.tables.has(table)) return [];
  const { warehouse } = workspace;
  const list = columns.map((name) => identifier(name));
  const [a, b, c, d, e, f] = list;
  const selected =
    list.length === 6
      ? sql`${a ?? null}, ${b ?? null}, ${c ?? null}, ${d ?? null}, ${e ?? null}, ${f ?? null}`
      : sql`${a ?? null}, ${b ?? null}, ${c ?? null}, ${d ?? null}, ${e ?? null}`;
  return runStep(
    warehouse,
    {
      name: `rows-of-${table}`,
      purpose: `Reads the table of ${table} as brought in, in order.`,
      sql: sql`select ${selected} from ${identifier(table)}
        order by ${list[0] ?? null} nulls last, ${list[1] ?? null} nulls last, ${list[2] ?? null} nulls last`,
    },
    log,
  );
}

const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));

function collectVolumes(plan: MeasurePlan, rows: readonly Row[], ids: ReadonlyMap<string, number>) {
  const cells: Cell[] = [];
  const costs: CostRow[] = [];
  for (const row of rows) {
    const output = ids.get(String(row.output));
    const quantity = number(row.quantity);
    if (output === undefined || row.period === null || quantity === null) continue;
    const date = String(row.period);
    const period = periodStart(plan.grain, date);
    const block = periodStart(plan.blockGrain, date);
    cells.push({
      output,
      period,
      block,
      kind: 'aggregate',
      count: quantity,
      stats: plan.measures.map(() => null),
    });
    const unitCost = number(row.unit_cost);
    if (unitCost !== null)
      costs.push({ output, period, quantity, cost: unitCost * quantity + (number(row.fixed_cost) ?? 0) });
  }
  return { cells, costs };
}

/** Lays each quality row on the outputs its measure speaks for: its own output, or all where it names none. */
function collectQuality(plan: MeasurePlan, rows: readonly Row[], ids: ReadonlyMap<string, number>) {
  const cells: Cell[] = [];
  for (const row of rows) {
    if (row.period === null || row.value === null) continue;
    const date = String(row.period);
    const named = row.output === null || row.output === 'all' ? null : ids.get(String(row.output));
    for (const { index, measure, outputs } of plan.measures) {
      if (measure.from !== 'quality' || (measure.measure ?? measure.id) !== row.measure) continue;
      const speaks = named === null ? outputs : outputs.filter((o) => o === named);
      for (const output of speaks) {
        const n = number(row.n) ?? 1;
        const value = Number(row.value);
        const stats: (Stat | null)[] = plan.measures.map(() => null);
        stats[index] = { n, sum: n * value, squares: n * value * value };
        cells.push({
          output,
          period: periodStart(plan.grain, date),
          block: periodStart(plan.blockGrain, date),
          kind: 'aggregate',
          count: null,
          stats,
        });
      }
    }
  }
  return cells;
}

function collectInputs(plan: MeasurePlan, rows: readonly Row[]) {
  const declared = plan.charter.inputs ?? [];
  const named =
    declared.length > 0
      ? declared.map((input) => ({
          id: input.id,
          title: input.title,
          category: input.category as string,
          name: input.input ?? input.id,
          error: input.error ?? null,
        }))
      : [...new Map(rows.map((row) => [String(row.input), row])).values()].map((row) => ({
          id: String(row.input),
          title: String(row.input),
          category: String(row.category ?? 'not stated'),
          name: String(row.input),
          error: null,
        }));
  const cells: InputCell[] = [];
  const list = named.map(({ id, title, category, name, error }, input): InputItem => {
    const own = rows.filter((row) => row.input === name && row.period !== null);
    const byVolume = own.length > 0 && own.every((row) => row.volume !== null);
    const deflated = own.length > 0 && own.every((row) => row.cost !== null && Number(row.deflator) > 0);
    for (const row of own) {
      const date = String(row.period);
      const cost = number(row.cost);
      const volume = byVolume ? number(row.volume) : deflated ? Number(cost) / Number(row.deflator) : null;
      cells.push({
        input,
        period: periodStart(plan.grain, date),
        block: periodStart(plan.blockGrain, date),
        volume,
        cost,
      });
    }
    return {
      id,
      title,
      category,
      volumeFrom: byVolume ? 'volume' : deflated ? 'deflated cost' : 'none',
      error,
    };
  });
  return { cells, list };
}

function namesUnknown(
  table: string,
  rows: readonly Row[],
  column: string,
  known: ReadonlySet<string>,
): readonly { readonly table: string; readonly name: string; readonly rows: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = row[column];
    if (name === null || name === undefined || known.has(String(name))) continue;
    counts.set(String(name), (counts.get(String(name)) ?? 0) + 1);
  }
  return [...counts].map(([name, n]) => ({ table, name, rows: n }));
}

/** Reads the tables of aggregates: volumes with unit costs, quality, inputs. Impossible or doubled rows are errors. */
export async function collectTables(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  log: QueryRecord[],
): Promise<Tables> {
  await refuseFaultyTotals(workspace);
  const volumes = await rowsOf(
    workspace,
    'volumes',
    ['period', 'output', 'quantity', 'unit_cost', 'fixed_cost'],
    log,
  );
  const quality = await rowsOf(workspace, 'quality', ['period', 'measure', 'output', 'value', 'n'], log);
  const inputs = await rowsOf(
    workspace,
    'inputs',
    ['period', 'input', 'category', 'volume', 'cost', 'deflator'],
    log,
  );
  const ids = new Map(
    plan.outputs.flatMap((output, o) => (output.from === 'volumes' ? [[output.id, o]] : [])),
  );
  const allIds = new Map(plan.outputs.map((output, o) => [output.id, o]));
  const { cells, costs } = collectVolumes(plan, volumes, ids);
  const { cells: inputCells, list } = collectInputs(plan, inputs);
  const tableMeasures = plan.measures.filter(({ measure }) => measure.from === 'quality');
  const shares = plan.measures.map(({ measure }) => {
    const name = measure.measure ?? measure.id;
    const values = quality
      .filter((row) => row.measure === name && row.value !== null)
      .map((row) => Number(row.value));
    if (measure.from !== 'quality' || values.length === 0) return null;
    return values.every((value) => value >= 0 && value <= 1);
  });
  return {
    cells: [...cells, ...collectQuality(plan, quality, allIds)],
    costs,
    inputs: inputCells,
    inputList: list,
    dates: new Set(volumes.map((row) => String(row.period))),
    unknown: [
      ...namesUnknown('volumes', volumes, 'output', new Set(ids.keys())),
      ...namesUnknown(
        'quality',
        quality,
        'measure',
        new Set([
          ...tableMeasures.map(({ measure }) => measure.measure ?? measure.id),
          ...(plan.charter.targets ?? []).flatMap(({ units }) => units?.measure ?? []),
        ]),
      ),
      ...(plan.charter.inputs
        ? namesUnknown(
            'inputs',
            inputs,
            'input',
            new Set(plan.charter.inputs.map((input) => input.input ?? input.id)),
          )
        : []),
    ],
    shares,
  };
}

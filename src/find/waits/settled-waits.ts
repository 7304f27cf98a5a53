import { type ColumnSpec, identifier, joinSql, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { waitCauses } from './causes.ts';
import type { Claims } from './claims.ts';
import { settleSlices, wholeWait } from './precedence.ts';
import { GrowingColumn } from './read-columns.ts';

const specs: readonly ColumnSpec[] = ['id', ...waitCauses].map((name) => ({ name, kind: 'integer' }));
const pieceSpecs: readonly ColumnSpec[] = ['id', 'lo', 'hi', 'cause'].map((name) => ({
  name,
  kind: 'integer',
}));
const rowsAtOnce = 50_000;
const mostChecked = 100_000;

/** Settled waits on their way into a table, and the claims of the first of them to check against the query. */
export class SettledWaits {
  readonly #warehouse: Warehouse;
  readonly #table: string;
  readonly #columns = specs.map(() => new GrowingColumn());
  readonly #pieces = pieceSpecs.map(() => new GrowingColumn());

  private constructor(warehouse: Warehouse, table: string) {
    this.#warehouse = warehouse;
    this.#table = table;
  }

  /** Makes the table `(id, ...causes)`, microseconds by cause. */
  static async into(warehouse: Warehouse, table: string): Promise<SettledWaits> {
    await warehouse.createTable(table, specs);
    return new SettledWaits(warehouse, table);
  }

  get isFull(): boolean {
    return (this.#columns[0]?.size ?? 0) >= rowsAtOnce;
  }

  add(id: number, lengths: Float64Array): void {
    this.#columns[0]?.add(id);
    for (let cause = 0; cause < lengths.length; cause++)
      this.#columns[cause + 1]?.add(lengths[cause] as number);
  }

  /** Keeps the claims of a wait, as long as there are few. */
  keepToCheck(id: number, from: number, to: number, claims: Claims): void {
    if ((this.#pieces[0]?.size ?? 0) >= mostChecked) return;
    const keep = (...values: readonly number[]) =>
      values.forEach((value, c) => {
        this.#pieces[c]?.add(value);
      });
    keep(id, from, to, wholeWait);
    claims.each((begin, end, cause) => keep(id, begin, end, cause));
  }

  /** Puts what has come so far into the table. */
  async flush(): Promise<void> {
    if (this.#columns[0]?.size)
      await this.#warehouse.append(
        this.#table,
        specs,
        this.#columns.map((column) => column.values()),
      );
    for (const column of this.#columns) column.clear();
  }

  /** Settles the claims that were kept by the boundary sweep in SQL, and fails unless it comes to the same. */
  async check(): Promise<void> {
    const warehouse = this.#warehouse;
    await this.flush();
    await warehouse.createTable('wait_pieces', pieceSpecs);
    if (!this.#pieces[0]?.size) return;
    await warehouse.append(
      'wait_pieces',
      pieceSpecs,
      this.#pieces.map((column) => column.values()),
    );
    const differs = joinSql(
      waitCauses.map((cause) => sql`s.${identifier(cause)} <> c.${identifier(cause)}`),
      ' or ',
    );
    const [wrong] = await warehouse.query<Row & { n: number }>(
      sql`select count(*) as n from (${settleSlices().sql}) as s join ${identifier(this.#table)} as c on c.id = s.id where ${differs}`,
    );
    if (wrong?.n !== 0) throw new Error(`${wrong?.n} waits are settled otherwise by the boundary sweep`);
  }
}

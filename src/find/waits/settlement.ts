import { type WaitCause, waitCauses } from './causes.ts';
import { Claims } from './claims.ts';
import type { MetWorker, SplitSettings } from './met-worker.ts';
import type { SettledWaits } from './settled-waits.ts';

/** Microseconds by cause, summed over waits. */
export type CauseSums = Readonly<Record<WaitCause, number>>;

/** Settles waits, into a table where one is asked for, and sums those of the sample. */
export class Settlement {
  readonly #settings: SplitSettings;
  readonly #table: SettledWaits | null;
  readonly #claims = new Claims();
  readonly #lengths = new Float64Array(waitCauses.length);
  readonly #sampled: readonly Float64Array[];

  constructor(settings: SplitSettings, table: SettledWaits | null) {
    this.#settings = settings;
    this.#table = table;
    this.#sampled = settings.gaps.map(() => new Float64Array(waitCauses.length));
  }

  #settle(id: number, { rows, explainer }: MetWorker, row: number, pause: number): void {
    this.#claims.begin(rows.enabled[row] as number, rows.started[row] as number);
    explainer.explain(pause, row, this.#claims);
    this.#settings.statusPieces?.claim(id, this.#claims);
    if (pause === 0)
      this.#table?.keepToCheck(id, rows.enabled[row] as number, rows.started[row] as number, this.#claims);
    this.#claims.settle(this.#lengths);
  }

  settleRow(met: MetWorker, row: number): void {
    const { enabling, isSampled, gaps } = this.#settings;
    const { ids, rows, explainer } = met;
    const id = ids[row] as number;
    if (enabling.source[id - 1] === 0 || (rows.started[row] as number) <= (rows.enabled[row] as number))
      return;
    const inSample = isSampled(id);
    if (this.#table === null && !inSample) return;
    this.#settle(id, met, row, 0);
    this.#table?.add(id, this.#lengths);
    if (!inSample) return;
    this.#addToSums(0);
    // Those that no other pause can change come first, while the lengths are still theirs.
    for (let pause = 1; pause < gaps.length; pause++)
      if (!explainer.differs(pause, row)) this.#addToSums(pause);
    for (let pause = 1; pause < gaps.length; pause++)
      if (explainer.differs(pause, row)) {
        this.#settle(id, met, row, pause);
        this.#addToSums(pause);
      }
  }

  #addToSums(pause: number): void {
    const sums = this.#sampled[pause];
    if (!sums) return;
    for (let cause = 0; cause < sums.length; cause++)
      sums[cause] = (sums[cause] as number) + (this.#lengths[cause] as number);
  }

  sums(): readonly CauseSums[] {
    return this.#sampled.map(
      (sums) =>
        Object.fromEntries(waitCauses.map((cause, i) => [cause, sums[i]])) as Record<WaitCause, number>,
    );
  }
}

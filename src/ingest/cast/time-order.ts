import { type CastTexts, textAt } from './cast-texts.ts';
import { type Numbers, numberAt, plainNumbers } from './coded-numbers.ts';
import type { Column } from './column-caster.ts';
import type { RowFaults } from './row-faults.ts';

/** What tells the order of the rows of a batch in their cases. */
interface TimesOfRows {
  readonly ids: CastTexts;
  readonly started: Numbers | undefined;
  readonly finished: Numbers | undefined;
}

/** Sets aside rows that finish before they start. */
function setAsideTurned(started: Numbers, finished: Numbers, rows: number, faults: RowFaults): void {
  for (let row = 0; row < rows; row++)
    if (numberAt(finished, row) < numberAt(started, row))
      faults.set(row, 'finished', null, 'FINISH_BEFORE_START');
}

/** Cases remembered near a clock change. */
const mostCases = 100_000;

/** Later instants of wall clocks that happened twice, by the column of times and the row. */
type LaterInstants = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Puts times of batches, one after the other, in the order that their cases ask for. */
export class TimeOrder {
  /** The last instant of a case near a clock change: a wall clock that happened twice must not go back in its case. */
  readonly #lastInstants = new Map<string, number>();

  /** Settles wall clocks that happened twice, then sets aside what finishes before it starts. */
  settle(main: readonly Column[], later: LaterInstants, faults: RowFaults): void {
    const values = (name: string) => main.find((column) => column.spec.name === name)?.values;
    const ids = values('case_id') as CastTexts | undefined;
    const started = values('started') as Numbers | undefined;
    const finished = values('finished') as Numbers | undefined;
    if (!ids) return;
    if (this.#lastInstants.size > 0 || later.size > 0)
      this.#settleRepeats({ ids, started, finished }, later, faults.bad.length);
    if (started && finished) setAsideTurned(started, finished, faults.bad.length, faults);
  }

  /** Applies the rule for wall clocks that happened twice. */
  #settleRepeats({ ids, ...times }: TimesOfRows, later: LaterInstants, rows: number): void {
    const known = this.#lastInstants;
    // Times of a column in which some happened twice are plain, and are changed where they stand.
    const started = times.started && plainNumbers(times.started);
    const finished = times.finished && plainNumbers(times.finished);
    const startLater = later.get('started');
    const finishLater = later.get('finished');
    for (let i = 0; i < rows; i++) {
      const id = textAt(ids, i);
      const zoneName = startLater?.has(i) || finishLater?.has(i);
      if (!id || !(zoneName || known.size > 0)) continue;
      const before = known.get(id) ?? Number.NEGATIVE_INFINITY;
      if (started && startLater?.has(i) && (started[i] as number) < before)
        started[i] = startLater.get(i) as number;
      if (finished && finishLater?.has(i)) {
        const floor = Math.max(before, started?.[i] || Number.NEGATIVE_INFINITY);
        if ((finished[i] as number) < floor) finished[i] = finishLater.get(i) as number;
      }
      if (known.size > mostCases) known.clear();
      const at = finished && !Number.isNaN(finished[i]) ? finished[i] : started?.[i];
      if (zoneName && at !== undefined && !Number.isNaN(at)) known.set(id, at);
    }
  }
}

import { describe, expect, it } from 'vitest';
import { BatchMeasures } from './batch-measures.ts';
import { batchesOf, type WorkerRows } from './batches.ts';
import { waitCauses } from './causes.ts';
import { concurrentSteps } from './concurrency.ts';
import { bootstrapCases, cycleTimeEfficiency, type TimeSums } from './efficiency.ts';
import { enableInstances } from './enabled.ts';
import { estimateStarts, type FinishedRows } from './estimate-starts.ts';
import { type MadeWork, waitsOf } from './opened-log.test-support.ts';
import { overlapping } from './overlap.ts';
import { lineUp, queueBefore } from './queue.ts';

const columns = (...values: readonly number[]) => Float64Array.from(values);

describe('steps worked side by side', () => {
  const pair = (a: number, b: number, follows: number, returns = 0) => ({ a, b, follows, returns });

  it('follow each other about as often either way', () => {
    expect(concurrentSteps([pair(1, 2, 10), pair(2, 1, 8)]).pairs()).toEqual([
      [1, 2],
      [2, 1],
    ]);
    // dep = (60 - 1) / 62 is over 0.9: the one clearly comes first.
    expect(concurrentSteps([pair(1, 2, 60), pair(2, 1, 1)]).pairs()).toEqual([]);
    expect(concurrentSteps([pair(1, 2, 10)]).pairs()).toEqual([]);
  });

  it('are no loop of two, which comes round again', () => {
    // loop2 = 12 / 13 is over 0.9.
    expect(concurrentSteps([pair(1, 2, 12, 10), pair(2, 1, 12, 2)]).pairs()).toEqual([]);
    // A step that follows itself makes it no loop of two: 20 / 21 is over 0.9.
    const alone = [pair(1, 2, 12, 10), pair(2, 1, 12, 2), pair(1, 1, 20)];
    expect(concurrentSteps(alone).has(1, 2)).toBe(true);
  });
});

describe('what lets a step begin', () => {
  const none = concurrentSteps([]);
  const rows = (started: readonly number[], finished: readonly number[]) => ({
    cases: columns(...started.map(() => 1)),
    steps: columns(...started.map((_, i) => i)),
    started: columns(...started),
    finished: columns(...finished),
  });

  it('is the latest that finished by its start; the first waits for nothing', () => {
    const found = enableInstances(rows([0, 2, 9], [4, 6, 10]), none);
    // The second starts before the first has finished: nothing enables it.
    expect([...found.source]).toEqual([-1, -1, 1]);
    expect([...found.enabled]).toEqual([0, 0, 6]);
  });

  it('is never one that ends at the same instant; such a fall-back is counted', () => {
    const found = enableInstances(rows([0, 3, 5], [2, 5, 5]), none);
    // The third is an instant at the moment the second ends.
    expect([...found.source]).toEqual([-1, 0, 0]);
    expect(found.fallenBack).toBe(1);
  });

  it('is the latest in the file where two finish together', () => {
    expect([...enableInstances(rows([0, 0, 5], [3, 3, 8]), none).source]).toEqual([-1, -1, 1]);
  });
});

describe('batches', () => {
  const rows = (
    ...work: readonly (readonly [enabled: number, from: number, to: number, step?: number])[]
  ) => ({
    enabled: columns(...work.map(([enabled]) => enabled)),
    started: columns(...work.map(([, from]) => from)),
    finished: columns(...work.map(([, , to]) => to)),
    steps: columns(...work.map(([, , , step = 1]) => step)),
  });

  it('are pieces of one step that could all begin before the first did, one after another', () => {
    const { batch, ready } = batchesOf(
      rows([0, 10, 12], [5, 12, 14], [9, 14, 15], [13, 15, 16], [3, 16, 17, 2]),
    );
    // The fourth could not begin before the batch did.
    expect([...batch]).toEqual([1, 1, 1, 0, 0]);
    expect([...ready].slice(0, 3)).toEqual([9, 9, 9]);
  });

  it('end at a pause longer than the gap', () => {
    const work = rows([0, 10, 12], [0, 15, 16]);
    expect([...batchesOf(work).batch]).toEqual([0, 0]);
    expect([...batchesOf(work, 3).batch]).toEqual([1, 1]);
  });

  it('hold work in parallel, with one start and one finish', () => {
    expect([...batchesOf(rows([0, 10, 20], [1, 10, 20], [2, 10, 20])).batch]).toEqual([1, 1, 1]);
  });

  it('count a wait for others outside them from when the batch was ready', () => {
    // Rows 0 and 1 are a batch, ready at 6; the other work runs from 2 to 4 and from 7 to 9.
    const work: WorkerRows = rows([0, 10, 11], [6, 11, 12], [1, 2, 4, 2], [6.5, 7, 9, 2]);
    const stretches = { contention: [] as number[][], prioritisation: [] as number[][] };
    const take = (list: number[][]) => (from: number, to: number) => {
      list.push([from, to]);
    };
    queueBefore(
      work,
      lineUp(work),
      batchesOf(work),
      0,
      take(stretches.contention),
      take(stretches.prioritisation),
    );
    expect(stretches).toEqual({ contention: [], prioritisation: [[7, 9]] });
  });
});

describe('measures of batches', () => {
  it('part the wait of a piece into before, with and inside its batch', () => {
    const work = {
      enabled: columns(5, 9, 2),
      started: columns(10, 12, 20),
      finished: columns(12, 14, 21),
      steps: columns(1, 1, 2),
    };
    const measures = new BatchMeasures();
    measures.add(work, batchesOf(work), columns(3, 3, 3));
    expect(measures.sums()).toEqual([
      {
        ...{ step: 1, team: 3, batches: 1, pieces: 2, parallel: 0, concurrent: 0, sequential: 1 },
        // Ready at 9, begun at 10: four and nothing before, one each with it, nothing and two inside.
        ...{ creation: 4, ready: 2, inside: 2 },
      },
    ]);
  });

  it('tell what is done all at once, overlapping, and one after another', () => {
    const kinds = (started: readonly number[], finished: readonly number[]) => {
      const work = {
        enabled: columns(0, 0),
        started: columns(...started),
        finished: columns(...finished),
        steps: columns(1, 1),
      };
      const measures = new BatchMeasures();
      measures.add(work, batchesOf(work), columns(0, 0));
      const [sums] = measures.sums();
      return [sums?.parallel, sums?.concurrent, sums?.sequential];
    };
    expect(kinds([1, 1], [5, 5])).toEqual([1, 0, 0]);
    expect(kinds([1, 3], [5, 6])).toEqual([0, 1, 0]);
    expect(kinds([1, 5], [5, 6])).toEqual([0, 0, 1]);
  });
});

describe('overlap', () => {
  it('counts pieces that share time with another, but no instants and no batch in parallel', () => {
    const of = (...work: readonly (readonly [number, number])[]) =>
      overlapping({
        started: columns(...work.map(([from]) => from)),
        finished: columns(...work.map(([, to]) => to)),
      });
    expect(of([0, 5], [5, 9])).toBe(0);
    expect(of([0, 5], [4, 9], [9, 12])).toBe(2);
    expect(of([0, 20], [4, 9], [10, 12])).toBe(3);
    expect(of([0, 5], [3, 3])).toBe(0);
    expect(of([0, 5], [0, 5], [5, 9])).toBe(0);
    expect(of([0, 5], [0, 5], [4, 9])).toBe(3);
  });
});

describe('estimated starts', () => {
  const minute = 60e6;
  const nan = Number.NaN;
  const facts = { noSource: -1, isInstant: () => false, lastReturn: () => Number.NEGATIVE_INFINITY };
  const rows = (parts: Partial<FinishedRows>): FinishedRows => ({
    workers: columns(1, 1, 1),
    steps: columns(7, 7, 7),
    started: columns(nan, nan, nan),
    finished: columns(100, 110, 1000).map((minutes) => minutes * minute),
    minutes: columns(nan, nan, nan),
    ...parts,
  });
  const inMinutes = (starts: Float64Array) => [...starts].map((start) => start / minute);
  const enabling = { enabled: columns(90, 95, 110).map((m) => m * minute), source: [0, 0, 0] };

  it('are cut to five times the median of the step', () => {
    // Durations of 10, 10 and 890 minutes: the median is 10.
    expect(inMinutes(estimateStarts(rows({}), { ...facts, enabling }))).toEqual([90, 100, 950]);
  });

  it('are cut to the minutes of work where they are recorded', () => {
    const recorded = rows({ minutes: columns(nan, 4, 15) });
    expect(inMinutes(estimateStarts(recorded, { ...facts, enabling }))).toEqual([90, 106, 985]);
  });

  it('take the median where nothing enables the step, and are no sooner than the return to duty', () => {
    const first = { ...enabling, source: [-1, 0, 0] };
    const started = rows({ started: columns(nan, 104 * minute, 994 * minute) });
    expect(inMinutes(estimateStarts(started, { ...facts, enabling: first }))).toEqual([94, 104, 994]);
    const back = { ...facts, enabling, lastReturn: () => 98 * minute };
    expect(inMinutes(estimateStarts(rows({}), back))[0]).toBe(98);
  });

  it('are the finish for systems, and where the worker is not known', () => {
    expect(inMinutes(estimateStarts(rows({}), { ...facts, enabling, isInstant: () => true }))).toEqual([
      100, 110, 1000,
    ]);
    const nobody = rows({ workers: columns(0, 0, 0), minutes: columns(nan, 5, nan) });
    expect(inMinutes(estimateStarts(nobody, { ...facts, enabling }))).toEqual([100, 105, 1000]);
  });
});

describe('workers that are no person', () => {
  const cases = Array.from({ length: 20 }, (_, i) => i);

  it('give no cause where the worker is not named', async () => {
    const work = cases.flatMap((i): readonly MadeWork[] => [
      { case: i, step: 'a', from: 60 * i, to: 60 * i + 10, worker: 'Ann' },
      { case: i, step: 'b', from: 60 * i + 30, to: 60 * i + 40 },
    ]);
    const { evidence, transitions } = await waitsOf(work);
    expect(transitions).toEqual([
      expect.objectContaining({ fromActor: 'Ann', toActor: null, total: 24_000, unknown_worker: 24_000 }),
    ]);
    expect(evidence.severalShare).toBe(0);
  });

  it('give no cause where over a fifth of their pieces overlap, and say how much of the work is theirs', async () => {
    const work = cases.flatMap((i): readonly MadeWork[] => [
      { case: i, step: 'a', from: 60 * i, to: 60 * i + 10, worker: 'Ann' },
      { case: i, step: 'b', from: 60 * i + 30, to: 60 * i + 100, worker: 'Team' },
    ]);
    const { evidence, transitions } = await waitsOf(work);
    expect(transitions[0]).toMatchObject({ toActor: 'Team', unknown_worker: 24_000, contention: 0 });
    expect(evidence.severalShare).toBe(0.5);
    const { workByTeam } = evidence.explained;
    // Ann's 200 minutes, and the time the team was busy: from 30 to 1240, told once.
    expect([...workByTeam.values()].map((micros) => Math.round(micros / 60e6))).toEqual([200 + 1210]);
  });
});

describe('intervals', () => {
  it('come from redrawn cases, hold the figure, and are the same each time', () => {
    const block = (processing: number, contention: number) => ({
      ...(Object.fromEntries(waitCauses.map((cause) => [cause, 0])) as Record<
        (typeof waitCauses)[number],
        number
      >),
      processing,
      declared: 0,
      contention,
    });
    const blocks = Array.from({ length: 40 }, (_, i) => block(10, i % 4 === 0 ? 30 : 10));
    const sums: TimeSums = { ...block(400, 600) };
    const [interval] = bootstrapCases(blocks, [cycleTimeEfficiency]);
    const value = cycleTimeEfficiency(sums) ?? 0;
    expect(interval?.low).toBeLessThan(value);
    expect(interval?.high).toBeGreaterThan(value);
    expect(bootstrapCases(blocks, [cycleTimeEfficiency])).toEqual([interval]);
    expect(bootstrapCases([], [cycleTimeEfficiency])).toEqual([null]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Row, Warehouse } from '../../stores/index.ts';
import { type Planting, plantedLog, plantedTypes, warehouseOf } from './planted.test-support.ts';
import { possibleWorkarounds } from './possible-workarounds.ts';

/*
 * Workarounds planted in a made-up log, found again from the log alone. `bench/workarounds.ts` does the same for
 * twenty seeds of ten thousand cases; here one seed of each kind holds the door.
 */
const opened: Warehouse[] = [];

afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close();
});

async function search(seed: number, count: number, planting: Planting) {
  const log = plantedLog(seed, count, planting);
  const warehouse = await warehouseOf(log);
  opened.push(warehouse);
  const { found } = await possibleWorkarounds(warehouse, [], []);
  const flagged = new Set<string>();
  for (const { affected } of found)
    for (const row of await warehouse.query<Row & { case_id: string }>(affected)) flagged.add(row.case_id);
  const hits = [...log.planted.keys()].filter((id) => flagged.has(id)).length;
  return { found, log, flagged, recall: hits / log.planted.size, precision: hits / flagged.size };
}

describe('workarounds planted in a made-up log', () => {
  it('finds nothing where nothing was planted', async () => {
    const { found } = await search(11, 6000, { kind: 'clean' });
    expect(found).toEqual([]);
  });

  it('finds nothing where a step is done in few cases and has a place of its own', async () => {
    const { cases, planted } = plantedLog(17, 4000, { kind: 'clean' });
    for (const [i, { events }] of cases.entries()) {
      const at = events.findIndex(({ step }) => step === 'Assess');
      const [before, after] = [events[at], events[at + 1]];
      // In 2% of cases: neither rare nor common.
      if (i % 50 === 0 && before && after)
        events.splice(at + 1, 0, { ...before, step: 'Refer', at: Math.round((before.at + after.at) / 2) });
    }
    const warehouse = await warehouseOf({ cases, planted });
    opened.push(warehouse);
    const { found } = await possibleWorkarounds(warehouse, [], []);
    expect(found.filter(({ pattern }) => pattern === 'unusual-neighbour')).toEqual([]);
  });

  it('finds nothing where work is done again by chance alone, as often everywhere', async () => {
    const { found } = await search(14, 4000, { kind: 'clean', rework: { again: 0.05, back: 0.02 } });
    expect(found).toEqual([]);
  });

  it('finds a habit of repeating at one step among work done again by chance', async () => {
    const planting = { kind: 'habit', share: 0.3, type: 'repeated', step: 'Decide' } as const;
    const { recall, precision } = await search(15, 4000, {
      ...planting,
      rework: { again: 0.02, back: 0.01 },
    });
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.8);
  });

  it('finds nine in ten of those that are rare, and four in five flagged cases are theirs', async () => {
    const { recall, precision, log } = await search(12, 6000, { kind: 'rare', share: 0.02 });
    expect(new Set(log.planted.values())).toEqual(new Set(plantedTypes));
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.8);
  });

  // Too common to be rare, and the same in every team, so that no comparison shows it.
  it.for([
    ['added', 0.015],
    ['interchanged', 0.03],
  ] as const)('finds a step out of its place in every team: %s in %d of cases', async ([type, share]) => {
    const { recall, precision } = await search(16, 4000, {
      ...{ kind: 'habit', share, type, step: 'Check' },
      everywhere: true,
    });
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.8);
  });

  it.for(plantedTypes)('finds a habit of one team: %s', async (type) => {
    const { found, recall, precision } = await search(13, 4000, {
      kind: 'habit',
      share: 0.3,
      type,
      step: 'Decide',
    });
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.8);
    expect(found.length).toBeLessThanOrEqual(10);
  });
});

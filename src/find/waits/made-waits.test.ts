import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../ingest/index.ts';
import { openDuckdb, type Row, sql } from '../../stores/index.ts';
import { claimedCauses, waitCauses } from './causes.ts';
import { Claims } from './claims.ts';
import { ConcurrentSteps } from './concurrency.ts';
import { adjustedDurations } from './multitasking.ts';
import { waitsIn } from './opened-log.test-support.ts';
import { SettledWaits } from './settled-waits.ts';

/** Small logs made to be worked out by hand, with what must come out. */
const folder = fileURLToPath(new URL('../../../../shared/data/eventlogs/made/waiting/', import.meta.url));
const textOf = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const jsonOf = <T>(name: string) => JSON.parse(textOf(name)) as T;

const enabledBy = sql`select c.case_id as "case", ts.step as step, ps.step as enabled_by, (t.started - e.enabled) / 1000000 as wait_s
from wait_instances as t join wait_enabled as e on e.id = t.id join wait_instances as p on p.id = e.source
join wait_steps as ts on ts.number = t.step_no join wait_steps as ps on ps.number = p.step_no
join wait_cases as c on c.number = t.case_no`;

describe.skipIf(!existsSync(folder))('the made logs of waiting', () => {
  it('steps worked side by side do not enable each other', async () => {
    interface Expected {
      readonly waiting_s: number;
      readonly extraneous_s: number;
      readonly enabled_by: readonly { step: string; enabled_by: string; wait_s: number }[];
    }
    const expected = jsonOf<Expected>('concurrency_expected.json');
    const handle = await openLog(`${folder}concurrency.csv`);
    const { evidence } = await waitsIn(handle.warehouse);
    const { concurrent, sums } = evidence.explained;
    // Steps are numbered by name: A, B, C, D.
    expect(concurrent.pairs()).toEqual([
      [2, 3],
      [3, 2],
    ]);
    expect(waitCauses.reduce((total, cause) => total + sums[cause], 0)).toBe(expected.waiting_s * 1e6);
    expect(sums.extraneous).toBe(expected.extraneous_s * 1e6);
    const found = await handle.warehouse.query<Row>(enabledBy);
    await handle.close();
    const plain = (rows: readonly object[]) =>
      rows.map((row) => JSON.stringify({ ...row, case: undefined })).toSorted();
    expect(plain(found)).toEqual(plain(expected.enabled_by));
  });

  it('ignoring that they are worked side by side hides two fifths of the wait', async () => {
    const { waiting_s_if_concurrency_is_ignored: ignored } =
      jsonOf<Record<string, number>>('concurrency_expected.json');
    const handle = await openLog(`${folder}concurrency.csv`);
    // A threshold of 0 holds no two steps for concurrent.
    const { evidence } = await waitsIn(handle.warehouse, { threshold: 0 });
    await handle.close();
    expect(evidence.explained.concurrent).toEqual(new ConcurrentSteps([]));
    expect(evidence.explained.sums.extraneous).toBe((ignored ?? 0) * 1e6);
  });

  it('work that overlaps shares its time', () => {
    const expected = jsonOf<{ readonly adjusted_minutes: Readonly<Record<string, number>> }>(
      'multitasking_expected.json',
    );
    const rows = textOf('multitasking.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const minutes = (text = '') => Date.parse(`${text}Z`) / 60_000;
    for (const worker of ['w1', 'w2']) {
      const own = rows.filter((row) => row[1] === worker);
      const adjusted = adjustedDurations(
        own.map((row) => minutes(row[2])),
        own.map((row) => minutes(row[3])),
      );
      own.forEach(([id = ''], i) => {
        expect(adjusted[i]).toBeCloseTo(expected.adjusted_minutes[id] ?? Number.NaN, 9);
      });
    }
  });

  it('missing starts are the later of enabling and the worker being free', async () => {
    interface Expected {
      readonly case: string;
      readonly step: string;
      readonly finished: string;
      readonly estimated_start: string | null;
    }
    const expected = jsonOf<readonly Expected[]>('start_estimation_expected.json');
    const handle = await openLog(`${folder}start-estimation.csv`);
    const { evidence } = await waitsIn(handle.warehouse);
    const rows = await handle.warehouse.query<Row & { step: string; started: number; finished: number }>(
      sql`select s.step, i.started, i.finished from wait_instances as i join wait_steps as s on s.number = i.step_no where i.estimated = 1`,
    );
    await handle.close();
    expect(evidence).toMatchObject({ estimatedShare: 1, detail: 'two' });
    const clock = (micros: number) => new Date(micros / 1000).toISOString().slice(11, 16);
    const inOrder = (list: readonly string[]) => list.toSorted();
    expect(inOrder(rows.map((row) => `${row.step} ${clock(row.finished)} ${clock(row.started)}`))).toEqual(
      inOrder(
        // The first step of a case has no duration to take: here it is an instant.
        expected.map(
          ({ step, finished, estimated_start: start }) => `${step} ${finished} ${start ?? finished}`,
        ),
      ),
    );
  });
});

describe('settling a wait', () => {
  const hour = 3_600_000_000;
  const half = hour / 2;

  it('gives each slice of a wait to the first cause that claims it', () => {
    // 09:00 to 13:00; contention 09:30 to 11:00, prioritisation 10:00 to 12:00, off duty 11:30 to 12:30.
    const claims = new Claims();
    claims.begin(9 * hour, 13 * hour);
    claims.add('contention', 9 * hour + half, 11 * hour);
    claims.add('prioritisation', 10 * hour, 12 * hour);
    claims.add('unavailability', 11 * hour + half, 12 * hour + half);
    const lengths = new Float64Array(waitCauses.length);
    claims.settle(lengths);
    expect(Object.fromEntries(waitCauses.map((cause, i) => [cause, (lengths[i] ?? 0) / 1e6]))).toEqual({
      applicant: 0,
      third_party: 0,
      unknown_worker: 0,
      batching: 0,
      contention: 5400,
      prioritisation: 3600,
      unavailability: 1800,
      extraneous: 3600,
    });
  });

  it('comes to the same as the boundary sweep in SQL, whatever the claims', async () => {
    const anyClaim = fc.record({
      cause: fc.constantFrom(...claimedCauses),
      from: fc.integer({ min: -5, max: 60 }),
      length: fc.integer({ min: 0, max: 30 }),
    });
    const anyWait = fc.record({
      from: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 40 }),
      claims: fc.array(anyClaim, { maxLength: 12 }),
    });
    const warehouse = await openDuckdb({ folders: [] });
    await fc.assert(
      fc.asyncProperty(fc.array(anyWait, { minLength: 1, maxLength: 40 }), async (waits) => {
        const settled = await SettledWaits.into(warehouse, 'settled');
        const claims = new Claims();
        const lengths = new Float64Array(waitCauses.length);
        waits.forEach((wait, i) => {
          claims.begin(wait.from, wait.from + wait.length);
          for (const { cause, from, length } of wait.claims) claims.add(cause, from, from + length);
          settled.keepToCheck(i + 1, wait.from, wait.from + wait.length, claims);
          claims.settle(lengths);
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(wait.length);
          settled.add(i + 1, lengths);
        });
        // Fails where a single wait is settled otherwise.
        await settled.check();
      }),
      { numRuns: 25 },
    );
    await warehouse.close();
  });

  it('and the check fails where it does not', async () => {
    const warehouse = await openDuckdb({ folders: [] });
    const settled = await SettledWaits.into(warehouse, 'settled');
    const claims = new Claims();
    claims.begin(0, 10);
    claims.add('batching', 2, 5);
    settled.keepToCheck(1, 0, 10, claims);
    settled.add(1, Float64Array.of(0, 0, 0, 4, 0, 0, 0, 6));
    await expect(settled.check()).rejects.toThrow('1 waits are settled otherwise');
    await warehouse.close();
  });
});

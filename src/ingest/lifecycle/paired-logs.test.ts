import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sql } from '../../stores/index.ts';
import { type LogOptions, openLog } from '../index.ts';

const logs = new URL('../../../../shared/data/eventlogs/', import.meta.url);
const isThere = existsSync(logs);

function json<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, logs), 'utf8')) as T;
}

async function read(file: string, options: LogOptions = { lifecycle: 'pair' }) {
  const log = await openLog(new URL(file, logs).pathname, options);
  try {
    const rows = await log.warehouse.query(sql`select * from events order by case_id, seq`);
    return { report: log.report, rows };
  } finally {
    await log.close();
  }
}

interface Expected {
  readonly step_instances: number;
  readonly instances_with_start_and_finish: number;
  readonly open_instances: number;
  readonly instants: number;
  readonly instances_without_time: number;
  readonly processing_s: number;
}

describe.skipIf(!isThere)('logs with lifecycles', () => {
  const expected = isThere ? json<Record<string, Expected>>('apromore/xes_expected.json') : {};
  test.each(Object.entries(expected))('%s has the pieces of work that are expected', async (file, want) => {
    const { report, rows } = await read(`apromore/xes/${file}`);
    const count = (state: string) => rows.filter((row) => row.instance_state === state).length;
    expect({
      step_instances: rows.filter((row) => row.kind === 'step').length,
      instances_with_start_and_finish: count('complete'),
      open_instances: count('open'),
      instants: count('instant'),
      instances_without_time: count('no time'),
      processing_s: rows.reduce((sum, row) => sum + Number(row.processing ?? 0), 0),
    }).toEqual({
      step_instances: want.step_instances,
      instances_with_start_and_finish: want.instances_with_start_and_finish,
      open_instances: want.open_instances,
      instants: want.instants,
      instances_without_time: want.instances_without_time,
      processing_s: want.processing_s,
    });
    expect(report.rowsUsed - (report.pairing?.merged ?? 0)).toBe(rows.length);
    expect(report.pairing?.rowsInEvents ?? 0).toBe(rows.length);
  });

  test('every rule of pairing gives the instance that was planned for it', async () => {
    interface Planned {
      readonly case: string;
      readonly step: string;
      readonly started: string | null;
      readonly finished: string | null;
      readonly worker: string | null;
      readonly started_by?: string;
      readonly scheduled?: string;
      readonly assigned?: string;
      readonly suspended_minutes?: number;
      readonly state?: string;
    }
    const { instances, events_in, instances_out } = json<{
      readonly instances: readonly Planned[];
      readonly events_in: number;
      readonly instances_out: number;
    }>('made/xes/lifecycle_expected.json');
    const { report, rows } = await read('made/xes/lifecycle.xes');
    expect([report.rowsUsed, rows.length]).toEqual([events_in, instances_out]);
    expect(report.pairing).toMatchObject({ merged: events_in - instances_out, setAside: 0 });
    // Cases and people are pseudonyms here, so they are told apart by what they did, and by number.
    const clock = (time: unknown) => (typeof time === 'string' ? time.slice(11, 16) : null);
    const described = (found: Record<string, unknown>) => JSON.stringify(found);
    const ours = rows.map((row) =>
      described({
        step: row.step,
        started: clock(row.started),
        finished: clock(row.finished),
        hasWorker: row.worker !== null,
        changedHands: row.started_by !== null,
        scheduled: clock(row.scheduled_at),
        assigned: clock(row.assigned_at),
        paused: row.paused_seconds,
        state: row.instance_state,
      }),
    );
    const theirs = instances.map((each) =>
      described({
        step: each.step,
        started: each.started,
        finished: each.finished,
        hasWorker: each.worker !== null,
        changedHands: each.started_by !== undefined,
        scheduled: each.scheduled ?? null,
        assigned: each.assigned ?? null,
        paused: each.suspended_minutes === undefined ? null : each.suspended_minutes * 60,
        state: each.state ?? (each.started === null ? 'instant' : 'complete'),
      }),
    );
    expect(ours.toSorted()).toEqual(theirs.toSorted());
    const byCase = new Map<string, string[]>();
    for (const [i, { case: name }] of instances.entries())
      byCase.set(name, [...(byCase.get(name) ?? []), theirs[i] as string]);
    const oursByCase = new Map<unknown, string[]>();
    for (const [i, row] of rows.entries())
      oursByCase.set(row.case_id, [...(oursByCase.get(row.case_id) ?? []), ours[i] as string]);
    const grouped = (groups: Iterable<string[]>) =>
      [...groups].map((each) => each.toSorted().join()).toSorted();
    expect(grouped(oursByCase.values())).toEqual(grouped(byCase.values()));
  });

  test('a classifier tells steps apart by the values of its keys', async () => {
    const { classifiers } = json<{ readonly classifiers: Record<string, string | readonly string[]> }>(
      'made/xes/globals_expected.json',
    );
    for (const [classifier, keys] of Object.entries(classifiers)) {
      const reading = read('made/xes/globals-classifiers.xes', { classifier });
      if (typeof keys === 'string') await expect(reading).rejects.toMatchObject({ code: keys });
      else expect((await reading).report.mapping.step).toBe(keys.join('+'));
    }
    const { rows } = await read('made/xes/globals-classifiers.xes', { classifier: 'Spaced' });
    expect(rows.map((row) => row.step)).toEqual(['K1+a', 'K2+b', 'd']);
  });

  test.each(['csv', 'xes.gz'])(
    'interval_event_log.%s has one variant and one edge less by start',
    async (ending) => {
      const { rows, report } = await read(`pm4py/interval_event_log.${ending}`, { order: 'start' });
      const want = json<{
        readonly variants: number;
        readonly dfg_edges: number;
        readonly dfg_transitions: number;
      }>('reference/interval_event_log_by_start.json');
      const edges = rows
        .filter((row) => row.next_step !== null)
        .map((row) => `${row.step} > ${row.next_step}`);
      const variants = new Map<unknown, unknown[]>();
      for (const row of rows.toSorted((a, b) => Number(a.position) - Number(b.position)))
        variants.set(row.case_id, [...(variants.get(row.case_id) ?? []), row.step]);
      expect(report.rowsUsed).toBe(8109);
      expect([new Set(edges).size, edges.length]).toEqual([want.dfg_edges, want.dfg_transitions]);
      expect(new Set([...variants.values()].map((steps) => steps.join())).size).toBe(want.variants);
    },
  );

  test('a step whose recorded time is waiting is flagged, and no other', async () => {
    const { report } = await read('logs/callcenter_iso.csv', {});
    const flagged = report.notices.filter(({ code }) => code === 'STEP_MAY_BE_WAITING');
    expect(flagged.map(({ message }) => message)).toEqual([expect.stringContaining('"Inbound Email" takes')]);
  });
});

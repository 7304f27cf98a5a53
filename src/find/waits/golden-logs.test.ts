import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../ingest/index.ts';
import { type Row, sql } from '../../stores/index.ts';
import { type LogWaits, type ReportedTransition, waitsOfLog } from './log-waits.ts';
import { readCalendar } from './read-calendar.ts';

/*
 * The manual logs of Lashkevich and others (2023) with the authors' own rows, and figures of an independent
 * implementation beside them.
 */
const folder = fileURLToPath(new URL('../../../../shared/data/eventlogs/wta/', import.meta.url));
const isThere = existsSync(folder);
const textOf = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const causes = ['batching', 'contention', 'prioritisation', 'unavailability', 'extraneous'] as const;

interface ExpectedWait extends Readonly<Record<`${(typeof causes)[number]}_s`, number>> {
  readonly case_id: string;
  readonly source_step: string;
  readonly source_worker: string;
  readonly step: string;
  readonly worker: string;
  readonly enabled: string;
  readonly started: string;
}

interface ExpectedTotals extends Readonly<Record<`${(typeof causes)[number]}_s`, number>> {
  readonly log: string;
  readonly events: number;
  readonly cases: number;
  readonly transitions: number;
  readonly processing_s: number;
  readonly waiting_s: number;
  readonly cycle_time_efficiency: number;
  readonly cycle_time_efficiency_without: Readonly<Record<(typeof causes)[number], number>>;
  readonly without_calendar: Readonly<Record<string, number>>;
  readonly transitions_detail: readonly ExpectedWait[];
}

function expectedTotals(log: string): ExpectedTotals {
  const all = JSON.parse(textOf('expected_totals.json')) as readonly ExpectedTotals[];
  const found = all.find((one) => one.log === log);
  if (!found) throw new Error(`no figures for ${log}`);
  return found;
}

/** Seconds of a duration as pandas prints it: "0 days 02:30:00". */
function secondsOf(text: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = (
    /^(\d+) days(?: (\d+):(\d+):(\d+))?$/.exec(text) ?? []
  ).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function authorsRows(name: string) {
  const [head = '', ...lines] = textOf(name).trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = (line.match(/"[^"]*"|[^,]+/g) ?? []).map((cell) => cell.replaceAll('"', ''));
    const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
    return {
      from: cell('source_activity'),
      to: cell('target_activity'),
      fromResource: cell('source_resource'),
      toResource: cell('target_resource'),
      count: Number(cell('frequency')),
      cases: cell('cases').split(',').length,
      total: secondsOf(cell('wt_total')),
      batching: secondsOf(cell('wt_batching')),
      prioritisation: secondsOf(cell('wt_prioritization')),
      contention: secondsOf(cell('wt_contention')),
      unavailability: secondsOf(cell('wt_unavailability')),
      extraneous: secondsOf(cell('wt_extraneous')),
      unknownWorker: 0,
    };
  });
}

async function transitionsOf(found: LogWaits): Promise<readonly ReportedTransition[]> {
  const rows: ReportedTransition[] = [];
  for await (const batch of found.transitions()) rows.push(...batch);
  return rows;
}

describe.skipIf(!isThere)('the golden logs of waiting', () => {
  for (const name of ['manual_log_1', 'manual_log_2', 'manual_log_3']) {
    it(`${name} gives the authors' rows, all of them`, async () => {
      const handle = await openLog(`${folder}${name}.csv`, { namesWorkers: true });
      const hours = readCalendar(textOf('calendar.json'), 'calendar.json', 'UTC');
      const found = await transitionsOf(await waitsOfLog(handle, { hours }));
      await handle.close();
      expect(found).toEqual(authorsRows(`${name}_expected.csv`));
    });

    it(`${name} gives the totals, the efficiency and every single wait`, async () => {
      const expected = expectedTotals(`${name}.csv`);
      const handle = await openLog(`${folder}${name}.csv`, { namesWorkers: true });
      const hours = readCalendar(textOf('calendar.json'), 'calendar.json', 'UTC');
      const { report } = await waitsOfLog(handle, { hours });
      expect(report.totals).toEqual({
        total: expected.waiting_s,
        ...Object.fromEntries(causes.map((cause) => [cause, expected[`${cause}_s`]])),
        unknownWorker: 0,
      });
      expect(report.basis).toMatchObject({
        cases: expected.cases,
        steps: expected.events,
        waits: expected.transitions,
      });
      expect(report.efficiency.processing).toBe(expected.processing_s);
      expect(report.efficiency.cycleTimeEfficiency).toBeCloseTo(expected.cycle_time_efficiency, 12);
      for (const cause of causes)
        expect(report.efficiency.without[cause]).toBeCloseTo(
          expected.cycle_time_efficiency_without[cause],
          12,
        );

      const instant = (text: string) => Date.parse(`${text}Z`) * 1000;
      const waits = await handle.warehouse.query<Row & { id: number }>(
        sql`select ps.step as source_step, pw.worker as source_worker, ts.step as step, tw.worker as worker,
  e.enabled, t.started, coalesce(c.batching, 0) as batching, coalesce(c.contention, 0) as contention,
  coalesce(c.prioritisation, 0) as prioritisation, coalesce(c.unavailability, 0) as unavailability, coalesce(c.extraneous, 0) as extraneous
from wait_instances as t join wait_enabled as e on e.id = t.id join wait_instances as p on p.id = e.source
join wait_steps as ps on ps.number = p.step_no join wait_steps as ts on ts.number = t.step_no
join wait_workers as pw on pw.number = p.worker_no join wait_workers as tw on tw.number = t.worker_no
left join wait_causes as c on c.id = t.id`,
      );
      await handle.close();
      const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
      expect(inOrder(waits)).toEqual(
        inOrder(
          expected.transitions_detail.map((wait) => ({
            source_step: wait.source_step,
            source_worker: wait.source_worker,
            step: wait.step,
            worker: wait.worker,
            enabled: instant(wait.enabled),
            started: instant(wait.started),
            ...Object.fromEntries(causes.map((cause) => [cause, wait[`${cause}_s`] * 1e6])),
          })),
        ),
      );
    });

    it(`${name} without a calendar keeps the first three causes and makes one figure of the rest`, async () => {
      const { without_calendar: expected } = expectedTotals(`${name}.csv`);
      const handle = await openLog(`${folder}${name}.csv`, { namesWorkers: true });
      const { report } = await waitsOfLog(handle);
      await handle.close();
      expect(report.totals).toMatchObject({
        batching: expected.batching_s,
        contention: expected.contention_s,
        prioritisation: expected.prioritisation_s,
        unavailability: null,
        extraneous: expected.unavailability_plus_extraneous_s,
      });
    });
  }
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../ingest/index.ts';
import { type Row, sql } from '../../stores/index.ts';
import { defaultSettings, type PatternId } from './alert.ts';
import { allTests } from './all-tests.ts';
import { preparePatterns } from './prepare.ts';
import { beginAlerts, raiseAlerts } from './raise-alerts.ts';

/*
 * How often each test raises an alert on five public logs, against `reference/alert_volumes.json`, which other
 * programs worked out. The time tests are held without the rule that a difference must matter, as there. One
 * figure differs by rule: fines paid on the day take no time, and cases of no time are kept apart.
 */
const eventlogs = new URL('../../../../shared/data/eventlogs/', import.meta.url);

interface Volume {
  readonly alerts: number;
  readonly cases: number;
}

interface Reference {
  readonly log: string;
  readonly alerts: Readonly<Record<string, Volume>>;
}

const raw = { ...defaultSettings, leastSeconds: 0, leastRelative: 0 };

/** The tests by their names in the reference: plain, and with chance findings taken out. */
const named: readonly (readonly [PatternId, string, boolean])[] = [
  ['frequent-occurrence', 'frequent_occurrence_z3', false],
  ['missing-step', 'missing_occurrence_95pct', false],
  ['unusual-neighbour', 'unusual_neighbour_1pct', false],
  ['direct-repetition', 'direct_repeat', false],
  ['recurrent-sequence', 'recurrent_sequence_k2_4', false],
  ['number-of-workers', 'workers_per_case_z3', false],
  ['delay-from-start', 'delay_since_case_start_z3_log', false],
  ['delay-from-start', 'delay_since_case_start_z3_log_BH5pct', true],
  ['time-between', 'time_between_z3_log', false],
  ['time-between', 'time_between_z3_log_BH5pct', true],
  ['case-duration', 'case_duration_z3_log', false],
  ['case-duration', 'case_duration_z3_log_BH5pct', true],
];

const columns = {
  'callcenter_iso.csv': {
    map: {
      case_id: 'case',
      step: 'activity',
      started: 'start',
      finished: 'end',
      worker: 'resource',
      team: 'position',
    },
  },
} as const;

describe.skipIf(!existsSync(eventlogs))('alerts of the pattern tests on public logs', () => {
  const volumes = existsSync(eventlogs)
    ? (JSON.parse(
        readFileSync(new URL('reference/alert_volumes.json', eventlogs), 'utf8'),
      ) as readonly Reference[])
    : [];

  it.for(volumes)('$log', async ({ log: file, alerts }) => {
    const options = file in columns ? columns[file as keyof typeof columns] : {};
    const log = await openLog(new URL(`logs/${file}`, eventlogs).pathname, options);
    try {
      const { warehouse } = log;
      await preparePatterns(warehouse, []);
      const tests = allTests(warehouse, [], raw);
      const found: Record<string, Volume> = {};
      const expected: Record<string, Volume> = {};
      for (const [pattern, name, controlled] of named) {
        const [test] = tests.filter((each) => each.pattern === pattern);
        const reference = alerts[name];
        if (!test || !reference) continue;
        if (file === 'traffic_fines.csv.gz' && pattern === 'case-duration') continue;
        await beginAlerts(warehouse);
        await raiseAlerts(warehouse, test, controlled, []);
        const [row] = await warehouse.query<Row & { alerts: number; cases: number }>(
          sql`select count(*) as alerts, count(distinct case_no) as cases from pattern_alerts`,
        );
        found[name] = { alerts: row?.alerts ?? 0, cases: row?.cases ?? 0 };
        expected[name] = { alerts: reference.alerts, cases: reference.cases };
      }
      expect(found).toEqual(expected);
      expect(Object.keys(found).length).toBeGreaterThanOrEqual(8);
    } finally {
      await log.close();
    }
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Row, sql } from '../../stores/index.ts';
import type { IdentityKind } from '../mapping/fields.ts';
import { allDetectors } from './defects/all-detectors.ts';
import type { RowDetector } from './detector.ts';
import { type OpenedLog, openExtracts, pseudonym } from './opened-log.test-support.ts';

const zoo = join(import.meta.dirname, '../../../../shared/data/eventlogs/made/zoo');
const isThere = existsSync(zoo);

interface Truth {
  readonly at_least_once_duplicate: readonly string[];
  readonly double_keying: readonly (readonly [string, string])[];
  readonly clock_reset_on_transfer: readonly {
    readonly case_id: string;
    readonly understated_hours: number;
  }[];
  readonly reopened_under_new_id: readonly (readonly [string, string])[];
  readonly definition_change: { readonly on: string; readonly was: string; readonly became: string };
  readonly team_renamed: { readonly from: string; readonly to: string; readonly on: string };
  readonly unit_switch: { readonly team: string; readonly on: string };
  readonly [cases: string]: unknown;
}

const truth: Truth = isThere
  ? (JSON.parse(readFileSync(join(zoo, 'truth.json'), 'utf8')) as { truth: Truth }).truth
  : ({} as Truth);

const list = (name: string) => truth[name] as readonly string[];
const ids = (kind: IdentityKind, raw: readonly string[]) => raw.map((id) => pseudonym(kind, id));

let log: OpenedLog;

beforeAll(async () => {
  if (!isThere) return;
  log = await openExtracts([
    [join(zoo, 'events.csv'), 'events', { note: 'note' }],
    [join(zoo, 'cases.csv'), 'cases', {}],
  ]);
});
afterAll(async () => log?.close());

type Key = 'event_id' | 'case_id' | 'subject';

async function found(id: string, key: Key): Promise<ReadonlySet<string>> {
  const detector = allDetectors.find((candidate) => candidate.id === id) as RowDetector;
  expect(detector.needs(log.shape, log.data)).toBeNull();
  const rows = await log.data.warehouse.query<Row>(
    sql`select h.case_id, h.subject, e.event_id from (${detector.hits(log.data, log.shape)}) as h
left join events as e on e.case_id = h.case_id and e.seq = h.seq`,
  );
  return new Set(rows.map((row) => String(row[key])));
}

/** The rates of the method note, section 17. */
const rates: readonly (readonly [string, Key, () => readonly string[], number, number])[] = [
  ['duplicates', 'event_id', () => truth.at_least_once_duplicate, 0.95, 0.95],
  ['double-keying', 'event_id', () => truth.double_keying.map(([, later]) => later), 0.95, 0.95],
  [
    'clock-reset',
    'case_id',
    () =>
      ids(
        'case',
        truth.clock_reset_on_transfer.map((c) => c.case_id),
      ),
    0.95,
    0.95,
  ],
  ['month-end-batches', 'event_id', () => list('month_end_batch_close'), 0.85, 0.4],
  ['overnight-stamps', 'event_id', () => list('overnight_bulk_stamp'), 0.95, 0.95],
  ['identical-times', 'case_id', () => ids('case', list('identical_times_in_case')), 0.95, 0.95],
  ['only-final-state', 'case_id', () => ids('case', list('only_final_state')), 0.95, 0.95],
  ['missing-times', 'event_id', () => list('missing_finish'), 0.95, 0.95],
  ['left-truncation', 'case_id', () => ids('case', list('left_truncated')), 0.95, 0.95],
  ['right-truncation', 'case_id', () => ids('case', list('open_at_extract')), 0.95, 0.95],
  ['merged-identities', 'subject', () => ids('person', list('merged_identity')), 0.95, 0.95],
  ['placeholder-persons', 'case_id', () => ids('case', list('placeholder_person')), 0.95, 0.95],
  ['off-system-gaps', 'case_id', () => ids('case', list('off_system_gap')), 0.95, 0.5],
  ['off-system-words', 'case_id', () => ids('case', list('off_system_gap')), 0.95, 0.95],
  [
    'reopened',
    'case_id',
    () =>
      ids(
        'case',
        truth.reopened_under_new_id.map(([, again]) => again),
      ),
    0.95,
    0.95,
  ],
  ['pre-emptive', 'case_id', () => ids('case', list('pre_emptive_rejection')), 0.95, 0.95],
  ['late-logging', 'event_id', () => list('late_logging'), 0.95, 0.95],
];

describe.skipIf(!isThere)('the defect zoo', () => {
  test.each(rates)('%s are found, and little else', async (id, key, wanted, recall, precision) => {
    const got = await found(id, key);
    const want = new Set(wanted());
    const right = [...got].filter((hit) => want.has(hit)).length;
    expect(want.size).toBeGreaterThan(0);
    expect(right / want.size).toBeGreaterThanOrEqual(recall);
    expect(right / got.size).toBeGreaterThanOrEqual(precision);
  });

  const patterns = async (id: string) => {
    const detector = allDetectors.find((candidate) => candidate.id === id);
    if (detector?.kind !== 'patterns') throw new Error(`${id} finds no patterns`);
    return detector.find(log.data, log.shape, []);
  };

  test('the step that took the place of another is named with its exact date, and told once', async () => {
    const { on, was, became } = truth.definition_change;
    expect(await patterns('step-replaced')).toMatchObject([{ on, facts: { was, became } }]);
    expect(await patterns('level-shift')).toEqual([]);
  });

  test('the renamed team is named with its exact date', async () => {
    const { from, to, on } = truth.team_renamed;
    expect(await patterns('team-renamed')).toMatchObject([{ on, facts: { was: from, became: to } }]);
  });

  test('minutes that became hours are found, with team, month and factor', async () => {
    const { team, on } = truth.unit_switch;
    expect(await patterns('unit-switch')).toMatchObject([
      { team, on, facts: { column: 'minutes', factor: 60 } },
    ]);
  });

  test('the days by which a moved case is understated are the planted ones', async () => {
    const detector = allDetectors.find(({ id }) => id === 'clock-reset') as RowDetector;
    const rows = await log.data.warehouse.query<Row & { case_id: string; extent: number }>(
      detector.hits(log.data, log.shape),
    );
    const planted = new Map(
      truth.clock_reset_on_transfer.map((c) => [pseudonym('case', c.case_id), c.understated_hours]),
    );
    for (const { case_id, extent } of rows) {
      // Planted on clocks on the wall and told in instants: an hour's difference where the clocks changed between.
      // The first event counts from its finish, so a few minutes less.
      const apart = Math.abs((planted.get(case_id) ?? 0) - extent / 3600);
      expect(Math.min(apart, Math.abs(apart - 1))).toBeLessThan(0.15);
    }
  });
});

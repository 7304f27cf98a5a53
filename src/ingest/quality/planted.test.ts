import { describe, expect, test } from 'vitest';
import { type Row, sql } from '../../stores/index.ts';
import { allDetectors } from './defects/all-detectors.ts';
import { detectDefects } from './detect.ts';
import type { Detector, FoundPattern, RowDetector } from './detector.ts';
import { casesCsv, cleanLog, eventsCsv, type MadeLog } from './made-log.test-support.ts';
import { type OpenedLog, openTexts, pseudonym } from './opened-log.test-support.ts';
import { type Plant, plantDraws, plants, unitPlants } from './plant.test-support.ts';

const seeds = [1, 2, 3];
const open = (log: MadeLog) => openTexts(eventsCsv(log), casesCsv(log));

/** What the clean log gives occasion to look for: it has no contacts, and its charter names no pause. */
const elsewhere = ['clock-pause', 'duplicate-contacts'];
const looked = allDetectors.filter(({ kind, id }) => kind !== 'unchecked' && !elsewhere.includes(id));

describe.each(seeds)('a clean log (seed %i)', (seed) => {
  test('raises no alarm, although every defect is looked for that the log could show', async () => {
    const log = await open(withTwoSystems(cleanLog(seed)));
    try {
      const found = await detectDefects(log.data, log.shape, []);
      expect(
        found.filter(({ outcome }) => outcome === 'found').map(({ detector, hits }) => [detector.id, hits]),
      ).toEqual([]);
      const clear = found.filter(({ outcome }) => outcome === 'clear').map(({ detector }) => detector.id);
      expect(clear).toEqual(looked.map(({ id }) => id));
    } finally {
      await log.close();
    }
  });
});

/** The notices go out from a system of their own, so that double keying and transfers are looked for. */
function withTwoSystems(log: MadeLog): MadeLog {
  for (const event of log.events) {
    if (event.step === 'Told') event.system = 'post room';
    if (event.step === 'Decided') event.note = 'as usual';
  }
  return log;
}

function detectorOf(id: string): Detector {
  const detector = allDetectors.find((candidate) => candidate.id === id);
  if (!detector) throw new Error(`no detector ${id}`);
  return detector;
}

async function hitsOf(detector: RowDetector, { data, shape }: OpenedLog) {
  expect(detector.needs(shape, data)).toBeNull();
  return data.warehouse.query<Row & { case_id: string; event_id: string | null; subject: string | null }>(
    sql`select h.case_id, h.subject, e.event_id from (${detector.hits(data, shape)}) as h
left join events as e on e.case_id = h.case_id and e.seq = h.seq`,
  );
}

async function patternsOf(detector: Detector, { data, shape }: OpenedLog): Promise<readonly FoundPattern[]> {
  if (detector.kind !== 'patterns') throw new Error(`${detector.id} finds no patterns`);
  return detector.find(data, shape, []);
}

async function planted(seed: number, id: string, plant: Plant) {
  const made = withTwoSystems(cleanLog(seed));
  const marked = plant(made, plantDraws(seed, id));
  return { log: await open(made), marked };
}

/** Silences are told by time alone, and batches as a pattern: the rates of the method note. */
const rates: Readonly<Record<string, readonly [number, number]>> = {
  'month-end-batches': [0.85, 0.4],
  'off-system-gaps': [0.95, 0.5],
};

const rowPlants = Object.entries(plants).filter(([id]) => detectorOf(id).kind === 'rows');

describe.each(seeds.slice(0, 2))('planted in a clean log (seed %i)', (seed) => {
  test.each(rowPlants)('%s are found', async (id, plant) => {
    const { log, marked } = await planted(seed, id, plant);
    try {
      const rows = await hitsOf(detectorOf(id) as RowDetector, log);
      const want = new Set(marked);
      const real = new Set(marked.flatMap((raw) => [raw, pseudonym('case', raw), pseudonym('person', raw)]));
      const keys =
        id === 'merged-identities'
          ? rows.map((r) => r.subject)
          : rows.map((r) => (marked[0]?.startsWith('E') ? r.event_id : r.case_id));
      const got = new Set(keys.map(String));
      const right = [...got].filter((key) => real.has(key)).length;
      const [recall, precision] = rates[id] ?? [0.95, 0.95];
      expect(want.size).toBeGreaterThanOrEqual(10);
      expect(right / want.size).toBeGreaterThanOrEqual(recall);
      expect(right / got.size).toBeGreaterThanOrEqual(precision);
    } finally {
      await log.close();
    }
  });

  const expected: Readonly<Record<string, object>> = {
    'step-replaced': { on: '2025-02-03', facts: { was: 'Checked', became: 'Screened' } },
    'level-shift': { on: '2025-04-01', step: 'Verified' },
    'team-renamed': { facts: { was: 'East', became: 'Coast' } },
    'unit-switch': { team: 'South', on: '2025-03-01', facts: { column: 'minutes', factor: 60 } },
    'future-times': { on: '2062-03-03', hits: 1, facts: { of: 'event', last: '2062-03-03' } },
    'small-cells': { hits: 1, facts: { column: 'outcome' } },
  };

  test.each(Object.entries(expected))('%s is found', async (id, pattern) => {
    const { log } = await planted(seed, id, plants[id] as Plant);
    try {
      expect(await patternsOf(detectorOf(id), log)).toMatchObject([pattern]);
    } finally {
      await log.close();
    }
  });

  test.each(Object.entries(unitPlants))('a number is found that is %s', async (name, plant) => {
    const { log } = await planted(seed, name, plant);
    try {
      const found = await patternsOf(detectorOf('unit-switch'), log);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(({ facts }) => facts.factor === 10)).toBe(true);
      expect(found.some(({ facts }) => facts.column === 'fee')).toBe(true);
    } finally {
      await log.close();
    }
  });
});

test('every detector that rows can show has its plant', () => {
  expect(Object.keys(plants).toSorted()).toEqual(looked.map(({ id }) => id).toSorted());
});

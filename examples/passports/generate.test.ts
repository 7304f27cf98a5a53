import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildExample } from './build.ts';
import { fatesFor } from './fate.ts';
import { generate } from './generate.ts';
import { defaultCases, defaultSeed, planted } from './planted.ts';
import { elapsedDays, isoOf, nearestOpen, wallOf, wallOfDate, workOf } from './working-time.ts';

const folder = mkdtempSync(join(tmpdir(), 'passports-'));
const file = (...parts: string[]) => join(folder, ...parts);

beforeAll(() => buildExample(file('default')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('passports generator', () => {
  it('writes the same bytes for the same seed and size, and others for another seed', () => {
    for (const name of ['one', 'two']) generate(file(name), { seed: 5, cases: 300 });
    generate(file('three'), { seed: 6, cases: 300 });
    for (const table of ['events', 'cases', 'contacts', 'inputs']) {
      const bytes = (name: string) => readFileSync(file(name, 'data', `${table}.csv`), 'utf8');
      expect(bytes('one')).toBe(bytes('two'));
      expect(bytes('one')).not.toBe(bytes('three'));
    }
  });

  it('states in the shipped truth.yaml what the default seed and size give', () => {
    const shipped = readFileSync(new URL('truth.yaml', import.meta.url), 'utf8');
    expect(readFileSync(file('default', 'truth.yaml'), 'utf8')).toBe(shipped);
    expect(parse(shipped).realised.applications).toBe(defaultCases);
  });

  it('leaves data alone that the same generator made, and makes them anew at another size', async () => {
    const events = file('again', 'data', 'events.csv');
    await buildExample(file('again'), { cases: 200 });
    const first = statSync(events);
    await buildExample(file('again'), { cases: 200 });
    expect(statSync(events).mtimeMs).toBe(first.mtimeMs);
    expect(statSync(events).ino).toBe(first.ino);
    await buildExample(file('again'), { cases: 250 });
    expect(statSync(events).ino).not.toBe(first.ino);
  });

  it('draws a fate from seed and number alone, in any order', () => {
    const one = fatesFor(defaultSeed);
    const two = fatesFor(defaultSeed);
    const forwards = [3, 2500, 4100].map(one);
    expect([4100, 2500, 3].map(two).reverse()).toEqual(forwards);
  });

  it('plants shares that hold over 200,000 fates to three standard errors', () => {
    const fate = fatesFor(defaultSeed);
    const n = 200_000;
    const fates = Array.from({ length: n }, (_, item) => fate(item));
    const moved = fates.filter((one) => one.moved);
    const preceded = moved.filter((one) => one.familyLink || one.expedited).length / moved.length;
    expect(Math.abs(preceded - planted.precededShareOfMoves)).toBeLessThan(
      3 * Math.sqrt(0.23 / moved.length),
    );
    expect(fates.filter((one) => !one.issued).length / n).toBeCloseTo(planted.notIssuedShare, 3);
  });

  it('keeps steps in working hours and the offset of London', () => {
    expect(isoOf(wallOfDate('2024-07-01') + 570)).toBe('2024-07-01T09:30:00+01:00');
    expect(isoOf(wallOfDate('2024-12-02') + 570)).toBe('2024-12-02T09:30:00+00:00');
    const good = wallOfDate('2024-03-29') + 700;
    expect(isoOf(nearestOpen(good))).toBe('2024-03-28T17:59:00+00:00');
    expect(wallOf(workOf(wallOfDate('2024-04-02') + 500))).toBe(wallOfDate('2024-04-02') + 500);
    expect(elapsedDays(wallOfDate('2024-03-30') + 600, wallOfDate('2024-04-01') + 600)).toBeCloseTo(
      2 - 1 / 24,
      9,
    );
  });
});

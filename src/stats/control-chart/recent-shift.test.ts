import { describe, expect, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import { standardNormal } from '../index.ts';
import { type LatestShiftRequest, latestShifts } from './recent-shift.ts';

const latestShift = (request: LatestShiftRequest) => latestShifts([request])[0] ?? null;

const fixed = { latest: 3, lag: 12, rate: 0.05, seed: 11, draws: 10_000 };

function normals(seed: number): () => number {
  const draw = drawsFor(seed, 'test');
  let item = 0;
  return () =>
    standardNormal(() => {
      item += 1;
      return draw(item);
    });
}

/** Share of series whose latest three are said to stand out; `shift` is added to levels from a place on. */
function alarms(
  n: number,
  usual: number,
  { sizes = 1, shift = 0, from = Number.POSITIVE_INFINITY, growth = 0, deviation = 1 } = {},
): number {
  const normal = normals(5);
  const series = 2000;
  let out = 0;
  for (let i = 0; i < series; i++) {
    const variance = Array.from({ length: n + 12 }, (_, t) => (t % 2 === 0 ? 1 : sizes) / 2);
    const levels = variance.map((v, t) => {
      const season = 3 * Math.sin((t * Math.PI) / 6);
      const moved = (growth * t) / 12 + (t >= from ? shift : 0);
      return season + moved + deviation * Math.sqrt(v) * normal();
    });
    const changes = Array.from({ length: n }, (_, t) => (levels[t + 12] ?? 0) - (levels[t] ?? 0));
    const chance = changes.map((_, t) => (variance[t + 12] ?? 0) + (variance[t] ?? 0));
    const found = latestShift({ ...fixed, changes, chance, usual });
    if (!found) throw new Error('no limit');
    const late = changes.slice(-3);
    const mean = late.reduce((sum, change) => sum + change, 0) / 3;
    const own = Math.sqrt(chance.slice(-3).reduce((sum, v) => sum + v, 0)) / 3;
    if (Math.abs(mean - found.centre) > found.limit * found.dispersion * own) out += 1;
  }
  return out / series;
}

describe('the latest periods on a year before', () => {
  // Five standard errors of the check and of the calibration together, at 5%: 0.027.
  test.each([
    ['twelve changes, none of which is usual', 12, 0, {}],
    ['twenty-four, the first year of which is usual', 24, 12, {}],
    ['thirty-six, the first two of which are', 36, 24, {}],
    ['periods of unlike size', 24, 12, { sizes: 3 }],
    ['periods that vary by twice chance', 24, 12, { deviation: 2 }],
    ['steady growth where the usual change is known', 24, 12, { growth: 2 }],
  ])('stand out at the stated rate where nothing changed: %s', (_, n, usual, options) => {
    expect(Math.abs(alarms(n, usual, options) - 0.05)).toBeLessThan(0.027);
  });

  test('stand out where the level fell a year before and stayed down, which the earlier changes hold too', () => {
    expect(alarms(12, 0, { shift: -8, from: 12 })).toBeGreaterThan(0.95);
    expect(alarms(24, 12, { shift: -8, from: 24 })).toBeGreaterThan(0.95);
  });

  test('stand out where the level fell among the earlier changes, since one shift does not widen the usual', () => {
    expect(alarms(12, 0, { shift: -6, from: 18 })).toBeGreaterThan(0.9);
    expect(alarms(24, 12, { shift: -6, from: 30 })).toBeGreaterThan(0.9);
  });

  test('have no limits where the earlier changes do not vary or are too few', () => {
    const flat = Array.from({ length: 12 }, () => 1);
    expect(latestShift({ ...fixed, changes: flat, chance: flat, usual: 0 })).toBeNull();
    expect(
      latestShift({ ...fixed, changes: [1, 2, 1, 3, 1, 2], chance: flat.slice(6), usual: 0 }),
    ).toBeNull();
  });

  /** How often each of some series stands out, and half the width of its usual range. */
  const standOut = (deviations: readonly number[]) => {
    const normal = normals(7);
    const [charts, out, widths] = [400, deviations.map(() => 0), deviations.map(() => 0)];
    for (let i = 0; i < charts; i++) {
      const made = deviations.map((deviation) => {
        const levels = Array.from({ length: 24 }, () => (deviation * normal()) / Math.SQRT2);
        const changes = Array.from({ length: 12 }, (_, t) => (levels[t + 12] ?? 0) - (levels[t] ?? 0));
        return { ...fixed, changes, chance: changes.map(() => 1), usual: 0 };
      });
      latestShifts(made).forEach((found, k) => {
        const half = ((found?.limit ?? 0) * (found?.dispersion ?? 0)) / Math.sqrt(3);
        const distance = Math.abs((made[k]?.changes ?? []).slice(-3).reduce((sum, one) => sum + one, 0) / 3);
        if (distance > half) out[k] = (out[k] ?? 0) + 1;
        widths[k] = (widths[k] ?? 0) + half / charts;
      });
    }
    return { rates: out.map((one) => one / charts), widths };
  };

  test('of alike series share their spread, so that the usual is narrower at the same rate', () => {
    const [alone, together] = [standOut([1]), standOut([1, 1, 1, 1, 1])];
    expect(together.widths[0]).toBeLessThan(0.9 * (alone.widths[0] ?? 0));
    for (const rate of together.rates) expect(Math.abs(rate - 0.05)).toBeLessThan(0.06);
  });

  test('of series that vary unalike each keep their own', () => {
    const { rates } = standOut([1, 1, 1, 8]);
    for (const rate of rates) expect(rate).toBeLessThan(0.11);
  });
});

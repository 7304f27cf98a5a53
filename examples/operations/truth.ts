import { truthText } from '../made-data/truth-text.ts';
import { expectedOf } from './expected.ts';
import { hospitals, type MadeSettings, planted } from './planted.ts';
import type { Spell } from './spells.ts';

const heading = `What is planted in the operations example, and what came out for the seed below.
Made by generate.ts; the product never reads it. A test recovers these figures from the data alone.

Expected: worked out from the planted figures without any draw. "Adjusted" is operations for each year of full-time work,
each weighed by the staff time that alike patients take in all three hospitals, times four parts of quality at a quarter
each (alive and not back within 30 days, gain in health, treated within 18 weeks, years of life left), every part against
all patients together. "Share third": of all weights of the four parts that add to 1, those under which A is third.
Realised: spells that ended from April 2025 to March 2026, the year that the product reports, as they came.`;

function realisedAt(spells: readonly Spell[]) {
  const operations = spells.flatMap(({ operation, waitDays }) =>
    operation ? [{ ...operation, waitDays }] : [],
  );
  const share = (is: (one: (typeof operations)[number]) => boolean) =>
    operations.filter(is).length / operations.length;
  const gains = operations.flatMap(({ before, after }) =>
    before === null || after === null ? [] : [after - before],
  );
  const waits = operations.map(({ waitDays }) => waitDays).sort((x, y) => x - y);
  return {
    operations: operations.length,
    counted: spells.filter(({ isCounted }) => isCounted).length,
    takenOffTheList: spells.length - operations.length,
    readmitted: share(({ readmitted }) => readmitted),
    died: share(({ survived }) => !survived),
    healthGain: gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
    medianWaitDays: waits[Math.floor(waits.length / 2)] ?? 0,
    inTime: share(({ waitDays }) => waitDays <= 126),
    sameDay: share(({ isSameDay }) => isSameDay),
  };
}

/** Counts what was planted over the year that the product reports. */
export function truthOf({ seed, clean, size }: MadeSettings, spells: readonly Spell[]): string {
  const year = spells.filter(({ ended }) => ended >= '2025-04-01');
  const { A, B, C } = Object.fromEntries(
    hospitals.map((hospital) => [hospital, realisedAt(year.filter((one) => one.hospital === hospital))]),
  );
  return truthText(heading, {
    seed,
    clean,
    size,
    planted,
    expected: expectedOf(clean),
    realised: { A, B, C, others: realisedAt(year.filter(({ hospital }) => hospital !== 'A')) },
  });
}

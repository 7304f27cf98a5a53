import { afterEach, describe, expect, test } from 'vitest';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';
import { measure } from '../measure.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const charter = charterText(
  '{ grain: quarter, from: 2022-01-01, to: 2024-12-31, weights: year }',
  `outcomes: [{ id: in-time, title: People hear in time, measure: in-time }]
outputs: [{ id: decided, title: Decided, from: volumes, unit: case }]
quality:
  - { id: in-time, title: Answered in time, from: quality, outputs: all, weight: 1, weight_source: made, direction: higher }
inputs: [{ id: hours, title: Hours, category: labour }]`,
);

/** Twelve quarters of 100 outputs and 50 hours; `share` of each season is answered in time, and hours grow a tenth in 2024. */
async function made(share: readonly [number, number, number, number]) {
  const quarters = Array.from({ length: 12 }, (_, q) => ({
    period: `${2022 + Math.floor(q / 4)}-${String((q % 4) * 3 + 1).padStart(2, '0')}-01`,
    ...{ source: 1, line: q },
  }));
  const workspace = await madeWorkspace(charter, {
    volumes: quarters.map((q) => ({
      ...q,
      output: 'decided',
      quantity: 100,
      unit_cost: 5,
      fixed_cost: null,
    })),
    quality: quarters.map((q, i) => ({
      ...{ ...q, measure: 'in-time', output: 'decided', n: 100 },
      value: share[i % 4] ?? 0,
    })),
    inputs: quarters.map((q, i) => ({
      ...{ ...q, input: 'hours', category: 'labour', cost: 1000, deflator: 1 },
      volume: i < 8 ? 50 : 55,
    })),
  });
  open.push(workspace);
  const results = await measure(workspace, { replicates: 50 });
  const found = (id: string) => results.find((result) => result.id === id);
  return { productivity: found('productivity'), output: found('output') };
}

const seasons = [0.1, 0.2, 0.3, 0.4] as const;

describe('an index whose single periods swing', () => {
  test('is drawn a year at a time, and the page says what swings and between what', async () => {
    const { productivity, output } = await made(seasons);
    const words =
      '"Answered in time" does (10.0% in January to March 2024, 40.0% in October to December 2024)';
    for (const result of [productivity, output]) {
      expect(result?.caveats.join(' ')).toContain(words);
      expect(result?.charts[0]?.description).toContain(words);
      expect(result?.charts[0]?.description).toContain('the first year is 100');
    }
  });

  test('stands in the year to each period where growth of whole years puts it', async () => {
    const { productivity } = await made(seasons);
    const rows = productivity?.tables.find(({ id }) => id === 'productivity-years')?.rows ?? [];
    // Worked out by hand. Every year holds each season once, so that output and quality are 100 throughout; each quarter
    // of 2024 puts a quarter of a tenth on the hours of the year.
    expect(rows).toHaveLength(9);
    expect(rows[0]).toMatchObject({ period: 'Year to December 2022', adjusted: 100 });
    [100, 100, 100, 100, 100, 102.5, 105, 107.5, 110].forEach((input, i) => {
      expect(rows[i]?.input).toBeCloseTo(input, 9);
      expect(rows[i]?.unadjusted).toBeCloseTo(10_000 / input, 9);
      expect(rows[i]?.adjusted).toBeCloseTo(10_000 / input, 9);
    });
    const growth = productivity?.figures.find(({ id }) => id === 'productivity-growth')?.value ?? 0;
    expect(Number(rows.at(-1)?.adjusted) / Number(rows.at(-5)?.adjusted) - 1).toBeCloseTo(growth, 12);
  });
});

test('an index whose periods are steady is drawn by period', async () => {
  const { productivity, output } = await made([0.2, 0.22, 0.25, 0.28]);
  expect(productivity?.tables.map(({ id }) => id)).not.toContain('productivity-years');
  expect(output?.charts[0]?.table).toBe('index');
  expect(productivity?.caveats.join(' ')).not.toContain('swing');
});

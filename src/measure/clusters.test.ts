import { afterEach, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

interface Made {
  readonly person: string;
  readonly closed: string;
  readonly good: number;
}

/** Two years of 400 cases: 200 persons with two a year, or 40 with ten, always alike within a person and year. */
function cases(persons: number): readonly Made[] {
  const each = 400 / persons;
  return ['2022', '2023'].flatMap((year) =>
    Array.from({ length: persons }, (_, p) =>
      Array.from({ length: each }, (_, i) => {
        const month = ((p * each + i) % 9) + 4;
        const good = p % 10 < (year === '2022' ? 5 : 6) ? 1 : 0;
        return {
          person: `${year}-${p}`,
          closed: `${year}-${String(month).padStart(2, '0')}-10T12:00:00Z`,
          good,
        };
      }),
    ).flat(),
  );
}

async function quality(made: readonly Made[], cluster: string | null): Promise<Result['figures'][number]> {
  const text = charterText(
    `{grain: month, from: 2022-04-01, to: 2024-03-31${cluster === null ? '' : `, cluster: ${cluster}`}}`,
    `outcomes: [{id: served, title: People are served, measure: good}]
outputs: [{id: a, title: Output a, unit: one, from: cases}]
quality: [{id: good, title: Good, outputs: all, from: cases, share: good = 1, direction: higher, weight: 1, weight_source: made}]
`,
  );
  const workspace = await madeWorkspace(text, {
    cases: made.map((one, i) => ({ case_id: `c${i}`, opened: one.closed, ...one })),
  });
  open.push(workspace);
  const results = await measure(workspace, { replicates: 1000 });
  const found = results.find(({ id }) => id === 'quality')?.figures.find(({ id }) => id === 'quality-growth');
  if (!found) throw new Error('no growth of quality');
  return found;
}

const width = ({ interval }: Result['figures'][number]) =>
  Math.log((1 + (interval?.high ?? 0)) / (1 + (interval?.low ?? 0)));

test('cases of one person that are alike widen the range by the root of how many they are', async () => {
  const alone = await quality(cases(40), null);
  const together = await quality(cases(40), 'person');
  expect(together.value).toBeCloseTo(alone.value ?? 0, 12);
  expect(width(together) / width(alone)).toBeGreaterThan(0.85 * Math.sqrt(10));
  expect(width(together) / width(alone)).toBeLessThan(1.15 * Math.sqrt(10));
  expect(together.interval?.method).toContain('those of one "person" together');
});

test('persons with one case each have the same range as cases by themselves', async () => {
  const made = cases(40).map((one, i) => ({ ...one, person: `p${i}` }));
  const [alone, together] = [await quality(made, null), await quality(made, 'person')];
  expect(width(together)).toBeCloseTo(width(alone), 12);
});

test('who comes in both years has one weight in both, so that what is his alone drops out of the change', async () => {
  const made = cases(40).map((one) => ({ ...one, person: one.person.slice(5) }));
  expect(width(await quality(made, 'person'))).toBeLessThan(0.6 * width(await quality(cases(40), 'person')));
});

test('a column that the cases do not have is a fault of the charter', async () => {
  await expect(quality(cases(40), 'household')).rejects.toMatchObject({
    faults: [{ message: expect.stringContaining('the cases have no column "household"') }],
  });
});

import { expect, it } from 'vitest';
import type { Answers } from '../../answers/index.ts';
import { type Figure, provenance, type Result } from '../../core/index.ts';
import { verbPage } from './verb-page.ts';

const result = (id: string, figures: readonly Figure[] = []): Result => ({
  ...{ id, question: id, answer: `${id}.`, status: 'sound', figures },
  ...{ tables: [], charts: [], caveats: [], next: [] },
  provenance: provenance({ method: 'none' }),
});

const pounds = (id: string): Figure => ({
  ...{ id, name: 'A claim costs more in the end, by', value: 36 },
  ...{ unit: 'pounds', interval: null, period: null },
});

function cautionsOn(measure: readonly Result[]): Readonly<Record<string, string | null>> {
  const answers = { title: 'Claims', measure } as unknown as Answers;
  const { entries } = verbPage(answers, 'claims', 'measure').content as {
    entries: readonly { question: string; caution: { href: string } | null }[];
  };
  return Object.fromEntries(entries.map(({ question, caution }) => [question, caution?.href ?? null]));
}

it('beside productivity it says that pounds paid wrongly are not in it, and leads to cost generated', () => {
  const others = [result('output'), result('productivity')];
  expect(cautionsOn([result('cost-generated', [pounds('dearer')]), ...others])).toEqual({
    'cost-generated': null,
    output: null,
    productivity: '/claims/measure/cost-generated',
  });
  expect(cautionsOn([result('cost-generated', [pounds('change')]), ...others]).productivity).toBeNull();
});

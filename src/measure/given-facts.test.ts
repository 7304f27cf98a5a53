import { expect, test } from 'vitest';
import { prepareFacts } from '../define/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

test('facts of cases that are made already are used and not made again', async () => {
  const charter = charterText(
    '{grain: financial-year}',
    `outcomes: [{id: served, title: People are served, measure: quick}]
outputs: [{id: visits, title: Visits, unit: visit, from: cases, unit_cost: cost}]
assumptions: [{id: cost, statement: What a visit costs, value: 1, unit: pounds, source: Us, owner: Us, review: 2030-01-01}]
quality: [{id: quick, title: Quick, outputs: all, from: cases, share: days <= 20, direction: higher, weight: 1, weight_source: Us}]
`,
  );
  const cases = ['2022-05-01', '2023-05-01'].map((day, i) => ({
    case_id: `case ${i}`,
    opened: `${day}T09:00:00Z`,
    days: 10 + i,
    closed: `${day}T10:00:00Z`,
  }));
  const workspace = await madeWorkspace(charter, { cases });
  try {
    const facts = await prepareFacts(workspace.warehouse, workspace.loaded);
    const alone = await measure(workspace, { replicates: 200 });
    const made: string[] = [];
    const warehouse = new Proxy(workspace.warehouse, {
      get: (target, name) => {
        if (name !== 'query') {
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return (...given: Parameters<typeof target.query>) => {
          made.push(target.explain({ name: '', purpose: '', sql: given[0] }).sql);
          return target.query(...given);
        };
      },
    });
    const spared = await measure({ ...workspace, warehouse, facts }, { replicates: 200 });
    expect(made.filter((text) => text.includes('table "case_facts"'))).toEqual([]);
    expect(spared.map(({ answer }) => answer)).toEqual(alone.map(({ answer }) => answer));
  } finally {
    await workspace.close();
  }
});

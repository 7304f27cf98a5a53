import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileCases } from './all-cases.test-support.ts';
import type { HostileCase } from './hostile-case.test-support.ts';
import { hasMadeFiles, madeCases } from './made.test-support.ts';
import { expectNothingSilent, expectReconciled } from './reconcile.test-support.ts';
import { type Importer, openImporter } from './run-imports.test-support.ts';

let importer: Importer;
beforeAll(async () => {
  importer = await openImporter();
});
afterAll(() => importer.close());

async function expectOutcome({ file, content, rules, expect: wanted }: HostileCase): Promise<void> {
  const bytes = typeof content === 'function' ? await content() : content;
  const tried = await importer.try(file, bytes, rules);
  if ('code' in wanted) {
    expect(tried, 'not refused').toMatchObject({ kind: 'refused', code: wanted.code });
    expectNothingSilent(tried, importer.held);
    if (tried.kind === 'refused') expect(`${tried.message} ${tried.more}`).toContain(wanted.says ?? '');
    return;
  }
  expect(tried, 'not read').toMatchObject({ kind: 'read' });
  if (tried.kind !== 'read') return;
  expectReconciled(tried, importer.held);
  const { rowsUsed, reasons, notices } = tried.report;
  const aside = Object.fromEntries(reasons.map(({ reason, rows }) => [reason, rows]));
  expect({ rowsUsed, aside }).toEqual({ rowsUsed: wanted.used, aside: wanted.aside ?? {} });
  expect(notices.map(({ code }) => code)).toEqual(expect.arrayContaining([...(wanted.notices ?? [])]));
}

describe('hostile and broken inputs', () => {
  test('are at least a hundred, each named once', () => {
    expect(new Set(hostileCases.map(({ name }) => name)).size).toBe(hostileCases.length);
    expect(hostileCases.length).toBeGreaterThanOrEqual(100);
  });

  test.each(hostileCases.map((hostile) => [hostile.name, hostile] as const))('%s', (_, hostile) =>
    expectOutcome(hostile),
  );
});

describe.skipIf(!hasMadeFiles)('files whose outcome is written down beside them', () => {
  test.each(madeCases.map((hostile) => [hostile.name, hostile] as const))('%s', (_, hostile) =>
    expectOutcome(hostile),
  );
});

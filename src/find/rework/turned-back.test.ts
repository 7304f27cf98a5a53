import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { drawsFor, type Result } from '../../core/index.ts';
import { buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import { find } from '../find.ts';
import { faultsOfRowsBehind } from '../rows/rows-behind.test-support.ts';

const charter = (steps: string) => `wellspent: 1
service: claims
title: Claims
version: 1.0.0
effective: 2026-01-01
owner: Head of claims
purpose: Right claims are paid, once.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: log.csv, as: events, map: {case_id: claim, step: step, finished: at, team: team, minutes: minutes}}
outcomes:
  - {id: paid, title: A claim that is paid}
outputs:
  - {id: claims, title: Claims, unit: claim, from: cases, where: "has('pay')"}
${steps}
costs:
  minute: [{team: back, assumption: minute}]
  delay_day: delay
assumptions:
  - {id: minute, statement: A minute costs a pound., value: 1, source: Made, owner: Finance, review: 2099-01-01}
  - {id: delay, statement: A day costs five pounds., value: 5, source: Made, owner: Finance, review: 2099-01-01}
`;

type Step = readonly [step: string, day: number, minutes: number];

/** Finds in claims given as steps by day; sending in is done by the person, everything else by the back office. */
async function found(claims: readonly (readonly Step[])[], steps: string): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'turned-'));
  const rows = claims.flatMap((claim, i) =>
    claim.map(([step, day, minutes]) => {
      const at = new Date(Date.UTC(2026, 0, 5) + Math.round(day * 86_400_000)).toISOString();
      return `C${String(i).padStart(5, '0')},${step},${at},${step === 'send' ? 'person' : 'back'},${minutes}`;
    }),
  );
  try {
    writeFileSync(join(folder, 'service.yaml'), charter(steps));
    writeFileSync(join(folder, 'log.csv'), `claim,step,at,team,minutes\n${rows.join('\n')}\n`);
    await buildWorkspace(folder, { keyFile: join(folder, 'key') });
    const workspace = await openWorkspace(folder);
    try {
      const results = await find(workspace);
      // Whatever is made here, its figures lead to their rows.
      expect(await faultsOfRowsBehind(workspace, { found: results })).toEqual([]);
      return results;
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const of = (results: readonly Result[], id: string) => results.find((one) => one.id === id) as Result;
const rowsOf = (result: Result, id: string) => result.tables.find((table) => table.id === id)?.rows ?? [];
const figureOf = (result: Result, id: string) => result.figures.find((figure) => figure.id === id);

/*
 * 38 claims worked out by hand. Sending in takes 5 minutes, a check 20, a rejection 10. Twenty are paid at once. Twelve
 * are rejected on day 2 and sent in again on day 6: 5 + 20 minutes again, of which 20 cost a pound each, six days later.
 * Two of the twelve are rejected again on day 8 and sent in on day 10: 10 + 5 + 20 more minutes, four days more. Six are
 * rejected and never come back.
 */
const times = (n: number, claim: readonly Step[]) => Array.from({ length: n }, () => claim);
const sentBack: readonly Step[] = [
  ['send', 0, 5],
  ['check', 1, 20],
  ['reject', 2, 10],
  ['send', 6, 5],
  ['check', 7, 20],
];
const byHand = [
  ...times(20, [
    ['send', 0, 5],
    ['check', 1, 20],
    ['pay', 2, 5],
  ]),
  ...times(10, [...sentBack, ['pay', 8, 5]]),
  ...times(2, [...sentBack, ['reject', 8, 10], ['send', 10, 5], ['check', 11, 20], ['pay', 12, 5]]),
  ...times(6, sentBack.slice(0, 3)),
];

describe('claims turned back, by hand', () => {
  it.for([
    ['with the step at which claims are sent in', 'steps: {rejection: [reject], submission: [send]}'],
    ['without it: the first step done again after the rejection', 'steps: {rejection: [reject]}'],
  ] as const)('%s', async ([, steps]) => {
    const results = await found(byHand, steps);
    const rework = of(results, 'rework');
    expect(rowsOf(rework, 'rejection-loops')).toEqual([
      {
        rejected: 'reject',
        back: 'send',
        cases: 12,
        share: 12 / 38,
        loops: 14,
        // 10 × 25 + 2 × (35 + 25) minutes, and without what the person does 10 × 20 + 2 × (30 + 20) pounds.
        hours: 370 / 60,
        pounds: 300,
        days: 10 * 6 + 2 * 10,
        delay: 400,
      },
    ]);
    expect(rework.answer).toContain(
      '31.6% of cases (12 cases) were turned back and came back, most often from "reject" to "send".',
    );
    expect(figureOf(rework, 'loop-returned')?.value).toBeCloseTo(12 / 18, 12);
    // 1.96 × √(10 × 20² + 2 × 50²), square of what each case takes (Karlin and Taylor, 1981).
    expect(figureOf(rework, 'loop-pounds')?.interval?.high).toBeCloseTo(300 + 1.959964 * Math.sqrt(9000), 3);
    expect(figureOf(rework, 'loop-delay')?.value).toBe(400);
  });

  it('is a finding of the list, once: the steps done again are of the same claims', async () => {
    const findings = rowsOf(of(await found(byHand, 'steps: {rejection: [reject]}'), 'findings'), 'findings');
    const told = findings.filter(({ pattern }) => pattern === 'rejection-loop' || pattern === 'rework');
    expect(told).toMatchObject([
      { id: 'rejection-loop-1', cases: 12, hours: 370 / 60, pounds: 300, delayPounds: 400, days: 80 },
    ]);
  });

  it('without rejections in the charter nothing is told apart, and the page says so', async () => {
    const rework = of(await found(byHand, ''), 'rework');
    expect(rowsOf(rework, 'rejection-loops')).toEqual([]);
    expect(rework.caveats.join(' ')).toContain('names no step under rejection');
  });
});

/*
 * Claims with three checks, planted: identity (10 minutes, turns down 10%), papers (30, 5%), entitlement (5, 30%), in
 * this order. Papers must follow identity; entitlement may come first.
 */
const planted = [
  { step: 'identity', minutes: 10, share: 0.1 },
  { step: 'papers', minutes: 30, share: 0.05 },
  { step: 'entitlement', minutes: 5, share: 0.3 },
] as const;
const rules = `steps:
  rejection: [refuse]
  checks:
    - {step: identity, after: [send]}
    - {step: papers, after: [send, identity]}
    - {step: entitlement, after: [send]}`;

function checked(seed: number, count: number) {
  const draw = drawsFor(seed, 'planted checks');
  return Array.from({ length: count }, (_, i) => {
    const claim: (readonly [string, number, number])[] = [['send', i / 50, 5]];
    for (const [k, { step, minutes, share }] of planted.entries()) {
      claim.push([step, i / 50 + k + 1, Math.round(minutes * (0.5 + draw(i, 10 + k)))]);
      if (draw(i, k) < share) return [...claim, ['refuse', i / 50 + k + 1.5, 2] as const];
    }
    return [...claim, ['pay', i / 50 + 5, 5] as const];
  });
}

const gross = (claims: ReturnType<typeof checked>) => {
  const refused = claims.filter(
    (claim) => claim.at(-1)?.[0] === 'refuse' && claim.at(-2)?.[0] === 'entitlement',
  );
  const minutes = refused.flatMap((claim) => claim.slice(1, 3)).reduce((sum, [, , each]) => sum + each, 0);
  return { cases: refused.length, minutes };
};

test('checks in vain are those that the one which turned a claim down need not follow, and the better order is found', async () => {
  const count = 1500;
  const claims = checked(1, count);
  const results = await found(claims, rules);
  const rework = of(results, 'rework');
  const rows = rowsOf(rework, 'checks');
  expect(rows.map(({ check, now, best }) => [check, now, best])).toEqual([
    ['identity', 1, 2],
    ['papers', 2, 3],
    ['entitlement', 3, 1],
  ]);
  // Identity precedes papers by rule, so nothing before papers is in vain; before entitlement both are.
  const { cases, minutes } = gross(claims);
  expect(rows.map(({ inVain }) => inVain)).toEqual([0, 0, cases]);
  expect(rework.answer).toMatch(/Checks took [\d,]+ hours on/);
  expect(rows[2]?.hours).toBeCloseTo(minutes / 60, 9);
  // 10 + 0.9 × 30 + 0.855 × 5 against 5 + 0.7 × 10 + 0.63 × 30 minutes: 10.375 less a claim, at a pound each.
  const saved = figureOf(rework, 'order-pounds');
  expect(saved?.interval?.low).toBeLessThan(10.375 * count);
  expect(saved?.interval?.high).toBeGreaterThan(10.375 * count);
  expect(figureOf(rework, 'order-hours')?.value).toBeCloseTo((saved?.value ?? 0) / 60, 9);
  const finding = rowsOf(of(results, 'findings'), 'findings').find(
    ({ pattern }) => pattern === 'overprocessing',
  );
  expect(finding).toMatchObject({ cases, pounds: saved?.value });
  expect(finding?.title).toContain('in the order "entitlement", "identity" and "papers"');
});

test('where the order of the log is the best one permitted, or nothing permits another, nothing is found', async () => {
  const claims = checked(2, 600);
  const fixed = rules.replace('entitlement, after: [send]', 'entitlement, after: [papers]');
  for (const [steps, said] of [
    [fixed, 'Checks that can turn a case down'],
    [rules.split('\n  checks:')[0] ?? '', 'does not say which checks may change places'],
  ] as const) {
    const results = await found(claims, steps);
    const rework = of(results, 'rework');
    expect([...rework.caveats, ...rework.tables.map(({ title }) => title)].join(' ')).toContain(said);
    expect(figureOf(rework, 'checked-in-vain-hours')).toBeUndefined();
    const patterns = rowsOf(of(results, 'findings'), 'findings').map(({ pattern }) => pattern);
    expect(patterns).not.toContain('overprocessing');
  }
});

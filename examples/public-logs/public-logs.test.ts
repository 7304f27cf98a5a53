import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Facts, prepareFacts } from '../../src/define/index.ts';
import { find } from '../../src/find/index.ts';
import { buildWorkspace, openWorkspace, type Workspace } from '../../src/ingest/index.ts';
import { identifier, type Sql, sql } from '../../src/stores/index.ts';
import { hasLogs, logFolder, withLog } from './with-log.ts';

const reference = hasLogs ? JSON.parse(readFileSync(join(logFolder, 'reference', 'facts.json'), 'utf8')) : {};
const folders: string[] = [];
const open: Workspace[] = [];

afterAll(async () => {
  for (const workspace of open) await workspace.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Does what the guide asks of a reader: a folder with the charter, and the log under data/. */
async function read(
  name: string,
  log: string,
  expressions: readonly string[],
): Promise<{ workspace: Workspace; facts: Facts }> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  folders.push(folder);
  mkdirSync(join(folder, 'data'));
  copyFileSync(new URL(`${name}/service.yaml`, import.meta.url), join(folder, 'service.yaml'));
  copyFileSync(join(logFolder, 'logs', log), join(folder, 'data', log));
  await buildWorkspace(folder);
  const workspace = await openWorkspace(folder);
  open.push(workspace);
  const facts = await prepareFacts(workspace.warehouse, workspace.loaded, { expressions });
  return { workspace, facts };
}

async function counts(workspace: Workspace, by: Sql, from: Sql = sql`case_facts`) {
  const rows = await workspace.warehouse.query(
    sql`select ${by} as k, count(*) as n from ${from} group by 1 order by 1 nulls last`,
  );
  return Object.fromEntries(rows.map((row) => [String(row.k), Number(row.n)]));
}

async function median(workspace: Workspace, value: Sql, where: Sql): Promise<number> {
  const [row] = await workspace.warehouse.query(
    sql`select ${workspace.warehouse.dialect.quantile(value, 0.5)} as m from case_facts where ${where}`,
  );
  return Number(row?.m);
}

describe.skipIf(!hasLogs)('road traffic fines, read through their charter', () => {
  const days = "date_days_between(first('Create Fine'), first('Send Fine'))";
  const sent = "has('Send Fine')";
  const appealed =
    "has('Insert Date Appeal to Prefecture') or has('Send Appeal to Prefecture') or has('Receive Result Appeal from Prefecture') or has('Notify Result Appeal to Offender') or has('Appeal to Judge')";
  const opened = hasLogs
    ? read('fines', 'traffic_fines.csv.gz', [`${days} > 90`, sent, appealed])
    : undefined;
  const ready = async () => (await opened) as Awaited<ReturnType<typeof read>>;

  it('uses every row and finds the last step of each fine as the reference has it', async () => {
    const { workspace } = await ready();
    expect(workspace.sources.map((source) => [source.rowsIn, source.rowsUsed])).toEqual([[34_724, 34_724]]);
    expect(await counts(workspace, sql`last_step`)).toEqual(reference.traffic_fines.last_step);
  });

  it('gives each fine one ending: collection, appeal, paid with or without penalty, unpaid', async () => {
    const { workspace, facts } = await ready();
    const endings = await counts(workspace, sql`ending`);
    expect(endings.collection).toBe(reference.traffic_fines.sent_to_credit_collection);
    expect(Object.values(endings).reduce((a, b) => a + b, 0)).toBe(reference.traffic_fines.cases);
    expect((await counts(workspace, facts.condition(appealed))).true).toBe(
      reference.traffic_fines.cases_with_any_appeal_step,
    );
    expect((await counts(workspace, facts.condition("has('Payment')"))).false).toBe(
      reference.traffic_fines.payment_state['paid nothing'],
    );
  });

  it('agrees with the payment states when the total paid is set against amount and postage', async () => {
    const { workspace } = await ready();
    const { dialect } = workspace.warehouse;
    const amount = (name: string) => dialect.tryDouble(dialect.toText(sql`${identifier(name)}`));
    const states = await counts(
      workspace,
      sql`case when paid = 0 then 'paid nothing' when paid >= owed - 0.005 then 'paid in full' else 'paid in part' end`,
      sql`(select case_id, max(${amount('totalpaymentamount')}) as paid,
        max(${amount('amount')}) + sum(coalesce(${amount('expense')}, 0)) as owed from events group by case_id) amounts`,
    );
    expect(states).toEqual(reference.traffic_fines.payment_state);
  });

  it('finds 3,970 of 6,570 notices sent after more than 90 days, with a median of 102', async () => {
    const { workspace, facts } = await ready();
    const expected = reference.traffic_fines.create_to_send_days;
    expect((await counts(workspace, facts.condition(sent))).true).toBe(expected.cases);
    expect((await counts(workspace, facts.condition(`${days} > 90`))).true).toBe(expected.over_90);
    expect(await median(workspace, facts.number(days), facts.condition(sent))).toBe(expected.median);
  });
});

describe.skipIf(!hasLogs)('environmental permits, read through their charter', () => {
  it('puts first, of the waits, the one in which most days go by, not one of seconds', async () => {
    const results = await withLog('permits', 'receipt.xes.gz', (workspace) => find(workspace));
    const findings = results.find(({ id }) => id === 'findings')?.tables[0]?.rows ?? [];
    const rows = findings.filter(({ pattern }) => pattern === 'wait');
    expect(rows[0]?.title).toContain('"T05 Print and send confirmation of receipt" to "T06 ');
    // The days that go by there are the most of all waits, by the low end of their range.
    const days = rows.map(({ daysLow }) => Number(daysLow));
    expect(days[0]).toBe(Math.max(...days));
    expect(days[0]).toBeGreaterThan(1000);
    // Which cases are past their deadline is a matter of the same time, so it is not held against the wait.
    expect(rows[0]?.difference).toBeNull();
  });

  const late = 'coalesce(enddate, last_at) > deadline';

  it('are past their deadline as often as the reference says, channel by channel', async () => {
    const { workspace, facts } = await read('permits', 'receipt.xes.gz', [late]);
    const rows = await workspace.warehouse.query(sql`
      select channel, count(*) as cases, sum(case when ${facts.condition(late)} then 1 else 0 end) as late
      from case_facts group by 1`);
    const found = Object.fromEntries(rows.map((row) => [row.channel, [row.cases, row.late]]));
    const expected = Object.entries(
      reference.receipt as Record<string, { cases: number; past_deadline: number }>,
    );
    expect(found).toEqual(
      Object.fromEntries(expected.map(([channel, one]) => [channel, [one.cases, one.past_deadline]])),
    );
    for (const [channel, one] of expected) {
      const value = await median(workspace, sql`duration_days`, sql`channel = ${channel}`);
      expect(value).toBeCloseTo((one as unknown as { median_days: number }).median_days, 5);
    }
  });
});

describe.skipIf(!hasLogs)('travel claims, read through their charter', () => {
  it('wait 11.2 days in the middle where a claim was rejected and 7.3 where not', async () => {
    const { workspace, facts } = await read('travel', 'BPI_2020_DomesticDeclarations.xes.gz', []);
    const expected = reference.DomesticDeclarations;
    const quality = workspace.loaded.charter.quality?.find(({ id }) => id === 'no-rejection');
    const clean = facts.condition(quality?.share ?? '');
    expect(await counts(workspace, clean)).toEqual({
      false: expected.cases_with_rejection,
      true: expected.cases - expected.cases_with_rejection,
    });
    const days = sql`duration_days`;
    expect(await median(workspace, days, sql`not ${clean}`)).toBeCloseTo(
      expected.median_days_with_rejection,
      5,
    );
    expect(await median(workspace, days, clean)).toBeCloseTo(expected.median_days_without, 5);
  });
});

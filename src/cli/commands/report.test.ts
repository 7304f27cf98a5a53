import { expect, test } from 'vitest';
import { emptyFolder, run } from '../run.test-support.ts';

/** Sixty permits; fifteen of them are visited twice in a row, by three people. */
function permits(): string {
  const rows = ['case,step,at,worker'];
  for (let i = 1; i <= 60; i++) {
    const day = (n: number) => new Date(Date.UTC(2026, 0, 5 + n, 9, i)).toISOString();
    rows.push(`P${i},Apply,${day(0)},w${i % 4}`, `P${i},Visit,${day(3)},w${i % 4}`);
    if (i <= 15) rows.push(`P${i},Visit,${day(4)},w${i % 4}`);
    rows.push(`P${i},Decide,${day(9)},w${i % 4}`);
  }
  return `${rows.join('\n')}\n`;
}

async function workspace(): Promise<string> {
  const cwd = emptyFolder();
  await run(['init', 'permits'], { cwd });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${cwd}/log.csv`, permits());
  await run(
    [
      'add',
      'log.csv',
      '--into',
      'permits',
      '--as',
      'events',
      '--map',
      'case_id=case,step=step,finished=at,worker=worker',
      '--timezone',
      'UTC',
    ],
    { cwd },
  );
  return cwd;
}

test('a report is kept, listed, changed and deleted', async () => {
  const cwd = await workspace();
  const first = await run(
    ['report', 'permits', 'I visit twice', '--times', '3', '--minutes', '20', '--step', 'Visit'],
    { cwd },
  );
  expect(first.code).toBe(0);
  const id = /Kept as (\S+)\./.exec(first.err)?.[1] ?? '';
  expect((await run(['report', 'permits', '--list', '--format', 'table'], { cwd })).out).toBe(
    `${id}  I visit twice (3 a week, 20 minutes each, at "Visit")\n`,
  );
  await run(['report', 'permits', 'I phone first', '--change', id], { cwd });
  const listed = JSON.parse((await run(['report', 'permits', '--format', 'json'], { cwd })).out);
  expect(listed).toMatchObject([{ id, what: 'I phone first', minutes: null }]);
  await run(['report', 'permits', '--delete', id], { cwd });
  expect((await run(['report', 'permits', '--list'], { cwd })).err).toContain('Nothing has been said yet');
});

test('what is refused says why, and keeps nothing', async () => {
  const cwd = await workspace();
  const personal = await run(['report', 'permits', 'Ring 020 7946 0018'], { cwd });
  expect(personal.code).not.toBe(0);
  expect(personal.err).toContain('PERSONAL_DATA_SUSPECTED');
  expect((await run(['report', 'permits', 'x', '--minutes', 'ten'], { cwd })).err).toContain(
    'takes a number',
  );
  expect((await run(['report', 'permits', 'x', '--change', 'none'], { cwd })).err).toContain(
    'no report "none"',
  );
  expect(
    (await run(['report', 'permits', '--finding', 'none', '--verdict', 'data-error'], { cwd })).err,
  ).toContain('no finding "none"');
});

test('a dismissed finding stays away from the list, and is counted', async () => {
  const cwd = await workspace();
  const found = async () => JSON.parse((await run(['find', 'permits', '--format', 'json'], { cwd })).out);
  const rowsOf = (
    results: readonly { id: string; tables: { id: string; rows: Record<string, unknown>[] }[] }[],
    id: string,
    table = id,
  ) => results.find((one) => one.id === id)?.tables.find((one) => one.id === table)?.rows ?? [];
  const [row] = rowsOf(await found(), 'workarounds');
  expect(row).toMatchObject({ of: 'direct-repetition', cases: 15, verdict: null });
  const said = await run(
    [
      'report',
      'permits',
      '--finding',
      String(row?.id),
      '--verdict',
      'legitimate-exception',
      '--reason',
      'A second look is the rule',
    ],
    { cwd },
  );
  expect(said).toMatchObject({ code: 0 });
  const after = await found();
  expect(rowsOf(after, 'workarounds')[0]).toMatchObject({ id: row?.id, verdict: 'legitimate exception' });
  expect(rowsOf(after, 'findings').map(({ id }) => id)).not.toContain(row?.id);
  expect(rowsOf(after, 'workarounds', 'reviews')).toMatchObject([{ confirmed: 0, reviewed: 1 }]);
});

test('any finding can be confirmed or dismissed: the list says how many it leaves out, and of which kind how many hold', async () => {
  const cwd = await workspace();
  const findings = async () => {
    const results = JSON.parse((await run(['find', 'permits', '--format', 'json'], { cwd })).out);
    const one = results.find(({ id }: { id: string }) => id === 'findings');
    const rows = (id: string) => one.tables.find((table: { id: string }) => table.id === id)?.rows ?? [];
    return { rows, caveats: one.caveats.join(' ') as string };
  };
  const say = (...rest: readonly string[]) => run(['report', 'permits', '--finding', ...rest], { cwd });
  expect(await say('wait-1', '--verdict', 'confirmed', '--response', 'redesign')).toMatchObject({ code: 0 });
  expect(await say('wait-2', '--verdict', 'data-error')).toMatchObject({ code: 0 });
  const { rows, caveats } = await findings();
  const [first] = rows('findings').filter(({ pattern }: { pattern: string }) => pattern === 'wait');
  expect(first).toMatchObject({ id: 'wait-1', verdict: 'confirmed', confirmed: '1 of 2' });
  expect(rows('findings').map(({ id }: { id: string }) => id)).not.toContain('wait-2');
  expect(caveats).toContain('1 finding is left out: those who do the work say that it is');
  expect(rows('reviews')).toMatchObject([{ pattern: 'A wait', confirmed: 1, reviewed: 2 }]);
  // What was dismissed can still be said something of: it comes back when it is confirmed.
  expect(rows('dismissed')).toMatchObject([{ id: 'wait-2', verdict: 'data error' }]);
  await say(rows('dismissed')[0].review, '--verdict', 'confirmed-workaround');
  const after = await findings();
  expect(after.rows('dismissed')).toEqual([]);
  expect(after.rows('findings').find(({ id }: { id: string }) => id === 'wait-2')).toMatchObject({
    verdict: 'confirmed',
    confirmed: '2 of 2',
  });
});

test('a finding is made an option, listed with its figures, and removed', async () => {
  const cwd = await workspace();
  const made = await run(['option', 'permits', 'rework-1'], { cwd });
  expect(made.err).toContain('Kept as the draft option-rework-1.');
  expect(made.code).toBe(0);
  const listed = await run(['option', 'permits', '--format', 'json'], { cwd });
  expect(JSON.parse(listed.out)).toMatchObject([
    { id: 'option-rework-1', title: expect.stringContaining('"Visit" is done again in 15 cases') },
  ]);
  const unknown = await run(['option', 'permits', 'rework-9'], { cwd });
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('rework-1: "Visit" is done again');
  expect((await run(['option', 'permits', '--remove', 'option-rework-1'], { cwd })).code).toBe(0);
  expect((await run(['option', 'permits', '--remove', 'option-rework-1'], { cwd })).code).toBe(2);
  expect((await run(['option', 'permits'], { cwd })).err).toContain('There are no drafts of options yet.');
});

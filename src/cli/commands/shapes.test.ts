import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../run.test-support.ts';

const history = `CaseId,Field,OldValue,NewValue,CreatedDate
1,Status,New,Closed,2026-04-03T09:00Z
1,Stage,A,B,2026-04-02T09:00Z
`;

describe('how an extract lays its events out', () => {
  const cwd = folderWith({
    'history.csv': history,
    'cases.csv': 'ref,"Sent, in",Decided\n1,2026-04-01,2026-04-02\n2,2026-04-01,\n2,2026-04-01,\n',
  });

  it('is asked about as an option that can be typed', async () => {
    const asked = await run(['log', 'history.csv'], { cwd });
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('error[HISTORY_FIELD_UNKNOWN]');
    expect(asked.err).toContain('--field "Status"');
    const said = await run(['log', 'history.csv', '--field', 'Stage', '--format', 'json'], { cwd });
    expect(JSON.parse(said.out)).toMatchObject({
      events: 1,
      startSteps: [{ step: 'B' }],
      rejects: [{ reason: 'OTHER_FIELD', rows: 1 }],
    });
  });

  it('is said with steps, whose columns may hold a comma, and equal rows count once if asked', async () => {
    const args = ['log', 'cases.csv', '--map', 'case_id=ref', '--steps', 'sent=Sent\\, in,decided=Decided'];
    const all = await run([...args, '--format', 'json'], { cwd });
    expect(JSON.parse(all.out)).toMatchObject({ cases: 2, events: 4, steps: 2 });
    const once = await run([...args, '--dedupe', 'exact', '--format', 'json'], { cwd });
    expect(JSON.parse(once.out)).toMatchObject({
      cases: 2,
      events: 3,
      rejects: [{ reason: 'DUPLICATE_ROW', rows: 1 }],
    });
  });

  it.each([
    [['--steps', 'decided'], '"decided" is not a pair of step and column.'],
    [['--steps', 'a=Decided,a=ref'], 'The step "a" is mapped twice.'],
    [['--steps', 'a=Decidd'], 'has no column "Decidd" (given for the step "a")'],
    [['--keep-latest-by', 'Decided'], '--keep-latest-by needs --dedupe'],
    [['--dedupe', 'exact', '--keep-latest-by', 'Decided'], 'have no latest one'],
    [['--dedupe', 'ref,,Decided'], 'names an empty column'],
    [['--dedupe', 'reff'], 'has no column "reff" (given for dedupe)'],
    [['--shape', 'long'], 'rows, wide, history'],
  ])('%j is wrong use', async (options, words) => {
    const { code, err } = await run(['log', 'cases.csv', ...options], { cwd });
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

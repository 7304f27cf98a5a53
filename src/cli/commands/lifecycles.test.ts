import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../run.test-support.ts';

const head = 'case_id,step,time:timestamp,worker,lifecycle';
const starts = `${head}
1,check,2026-04-01 09:00,w,start
1,check,2026-04-01 09:30,w,complete
1,decide,2026-04-01 10:00,w,complete
`;
const spans = `case_id,step,start,end
1,long,2026-04-01 09:00,2026-04-01 12:00
1,short,2026-04-01 10:00,2026-04-01 11:00
`;

describe('an event log whose steps have a beginning and an end', () => {
  const cwd = folderWith({ 'starts.csv': starts, 'spans.csv': spans });
  const described = async (...args: readonly string[]) => {
    const { code, out, err } = await run(['log', ...args, '--format', 'json'], { cwd });
    expect(code).toBe(0);
    return { log: JSON.parse(out), err };
  };

  it('is counted as it stands, and says how rows could be joined', async () => {
    const { log, err } = await described('starts.csv');
    expect(log).toMatchObject({ events: 3, edgeTotal: 2 });
    expect(err).toContain('every row counts as it stands; `pair` joins the rows of one piece of work');
  });

  it('is paired when that is asked for', async () => {
    const { log, err } = await described('starts.csv', '--lifecycle', 'pair');
    expect(log).toMatchObject({ events: 2, edgeTotal: 1 });
    expect(err).toContain('1 row became part of another row: 1 piece of work with a start and a finish');
  });

  it('has another sequence by start than by finish, and words say which is shown', async () => {
    expect((await described('spans.csv')).log.topEdges).toEqual([{ from: 'short', to: 'long', count: 1 }]);
    expect((await described('spans.csv', '--order', 'start')).log.topEdges).toEqual([
      { from: 'long', to: 'short', count: 1 },
    ]);
    const words = async (...args: readonly string[]) =>
      (await run(['log', 'spans.csv', ...args, '--format', 'table'], { cwd })).out;
    expect(await words()).toContain('Steps are in order of their finish');
    expect(await words('--order', 'start')).toContain('Steps are in order of their start');
  });

  it('tells steps apart by several columns, and names the columns where one is not there', async () => {
    const { log } = await described('starts.csv', '--classifier', 'step+lifecycle');
    expect(log.startSteps).toEqual([{ step: 'check+start', cases: 1 }]);
    const unknown = await run(['log', 'starts.csv', '--classifier', 'step+state'], { cwd });
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('error[CLASSIFIER_NOT_FOUND]');
    expect(unknown.err).toContain('columns: case_id, step');
  });
});

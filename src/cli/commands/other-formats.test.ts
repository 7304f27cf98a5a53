import { describe, expect, it } from 'vitest';
import { folderWith, run, smallLog } from '../run.test-support.ts';

const objects = [
  ['o1', 'order'],
  ['o2', 'order'],
  ['i1', 'item'],
].map(([id, type]) => ({ id, type }));
const events = ['o1', 'o2', 'i1'].map((first, n) => ({
  id: `e${n}`,
  type: n === 0 ? 'Placed' : 'Packed',
  time: `2026-04-0${n + 1}T09:00:00Z`,
  relationships: [first, ...(n === 0 ? ['i1'] : [])].map((objectId) => ({ objectId, qualifier: '' })),
}));
const types = ['order', 'item'].map((name) => ({ name, attributes: [] }));
const ocel = JSON.stringify({ objectTypes: types, eventTypes: [], objects, events });

describe('files that hold more than one log', () => {
  const cwd = folderWith({ 'log.jsonocel': ocel, 'log.csv': smallLog });

  it('asks which object is a case, in words that can be typed', async () => {
    const { code, err } = await run(['log', 'log.jsonocel'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('error[OBJECT_TYPE_AMBIGUOUS]: log.jsonocel holds 2 types of objects');
    expect(err).toContain('item (2 events), order (2 events)');
    expect(err).toContain('--object-type "item"');
  });

  it('reads the log by the type named and says what that leaves out', async () => {
    const args = ['log', 'log.jsonocel', '--object-type', 'order', '--format', 'json'];
    const { code, out, err } = await run(args, { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      cases: 2,
      events: 2,
      rejects: [{ reason: 'OCEL_NO_OBJECT', rows: 1 }],
    });
    expect(err).toContain('3 events = 2 used + 0 set aside + 1 without such an object.');
  });

  it('refuses an option that the file has no use for', async () => {
    const sheet = await run(['log', 'log.csv', '--sheet', 'Events'], { cwd });
    expect([sheet.code, sheet.err.split('\n')[0]]).toEqual([
      2,
      'error[SHEET_NOT_FOUND]: log.csv is no workbook, so it has no sheet "Events".',
    ]);
    const type = await run(['log', 'log.csv', '--object-type', 'order'], { cwd });
    expect(type.err).toContain('error[OBJECT_TYPE_NOT_FOUND]');
  });
});

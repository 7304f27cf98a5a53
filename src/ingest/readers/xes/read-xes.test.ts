import { describe, expect, it } from 'vitest';
import { readAll } from '../read-all.test-support.ts';

const event = (step: string, more = '') =>
  `<event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="2024-01-01T09:00:00Z"/>${more}</event>`;

const log = (events: readonly string[]) =>
  `<log>${events.map((each, i) => `<trace><string key="concept:name" value="c${i}"/>${each}</trace>`).join('')}</log>`;

describe('events of a log', () => {
  it('are all read where the last of them wait for more text than comes', async () => {
    const long = `<string key="note" value="${'x'.repeat(5_000_000)}"/>`;
    const { columns, rows, lines } = await readAll(log([event('first', long), event('second')]));
    const step = columns.indexOf('concept:name');
    expect(rows.map((row) => row[step])).toEqual(['first', 'second']);
    expect(lines).toEqual([1, 2]);
  });

  it('keep their case where a key of theirs looks like one of the case', async () => {
    const odd = '<string key="case:concept:name" value="X"/><string key="case:type" value="late"/>';
    const text = log([event('a') + event('b', odd) + event('c')]);
    const { columns, rows } = await readAll(text);
    const [name, own] = ['case:concept:name', 'event:case:concept:name'].map((each) => columns.indexOf(each));
    expect(rows.map((row) => row[name ?? -1])).toEqual(['c0', 'c0', 'c0']);
    expect(rows.map((row) => row[own ?? -1])).toEqual(['', 'X', '']);
  });

  it('are set aside and counted where they stand in no trace', async () => {
    const { rows, faults } = await readAll(log([event('a')]).replace('</log>', `${event('b')}</log>`));
    expect([rows.length, faults.map(({ line, reason }) => [line, reason])]).toEqual([
      1,
      [[2, 'CASE_ID_EMPTY']],
    ]);
  });

  it.each(['&#xD800;', '&#0;', '&#xFFFF;'])('with %s, which is no character, are refused', async (entity) => {
    await expect(readAll(log([event(`a${entity}`)]))).rejects.toMatchObject({ code: 'XML_MALFORMED' });
  });
});

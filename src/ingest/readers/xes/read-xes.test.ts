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
});

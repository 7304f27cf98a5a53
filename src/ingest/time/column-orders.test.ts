import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WellspentError } from '../../core/index.ts';
import type { AddReport, AddRequest } from '../index.ts';
import { batchRows } from '../readers/raw-table.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const few = 20;
const many = batchRows + 808;
/** Rows before the last twentieth. */
const early = (rows: number) => rows - rows / 20;

/** A file whose first rows hold one kind of date and whose last twentieth another. */
function fileOf(rows: number, first: (i: number) => string, last: (i: number) => string): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const written = i < early(rows) ? first(i) : last(i);
    return `c${i >> 2},s${i & 3},${written}`;
  });
  return `case,step,finished\n${lines.join('\n')}\n`;
}

const two = (n: number) => String(n).padStart(2, '0');
const iso = (i: number) => `2025-${two(1 + (i % 12))}-${two(13 + (i % 15))} 10:00`;
const isoEarly = (i: number) => `2025-${two(1 + (i % 12))}-${two(1 + (i % 12))} 10:00`;
const either = (i: number) => `${two(1 + (i % 6))}/${two(7 + (i % 6))}/2025 10:00`;
const day = (i: number) => `${two(13 + (i % 15))}/${two(1 + (i % 12))}/2025 10:00`;
const month = (i: number) => `${two(1 + (i % 12))}/${two(13 + (i % 15))}/2025 10:00`;
const yearDayMonth = (i: number) => `2025-${two(13 + (i % 15))}-${two(1 + (i % 12))} 10:00`;
const each = (i: number) => (i % 2 === 0 ? day(i) : month(i));

type Outcome = Pick<AddReport, 'rowsUsed' | 'reasons'> & { readonly notices: readonly string[] };

async function outcomeOf(text: string, rules: Partial<AddRequest> = {}): Promise<Outcome | string> {
  const name = `dates-${text.length}.csv`;
  try {
    const { rowsUsed, reasons, notices } = await small.add(name, text, rules);
    return {
      rowsUsed,
      reasons,
      notices: notices.map(({ code }) => code).filter((code) => code.startsWith('DATE_')),
    };
  } catch (error) {
    if (error instanceof WellspentError) return error.code;
    throw error;
  }
}

describe('dates are read alike in a short file and a long one', () => {
  it.each([
    ['years first, then both ways', iso, either],
    ['years first without a day above 12, then both ways', isoEarly, either],
    ['both ways throughout', either, either],
    ['both ways, then as many of each', either, each],
  ])('%s is asked', async (_, first, last) => {
    for (const rows of [few * 2, many])
      expect(await outcomeOf(fileOf(rows, first, last))).toBe('DATE_ORDER_AMBIGUOUS');
  });

  it.each([
    ['day first, then month first', day, month],
    ['month first, then day first', month, day],
  ])('%s is two orders, of which that of most is used', async (_, first, last) => {
    for (const rows of [few, many]) {
      const aside = rows / 20;
      expect(await outcomeOf(fileOf(rows, first, last))).toMatchObject({
        rowsUsed: early(rows),
        reasons: [{ reason: 'TIME_UNPARSABLE', rows: aside }],
        notices: ['DATE_ORDER_MIXED'],
      });
    }
  });

  it.each([
    ['years first, then day first', iso, day],
    ['years first, then month first', iso, month],
    ['both ways, then month first', either, month],
    ['month first, then both ways', month, either],
    ['year, month and day, then year, day and month', isoEarly, yearDayMonth],
  ])('%s is read whole', async (_, first, last) => {
    const outcomes = [
      await outcomeOf(fileOf(few, first, last)),
      await outcomeOf(fileOf(many, first, last)),
    ] as const;
    expect(outcomes).toMatchObject([
      { rowsUsed: few, reasons: [] },
      { rowsUsed: many, reasons: [], notices: (outcomes[0] as Outcome).notices },
    ]);
  });

  it('the notice of two orders tells how many can only be the one, the other, and both', async () => {
    const text = fileOf(many, (i) => (i % 2 === 0 ? day(i) : either(i)), month);
    const { notices } = await small.add('mixed.csv', text);
    expect(notices.find(({ code }) => code === 'DATE_ORDER_MIXED')).toMatchObject({
      count: 450,
      message:
        'Column "finished" holds dates in two orders: 4,275 can only be day/month, 450 only month/day. The order of most was used, for the 4,275 that read both ways too.',
    });
  });

  it('a month above 12 in an event log is a slip, and turns no other', async () => {
    const times = ['2026-03-02T09:00:00Z', '2026-13-01T09:00:00Z', '2026-04-05T09:00:00Z'];
    const event = (time: string) =>
      `<event><string key="concept:name" value="apply"/><date key="time:timestamp" value="${time}"/></event>`;
    const text = `<log><trace><string key="concept:name" value="1"/>${times.map(event).join('')}</trace></log>`;
    const report = await small.add('slip.xes', text);
    expect(report.reasons).toEqual([{ reason: 'TIME_UNPARSABLE', rows: 1 }]);
    expect(await small.query('select cast(finished as varchar) as at from events order by finished')).toEqual(
      [{ at: '2026-03-02 09:00:00' }, { at: '2026-04-05 09:00:00' }],
    );
  });

  it('an order that was stated is kept to', async () => {
    for (const dayFirst of [true, false])
      expect(await outcomeOf(fileOf(many, iso, either), { dayFirst })).toMatchObject({ rowsUsed: many });
  });

  it('a column of JSON that comes late is asked about too', async () => {
    const rows = Array.from({ length: many }, (_, i) =>
      JSON.stringify({
        case: `c${i >> 2}`,
        step: 's',
        finished: iso(i),
        ...(i >= early(many) ? { opened: either(i) } : {}),
      }),
    );
    const map = { case_id: 'case', step: 'step', finished: 'finished', started: 'opened' };
    await expect(small.add('late.jsonl', rows.join('\n'), { map })).rejects.toMatchObject({
      code: 'DATE_ORDER_AMBIGUOUS',
    });
  });

  it('an attribute of dates in two spellings is kept as it was written', async () => {
    const text = fileOf(many, iso, either).replaceAll(/^(.*),(.*)$/gm, (_, start, last) =>
      last === 'finished' ? `${start},finished,seen` : `${start},2025-01-13 10:00,${last}`,
    );
    await small.add('attribute.csv', text, { map: { case_id: 'case', step: 'step', finished: 'finished' } });
    const rows = await small.query('select distinct typeof(seen) as kind from events');
    expect(rows).toEqual([{ kind: 'VARCHAR' }]);
  });
});

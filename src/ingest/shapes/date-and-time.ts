import { comparable } from '../mapping/names.ts';
import { textsOf } from '../readers/cells.ts';
import type { RawBatch, RawTable } from '../readers/raw-table.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { openZone } from '../time/zone.ts';

/** A column of dates, and the one beside it that says the time of day of each. */
export interface DateAndTime {
  readonly date: string;
  readonly time: string;
}

const clock = /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?$/i;
const mostly = 0.95;
const looked = 1_000;
const rules: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

/** Columns whose names are those of a date and of its time, such as "Start Date" and "Start Time". */
export function namedDateAndTime(columns: readonly string[]): readonly DateAndTime[] {
  const byName = new Map(columns.map((column) => [comparable(column), column]));
  return columns.flatMap((time) => {
    const name = comparable(time);
    if (!name.includes('time')) return [];
    const date = byName.get(name.replace('time', 'date'));
    return date === undefined ? [] : [{ date, time }];
  });
}

function joined(date: string, time: string): string {
  return date.trim() === '' || time.trim() === '' ? date : `${date.trim()} ${time.trim()}`;
}

/** Those pairs of which the values are dates without a time, and times without a date, that read together as times. */
export function foundDateAndTime(
  pairs: readonly DateAndTime[],
  columns: readonly string[],
  first: RawBatch,
): readonly DateAndTime[] {
  return pairs.filter(({ date, time }) => {
    const cellsOf = (name: string) => textsOf(first.columns[columns.indexOf(name)]).slice(0, looked);
    const [dates, times] = [cellsOf(date), cellsOf(time)];
    let filled = 0;
    let fits = 0;
    for (const [row, text] of dates.entries()) {
      const said = (times[row] ?? '').trim();
      if (text.trim() === '' || said === '') continue;
      filled += 1;
      const isDate = parseTime(text.trim(), rules, reading) && (reading.flags & timeFlags.dateOnly) !== 0;
      if (isDate && clock.test(said) && parseTime(joined(text, said), rules, reading)) fits += 1;
    }
    return filled > 0 && fits >= mostly * filled;
  });
}

/** A table in which each date of some columns has the time of day that stands beside it. */
export function withTimesOfDay(table: RawTable, pairs: readonly DateAndTime[]): RawTable {
  const says = pairs.map(({ date, time }) => `"${time}" was read with the dates of "${date}"`).join(', ');
  const usedUp = new Map(
    pairs.map(({ date, time }) => [time, `its times of day are read with the dates of "${date}"`]),
  );
  return {
    format: table.format,
    listsCases: table.listsCases,
    get columns() {
      return table.columns;
    },
    get facts() {
      return table.facts;
    },
    notices: () => [
      ...table.notices(),
      {
        code: 'DATE_AND_TIME_JOINED',
        message: `The time of day in ${says}. To read them apart, name the column of times in \`map\`.`,
      },
    ],
    ...(table.numberLengths ? { numberLengths: (column) => table.numberLengths?.(column) ?? new Set() } : {}),
    ...(table.lists ? { lists: () => table.lists?.() ?? new Map() } : {}),
    shaped: { usedUp, says: {}, rowsAreCases: false },
    async *batches() {
      for await (const batch of table.batches()) {
        const columns = [...batch.columns];
        for (const { date, time } of pairs) {
          const [d, t] = [table.columns.indexOf(date), table.columns.indexOf(time)];
          const times = textsOf(batch.columns[t]);
          columns[d] = textsOf(batch.columns[d]).map((text, row) => joined(text, times[row] ?? ''));
        }
        yield { ...batch, columns };
      }
    },
  };
}

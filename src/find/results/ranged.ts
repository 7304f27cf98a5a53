import { type CellValue, type Column, formatInterval, type Unit } from '../../core/index.ts';

/** A number with its 95% interval, as columns: the value, the interval in words, and its ends as numbers for machines. */
export interface Ranged {
  readonly key: string;
  readonly title: string;
  /** Ends the titles of the interval: "95% interval of …". */
  readonly of: string;
  readonly type: Unit;
  /** The key of the interval in words, and what the keys of its ends begin with; after `key` by default. */
  readonly interval?: string;
  readonly ends?: string;
  /** Keys of the columns that the value is worked out from; its interval is told with the value only. */
  readonly from?: readonly string[];
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

const keysOf = ({ key, interval = `${key}Interval`, ends = key }: Ranged) => ({
  interval,
  low: `${ends}Low`,
  high: `${ends}High`,
});

/** The columns of numbers with intervals, one after the other. */
export function rangedColumns(all: readonly Ranged[]): readonly Column[] {
  return all.flatMap((ranged): readonly Column[] => {
    const { interval, low, high } = keysOf(ranged);
    const { key, title, of, type, from } = ranged;
    const withValue = { derivedFrom: [key] };
    return [
      { key, title, type, intervalIn: interval, ...(from ? { derivedFrom: from } : {}) },
      { key: interval, title: `95% interval of ${of}`, type: 'text', ...withValue },
      { key: low, title: `${title}, at least`, type, forMachines: true, ...withValue },
      { key: high, title: `${title}, at most`, type, forMachines: true, ...withValue },
    ];
  });
}

/** The cells of a number with its interval. */
export function rangedCells(
  ranged: Ranged,
  value: number | null | undefined,
  ends: Ends | null | undefined,
): Readonly<Record<string, CellValue>> {
  const { interval, low, high } = keysOf(ranged);
  return {
    [ranged.key]: value ?? null,
    [interval]: ends ? formatInterval(ends, ranged.type) : null,
    [low]: ends?.low ?? null,
    [high]: ends?.high ?? null,
  };
}

import type { Column, ColumnType } from '../core/index.ts';
import type { Change } from './change.ts';

/** How many of all items stand on each side of a change. */
interface ChangeCounts {
  readonly earlier: number;
  readonly later: number;
}

function countOf(states: Change['base'], periods: number): number {
  const total = states.reduce((sum, { quantity }) => sum + (quantity ?? 0) * periods, 0);
  const whole = Math.round(total);
  return Math.abs(total - whole) < 1e-6 * Math.max(1, whole) ? whole : total;
}

/** The counts that a growth of volume is worked out from. */
export function countsOfChange({ base, current, comparison }: Change): ChangeCounts {
  return {
    earlier: countOf(base, comparison.earlier.length),
    later: countOf(current, comparison.later.length),
  };
}

const keys = ['earlier', 'later'] as const;

/** The columns of what a growth is worked out from; pages show them where there is room. */
export function countColumns(isRead: boolean): readonly Column[] {
  const machines = isRead ? {} : ({ forMachines: true } as const);
  return [
    { key: keys[0], title: 'Counted earlier', type: 'count', ...machines },
    { key: keys[1], title: 'Counted later', type: 'count', ...machines },
  ];
}

/** A column that holds a change between the counts of its row, or what is worked out from it. */
export function changeColumn(key: string, title: string, type: ColumnType = 'growth'): Column {
  return { key, title, type, changeOf: keys };
}

import { listInWords, type Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import type { Clock } from '../charter/ways-of-working.ts';
import { tableOf } from './table-of.ts';

const quoted = (steps: readonly string[]) => steps.map((step) => `"${step}"`);

function momentInWords(moment: Clock['start'], otherwise: 'first' | 'last'): string {
  if ('column' in moment) return `the time in the column "${moment.column}"`;
  const which = moment.which ?? otherwise;
  if (typeof moment.step === 'string') return `the ${which} "${moment.step}"`;
  return `the ${which} of ${listInWords(quoted(moment.step))}`;
}

/** How time is counted. */
export function clocksTable({ clocks = [] }: Charter): readonly Table[] {
  return tableOf(
    'clocks',
    'How time is counted',
    [
      ['clock', 'Clock'],
      ['starts', 'Starts at'],
      ['stops', 'Stops at'],
      ['restarts', 'Starts again from nothing at'],
      ['pauses', 'Stands still'],
    ],
    clocks.map((clock) => ({
      clock: clock.title,
      starts: momentInWords(clock.start, 'first'),
      stops: momentInWords(clock.stop, 'last'),
      restarts: clock.restart ? `each ${listInWords(quoted(clock.restart))} before the stop` : 'never',
      pauses: clock.pause
        ? listInWords(clock.pause.map(({ from, to }) => `from "${from}" to the next "${to}"`))
        : 'never',
    })),
    ['Days are counted by the calendar where the data hold dates without a time of day.'],
  );
}

/** What was changed in how the work is done. */
export function changesTable({ changes = [] }: Charter): readonly Table[] {
  return tableOf(
    'changes',
    'What was changed in how the work is done',
    [
      ['change', 'Change'],
      ['on', 'From', 'date'],
    ],
    changes.map(({ title, on }) => ({ change: title, on })),
  );
}

import { countOf, type Figure, formatValue, leastCases, type Table } from '../../core/index.ts';
import type { SoonerBy } from '../failure-demand/index.ts';
import { totalInterval } from '../findings/total-interval.ts';
import type { FindWorkspace } from '../workspace.ts';

/** The number of days that is put in words: a working week. */
const saidDays = 5;

interface Whole {
  /** Contacts that people made, and the minutes of handling them. */
  readonly whole: number;
  readonly minutes: number;
  /** Years that the data cover; null where they are too few to speak of a year. */
  readonly years: number | null;
}

/** What shorter waits would spare, in words, as a figure and as a table. */
export interface Spared {
  readonly words: string;
  readonly figure: Figure;
  readonly table: Table;
  readonly caveat: string;
}

/** Contacts that come in the last days of the wait that brings most of them; null where fewer than ten do. */
export function sparedBySooner(
  step: string,
  sooner: readonly SoonerBy[],
  { whole, minutes, years }: Whole,
): Spared | null {
  const shown = sooner.filter(({ contacts }) => contacts >= leastCases);
  const said = shown.find(({ days }) => days === saidDays);
  if (!said) return null;
  const perYear = years ?? 1;
  const when = years === null ? '' : ' a year';
  const rows = shown.map((row) => {
    const interval = totalInterval(row.contacts, row.squared);
    return {
      days: row.days,
      contacts: Math.round(row.contacts / perYear),
      low: interval ? Math.round(interval.low / perYear) : null,
      high: interval ? Math.round(interval.high / perYear) : null,
      share: row.contacts / whole,
      hours: row.minutes === null ? null : row.minutes / 60 / perYear,
      time: row.minutes === null || minutes === 0 ? null : row.minutes / minutes,
    };
  });
  const own = rows.find(({ days }) => days === saidDays);
  const time =
    own?.hours == null || own.time === null
      ? ''
      : `: ${formatValue(own.hours, 'hours')} hours of handling${when}, ${formatValue(own.time, 'share')} of all the time that contacts take`;
  const interval = totalInterval(said.contacts, said.squared);
  return {
    words: ` Had each of those waits ended five days sooner, ${countOf(own?.contacts ?? 0, 'contact')}${when} (${formatValue(said.contacts / whole, 'share')} of all) would have had nothing left to ask${time}.`,
    figure: {
      id: 'spared-five-days',
      name: `Contacts${when} in the last five days of the wait after "${step}"`,
      value: said.contacts / perYear,
      unit: 'count',
      interval: interval ? { ...interval, low: interval.low / perYear, high: interval.high / perYear } : null,
      period: null,
    },
    table: {
      id: 'sooner',
      title: `Had each wait after "${step}" ended sooner`,
      columns: [
        { key: 'days', title: 'Days sooner', type: 'count', ofNobody: true },
        { key: 'contacts', title: `Contacts${when} without a cause`, type: 'count' },
        { key: 'low', title: 'At least (95%)', type: 'count' },
        { key: 'high', title: 'At most (95%)', type: 'count' },
        { key: 'share', title: 'Share of all contacts', type: 'share' },
        { key: 'hours', title: `Hours of handling${when}`, type: 'hours' },
        { key: 'time', title: 'Share of all handling', type: 'share' },
      ],
      rows,
      notes: [
        'Contacts that a failure brings, counted in so many days before the wait ended. Waits that have not ended are left out.',
      ],
    },
    caveat:
      'What comes in the last days of a wait is taken to come of the wait: consistent with it, and not shown until a test has.',
  };
}

/** The test that would show it: people moved to end the wait, group by group, in an order drawn by lot. */
export function steppedWedge(step: string, { loaded }: FindWorkspace): string {
  const [group] = loaded.charter.groups ?? [];
  const by = group ? `group by group (by "${group.title}") or team by team` : 'team by team';
  return `Test it before anybody is moved for good: move people to the work that ends the wait after "${step}", ${by}, on dates drawn by lot (a stepped wedge), and count these contacts for every hundred cases that wait, in each before and after.`;
}

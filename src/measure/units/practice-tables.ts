import type { Table } from '../../core/index.ts';
import type { UnitStudy } from './study-units.ts';
import { endsOf } from './unit-ranges.ts';
import { differenceInWords, proposalFor, unitTitle } from './unit-words.ts';

/** Ways of working: where they are used, what differs for alike cases, and what is proposed. */
export function practicesTable(found: UnitStudy): Table | null {
  const rows = found.practices.flatMap((practice) =>
    practice.shares.map((share, u) => ({
      practice: practice.title,
      unit: unitTitle(found, u),
      share: share.value,
      ...endsOf(share),
      leads: u === practice.leader ? 'yes' : '',
      proposal: u === found.focus ? (proposalFor(found, practice) ?? '') : '',
    })),
  );
  if (rows.length === 0) return null;
  return {
    id: 'practices',
    title: 'Ways of working that units differ in',
    columns: [
      { key: 'practice', title: 'Way of working', type: 'text' },
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'share', title: 'Share of cases, alike cases compared', type: 'share' },
      { key: 'low', title: 'Low', type: 'share' },
      { key: 'high', title: 'High', type: 'share' },
      { key: 'leads', title: 'Furthest in the way thought better', type: 'text' },
      { key: 'proposal', title: 'What the unit could learn', type: 'text', forMachines: true },
    ],
    rows,
  };
}

/** What differs between alike cases of one unit that were handled so and those that were not. */
export function effectsTable(found: UnitStudy): Table | null {
  const rows = found.practices.flatMap((practice) =>
    practice.effects.map(({ title, kind, difference, reading }) => {
      const { interval } = difference;
      const range = interval
        ? `${differenceInWords(kind, interval.low)} to ${differenceInWords(kind, interval.high)}`
        : 'not known';
      return {
        practice: practice.title,
        what: title,
        shown: differenceInWords(kind, difference.value),
        range,
        reading,
        difference: difference.value,
        ...endsOf(difference),
      };
    }),
  );
  if (rows.length === 0) return null;
  return {
    id: 'effects',
    title: 'What differs for alike cases of one unit that were handled so',
    columns: [
      { key: 'practice', title: 'Way of working', type: 'text' },
      { key: 'what', title: 'What', type: 'text' },
      { key: 'shown', title: 'Difference', type: 'text' },
      { key: 'range', title: 'Range', type: 'text' },
      { key: 'reading', title: 'Reading', type: 'text' },
      { key: 'difference', title: 'Difference as a number', type: 'number', forMachines: true },
      { key: 'low', title: 'Low', type: 'number', forMachines: true },
      { key: 'high', title: 'High', type: 'number', forMachines: true },
    ],
    rows,
    notes: [
      'What a case takes is compared as a share of what the others take. Cases are alike in output and case mix only: a trial tells whether the way of working is the cause.',
    ],
  };
}

import type { UncheckedDefect } from '../detector.ts';

/** Defects that no event, case or contact can show; each says what would. */
export const uncheckedDefects: readonly UncheckedDefect[] = [
  {
    kind: 'unchecked',
    id: 'split-identities',
    title: 'One person under two numbers',
    rule: 'The same name and date of birth, or address, under two numbers.',
    distorts: 'Repeat contact and repeat demand are too low.',
    remedy: 'Ask the owner of the source to look for them before the extract is made.',
    touches: [],
    level: 'know',
    needs: () => 'names and dates of birth, which are left out unless the charter names them',
  },
  {
    kind: 'unchecked',
    id: 'survey-completers',
    title: 'A survey that only those who finished were asked',
    rule: 'The share of people who answer, by how their case ended.',
    distorts: 'Satisfaction looks better than it is.',
    remedy: 'Weigh answers by outcome, or say that the survey cannot tell.',
    touches: [],
    level: 'know',
    needs: () => 'survey answers with the case they belong to',
  },
  {
    kind: 'unchecked',
    id: 'agency-staff',
    title: 'Staff who work on cases but are missing from the inputs',
    rule: 'Workers in the events without a row in the staff records.',
    distorts: 'Inputs are too low, so productivity looks too high.',
    remedy: 'Ask for agency and contract staff in the staff records.',
    touches: [],
    level: 'know',
    needs: () => 'staff records by worker',
  },
  {
    kind: 'unchecked',
    id: 'recharges',
    title: 'A cost booked twice',
    rule: 'Equal amount, period and account in two cost centres.',
    distorts: 'Inputs are too high, so productivity looks too low.',
    remedy: 'Ask finance which of the two is the recharge.',
    touches: [],
    level: 'know',
    needs: () => 'the ledger by cost centre and account',
  },
];

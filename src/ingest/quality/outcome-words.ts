import { keyword, type Sql, sql } from '../../stores/index.ts';
import { holdsAnyWord } from './fragments.ts';

/** Words that say a case was turned down. */
const refused = [
  'refus',
  'reject',
  'declin',
  'denied',
  'turned down',
  'disallow',
  'not eligible',
  'ineligible',
];
/** Words that say a case ended without being decided. */
const withdrawn = [
  'withdr',
  'cancel',
  'abandon',
  'lapsed',
  'void',
  'discontinued',
  'duplicate',
  'not pursued',
];

const outcome = sql`coalesce(${keyword('outcome')}, '')`;

/** True for a case that was turned down. */
export const isRefused: Sql = holdsAnyWord(outcome, refused);

/** True for a case that ended without a decision on its substance. */
export const isWithdrawn: Sql = holdsAnyWord(outcome, withdrawn);

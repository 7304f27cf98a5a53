import type { ErrorCode } from '../../core/index.ts';
import type { Verdict } from './column-look.ts';

/** How it is told that a column is left out: the code of the notice, the reason, and the words of the notice. */
export const leftOutFor: Readonly<
  Record<Verdict, { readonly code: ErrorCode; readonly reason: string; readonly told: string }>
> = {
  'named for people': {
    code: 'PERSONAL_COLUMN_DROPPED',
    reason: 'its name says that it tells who people are or how to reach them',
    told: 'is named as one that tells who people are or how to reach them',
  },
  'singles people out': {
    code: 'PERSONAL_COLUMN_DROPPED',
    reason: 'it holds emails, National Insurance numbers or full postcodes',
    told: 'holds emails, National Insurance numbers or full postcodes, which tell who people are',
  },
  'free text': {
    code: 'FREE_TEXT_DROPPED',
    reason: 'looks like free text, which may name people',
    told: 'looks like free text, which may name people',
  },
};

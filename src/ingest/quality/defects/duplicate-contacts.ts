import { identifier, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';

/** The same contact delivered more than once, as telephony does: a record is sent again whenever it changes. */
export const duplicateContacts: RowDetector = {
  kind: 'rows',
  id: 'duplicate-contacts',
  title: 'The same contact more than once',
  rule: 'Contacts that share their id with another. All but one of each are counted.',
  distorts: 'Contacts, repeat contact and minutes on the telephone are too high.',
  remedy: 'Ask the source to give each contact once, as it stood last.',
  touches: ['volume', 'repeats', 'effort', 'people'],
  level: 'alarm',
  counts: 'contacts',
  needs: (shape) => (shape.contactsWithId > 0 ? null : 'contacts with an id of their own'),
  hits: () => {
    const at = identifier('at');
    return sql`select ${hit({
      case: sql`coalesce(case_id, contact_id)`,
      pattern: sql`'same contact id'`,
      team: sql`team`,
      subject: sql`contact_id`,
    })}
from (select contact_id, case_id, team, row_number() over (partition by contact_id order by ${at} desc nulls last, source desc, minutes desc nulls last, channel nulls last, reason nulls last) as copy
  from contacts where contact_id is not null) as numbered where copy > 1`;
  },
};

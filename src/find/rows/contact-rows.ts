import { contactRecords, contactRules } from '../../measure/index.ts';
import {
  canonicalTables,
  type FigureRows,
  identifier,
  leftOutRows,
  type Row,
  type RowClass,
  type RowTrail,
  type Sql,
  sql,
  usedRows,
} from '../../stores/index.ts';
import { failureFigures } from '../failure-demand/index.ts';
import type { Tracing } from './tracing.ts';
import { only } from './trails.ts';

const at = sql`${identifier('at')}`;
const shown = canonicalTables.contacts.filter(({ name }) => name !== 'source' && name !== 'at_wall');
const shownEvents = canonicalTables.events.filter(({ name }) =>
  ['case_id', 'seq', 'step', 'at', 'channel', 'team', 'minutes'].includes(name),
);

const factColumns = sql`f.kind as contact_kind, f.since_prev as since_prev, f.waits_in as waits_in, f.until_next as until_next, f.minutes as took_minutes, f.pounds as took_pounds`;

/** Every record of contacts, or every event where contacts are events, with what is known of the contact it stands for. */
async function base(
  tracing: Tracing,
): Promise<Omit<RowTrail, 'classes' | 'gives'> & { readonly before: readonly RowClass[] }> {
  const { warehouse, loaded } = tracing.workspace;
  const [own] = await warehouse.query<Row & { n: number }>(sql`select count(*) as n from contacts`);
  if ((own?.n ?? 0) > 0) {
    const known = new Set((await warehouse.columns('contacts')).map(({ name }) => name));
    const names = shown.map(({ name }) => name);
    return {
      id: 'contacts',
      title: 'Contacts',
      table: 'contacts',
      from: sql`(select r.*, ${factColumns} from (${contactRecords(known, contactRules(loaded.charter), names)}) as r
  left join inbound_contacts as i on i.contact_id = r.root and r.place = 1 left join contact_facts as f on f.number = i.number) as contact_rows`,
      columns: shown,
      order: [at, ...names.map((name) => sql`${identifier(name)}`)],
      before: [
        leftOutRows('no-time', 'Without a time', sql`${at} is null`),
        leftOutRows('again', 'Delivered again: the contact is counted once', sql`place is null`),
        leftOutRows('part', 'Part of a call passed on: the call is counted once', sql`place > 1`),
        leftOutRows('outgoing', 'Made by the service, not by a person', sql`contact_kind is null`),
      ],
    };
  }
  // Contacts that are events have no id: they are numbered as they were when their kinds were told.
  const numbered = sql`case when kind = 'contact' and ${at} is not null then row_number() over (partition by case when kind = 'contact' and ${at} is not null then 1 else 0 end order by ${at}, case_id, seq) end as number`;
  return {
    id: 'events',
    title: 'Events that are contacts',
    table: 'events',
    from: sql`(select e.*, ${factColumns} from (select events.*, ${numbered} from events) as e left join contact_facts as f on f.number = e.number) as contact_rows`,
    columns: shownEvents,
    order: [sql`case_id`, sql`seq`],
    before: [
      leftOutRows('not-contact', 'No contact', sql`kind <> 'contact'`),
      leftOutRows('no-time', 'Without a time', sql`contact_kind is null`),
    ],
  };
}

const isValue = sql`contact_kind = 'value'`;
const isUnknown = sql`contact_kind = 'unknown'`;

/** Contacts by whether a failure brings them, or whether they came before on the same matter. */
export async function failureDemandRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  if (!(await tracing.contacts())) return { noRows: 'The workspace holds no contacts.' };
  const { before, ...own } = await base(tracing);
  const trail = (classes: readonly RowClass[], gives: RowTrail['gives'], value?: RowTrail['value']) =>
    only({ ...own, classes: [...before, ...classes], gives, ...(value ? { value } : {}) });
  if (figure === 'repeats')
    return trail(
      [
        usedRows('came-again', 'Came again on the same matter', sql`since_prev is not null`),
        leftOutRows('first', 'First on its matter', null),
      ],
      { kind: 'count', of: ['came-again'] },
    );
  if (figure === 'spared-five-days') {
    const [first] = (await failureFigures(tracing.workspace.warehouse, [])).waiting;
    return trail(
      [
        leftOutRows(
          'elsewhere',
          `Not while a case waits after "${first?.step}"`,
          sql`coalesce(waits_in, '') <> ${first?.step ?? ''}`,
        ),
        leftOutRows(
          'value',
          'What the service is there for, or kind not known',
          sql`${isValue} or ${isUnknown}`,
        ),
        leftOutRows('no-end', 'The wait has not ended', sql`until_next is null`),
        usedRows('last-days', 'In the last five days of the wait', sql`until_next <= ${5 * 86_400}`),
        leftOutRows('earlier', 'Earlier in the wait', null),
      ],
      null,
    );
  }
  const kinds = (isUsed: boolean): readonly RowClass[] => [
    { id: 'value', title: 'What the service is there for', used: isUsed, where: isValue },
    { id: 'unknown', title: 'Kind not known', used: isUsed, where: isUnknown },
    usedRows('failure', 'There because something failed', null),
  ];
  const all = ['value', 'unknown', 'failure'];
  switch (figure) {
    case 'failure-share':
      return trail(
        [
          usedRows('value', 'What the service is there for', isValue),
          leftOutRows('unknown', 'Kind not known', isUnknown),
          usedRows('failure', 'There because something failed', null),
        ],
        { kind: 'share', part: ['failure'], of: ['value', 'failure'] },
      );
    case 'failure-at-least':
      return trail(kinds(true), { kind: 'share', part: ['failure'], of: all });
    case 'failure-at-most':
      return trail(kinds(true), { kind: 'share', part: ['failure', 'unknown'], of: all });
    case 'unknown-share':
      return trail(kinds(true), { kind: 'share', part: ['unknown'], of: all });
    case 'contacts':
      return trail(kinds(true), { kind: 'count', of: all });
    case 'failure-hours':
      return trail(
        kinds(false),
        { kind: 'sum', of: ['failure'] },
        { title: 'Hours', sql: sql`took_minutes / 60.0` },
      );
    default:
      return trail(
        kinds(false),
        { kind: 'sum', of: ['failure'] },
        { title: 'Pounds', sql: sql`took_pounds` },
      );
  }
}

/** A line of a table of contacts, by what it is about. */
type ContactsOf = { readonly kind: string } | { readonly waitsIn: string } | { readonly withinDays: number };

/** The contacts of one line of a table: of one kind, brought by failure while cases wait after a step, or soon again. */
export async function contactsOfRows(tracing: Tracing, of: ContactsOf): Promise<FigureRows> {
  if (!(await tracing.contacts())) return { noRows: 'The workspace holds no contacts.' };
  const { before, ...own } = await base(tracing);
  const these = (title: string, where: Sql) => usedRows('these', title, where);
  const kinds: readonly RowClass[] =
    'kind' in of
      ? [
          these('Of this kind', sql`contact_kind = ${of.kind}`),
          leftOutRows('others', 'Of another kind', null),
        ]
      : 'waitsIn' in of
        ? [
            leftOutRows(
              'elsewhere',
              `Not while a case waits after "${of.waitsIn}"`,
              sql`coalesce(waits_in, '') <> ${of.waitsIn}`,
            ),
            leftOutRows(
              'value',
              'What the service is there for, or kind not known',
              sql`contact_kind in ('value', 'unknown')`,
            ),
            usedRows('these', 'There because something failed', null),
          ]
        : [
            leftOutRows('first', 'First on its matter', sql`since_prev is null`),
            these(`Came again within ${of.withinDays} days`, sql`since_prev <= ${of.withinDays * 86_400}`),
            leftOutRows('later', 'Came again later', null),
          ];
  return only({ ...own, classes: [...before, ...kinds], gives: { kind: 'count', of: ['these'] } });
}

/** Contacts that a failure brings while their case waits between two steps, with what they cost. */
export async function waitingContactRows(tracing: Tracing): Promise<FigureRows> {
  if (!(await tracing.contacts())) return { noRows: 'The workspace holds no contacts.' };
  const { before, ...own } = await base(tracing);
  const isFailing: Sql = sql`not (${isValue} or ${isUnknown})`;
  return only({
    ...own,
    classes: [
      ...before,
      leftOutRows('not-failing', 'What the service is there for, or not known', sql`not (${isFailing})`),
      usedRows('waiting', 'There because something failed, while its case waited', sql`waits_in is not null`),
      leftOutRows('not-waiting', 'Its case did not wait', null),
    ],
    gives: { kind: 'sum', of: ['waiting'] },
    value: { title: 'Pounds', sql: sql`took_pounds` },
  });
}

import {
  type ColumnSpec,
  canonicalTables,
  type FigureRows,
  identifier,
  joinSql,
  leftOutRows,
  type RowClass,
  type RowTrail,
  type Sql,
  sql,
  usedRows,
} from '../../stores/index.ts';
import { isLinked, isResolved } from '../resolved/count-contacts.ts';
import { contactRecords, contactRules } from '../resolved/join-contacts.ts';
import { issueContacts } from '../resolved/link-issues.ts';
import { type ResolvedStudy, studyResolved } from '../resolved/study-teams.ts';
import type { Study } from '../study.ts';
import { inRanges, rangesOf } from './spans.ts';
import { inputsTrail } from './table-trail.ts';

const at = sql`${identifier('at')}`;
const shown: readonly ColumnSpec[] = canonicalTables.contacts.filter(
  ({ name }) => name !== 'source' && name !== 'at_wall',
);

/** Every record of contacts with what came of the contact that it stands for. */
async function recordsOf({ workspace }: Study): Promise<Sql> {
  const { warehouse, loaded } = workspace;
  const known = new Set((await warehouse.columns('contacts')).map(({ name }) => name));
  const names = shown.map(({ name }) => name);
  return sql`(select r.*, i.root is not null as is_inbound, i.who as who, i.period as issue_period, i.team as last_team,
    i.handled as handled, i.still_open as still_open, i.until_next as until_next
  from (${contactRecords(known, contactRules(loaded.charter), names)}) as r
  left join ${identifier(issueContacts)} as i on i.root = r.root) as contact_rows`;
}

/** Contacts are linked to issues once for all figures and cells of a study. */
const kept = new WeakMap<Study, ReturnType<typeof studyResolved>>();

function resolvedOnce(study: Study): ReturnType<typeof studyResolved> {
  const found = kept.get(study) ?? studyResolved(study);
  kept.set(study, found);
  return found;
}

const label = 'the periods watched';

/** Why a record is no contact that a person made in the periods watched. */
function before(study: Study, { starts }: ResolvedStudy): readonly RowClass[] {
  const { dialect } = study.workspace.warehouse;
  const within = inRanges(dialect, 'date', sql`issue_period`, rangesOf(study.plan.grain, starts));
  return [
    leftOutRows('no-time', 'Without a time', sql`${at} is null`),
    leftOutRows('again', 'Delivered again: the contact is counted once', sql`place is null`),
    leftOutRows('part', 'Part of a call passed on: the call is counted once', sql`place > 1`),
    leftOutRows('outgoing', 'Made by the service, not by a person', sql`not is_inbound`),
    leftOutRows('other-periods', `Outside ${label}`, sql`not ${within}`),
  ];
}

function trailOf(from: Sql, classes: readonly RowClass[], gives: RowTrail['gives']): RowTrail {
  const order = shown.map(({ name }) => sql`${identifier(name)}`);
  return {
    id: 'contacts',
    title: 'Contacts',
    table: 'contacts',
    from,
    columns: shown,
    order: [at, ...order],
    classes,
    gives,
  };
}

/** All contacts that people made: whether somebody answered, or whether that settled the matter. */
function needTrail(
  from: Sql,
  rest: readonly RowClass[],
  figure: 'need-answered' | 'need-settled',
  days: number,
): RowTrail {
  const isHandled = sql`handled = 1`;
  if (figure === 'need-answered')
    return trailOf(
      from,
      [
        ...rest,
        usedRows('handled', 'Answered by somebody', isHandled),
        usedRows('not-handled', 'Given up, or a recorded message', null),
      ],
      { kind: 'share', part: ['handled'], of: ['handled', 'not-handled'] },
    );
  return trailOf(
    from,
    [
      ...rest,
      leftOutRows(
        'not-linked',
        'Names no person or case, so that no next contact can be seen',
        sql`not (${isLinked})`,
      ),
      usedRows(
        'settled',
        `Answered; no other came within ${days} days`,
        sql`${isHandled} and ${isResolved(days)}`,
      ),
      usedRows('not-settled', 'Not answered, another came, or something is still to be done', null),
    ],
    { kind: 'share', part: ['settled'], of: ['settled', 'not-settled'] },
  );
}

/** The contacts behind what teams resolve; `figure` names a team after its hyphen, or compares them all. `window`: days watched. */
export async function resolvedRows(study: Study, figure: string, window?: number): Promise<FigureRows> {
  const found = await resolvedOnce(study);
  if (!found || found.starts.length === 0)
    return { noRows: 'No contacts have been watched for long enough to tell.' };
  const from = await recordsOf(study);
  const days = window ?? found.days;
  const rest = before(study, found);
  if (figure === 'need-answered' || figure === 'need-settled')
    return { trails: [needTrail(from, rest, figure, days)] };
  if (figure === 'need-resolved') {
    const isLast = sql`(until_next is null or until_next > ${days * 86_400})`;
    return {
      trails: [
        trailOf(
          from,
          [
            ...rest,
            leftOutRows(
              'not-linked',
              'Names no person or case, so that no next contact can be seen',
              sql`not (${isLinked})`,
            ),
            leftOutRows('not-last', `Another on the issue came within ${days} days`, sql`not ${isLast}`),
            usedRows(
              'resolved',
              'Last on its issue: handled, nothing to be done',
              sql`handled = 1 and ${isResolved(days)}`,
            ),
            usedRows('not-resolved', 'Last on its issue: not handled, or something to be done', null),
          ],
          { kind: 'share', part: ['resolved'], of: ['resolved', 'not-resolved'] },
        ),
      ],
    };
  }
  const [, kind, name = ''] = /^(resolved|repeat)-(.*)$/.exec(figure) ?? [];
  const teams = kind === undefined ? found.teams : found.teams.filter(({ team }) => team === name);
  const isTeam = joinSql(
    teams.map(({ team }) => sql`coalesce(last_team, '') = ${team}`),
    ' or ',
  );
  const classes = [
    ...rest,
    leftOutRows('not-handled', 'Not handled: given up, or a recorded message', sql`handled = 0`),
    leftOutRows('other-team', 'Handled by another team', sql`not (${isTeam})`),
    kind === 'repeat'
      ? leftOutRows(
          'not-linked',
          'Names no person or case, so that no next contact can be seen',
          sql`not (${isLinked})`,
        )
      : usedRows(
          'not-linked',
          'Handled; names no person or case, taken to come back like the others',
          sql`not (${isLinked})`,
        ),
    usedRows('resolved', `Handled; no other came within ${days} days`, isResolved(days)),
    usedRows(
      'came-back',
      `Handled; another came within ${days} days, or something is still to be done`,
      null,
    ),
  ];
  const contacts = trailOf(
    from,
    classes,
    kind === 'repeat' ? { kind: 'share', part: ['came-back'], of: ['resolved', 'came-back'] } : null,
  );
  if (kind === 'repeat' || found.hour === 'handling') return { trails: [contacts] };
  const named = study.plan.charter.contacts?.hours ?? [];
  const inputs = teams.flatMap(({ team }) => {
    const input = named.find((one) => one.team === team)?.input;
    const place = study.data.inputList.findIndex(({ id }) => id === input);
    return place === -1 ? [] : [place];
  });
  const span = { id: 'watched', label, ranges: rangesOf(study.plan.grain, found.starts) };
  return { trails: [contacts, inputsTrail(study, inputs, [span])] };
}

/** The contacts behind one line of a table of teams, by the team's title. */
export async function teamRows(
  study: Study,
  kind: 'resolved' | 'repeat',
  title: string,
  days?: number,
): Promise<FigureRows> {
  const team = (await resolvedOnce(study))?.teams.find((one) => one.title === title)?.team;
  return resolvedRows(study, `${kind}-${team ?? ''}`, days);
}

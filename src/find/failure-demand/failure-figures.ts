import { normalQuantileFor, type QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { type AgeBand, contactsByAge } from './by-age.ts';
import type { ContactKind } from './contact-facts.ts';
import { contactsInLastDays, type SoonerBy } from './sooner.ts';

const at = identifier('at');

/** Contacts of one kind, with what handling them takes. */
export interface KindOfContacts extends Row {
  readonly kind: ContactKind;
  readonly contacts: number;
  readonly minutes: number | null;
  readonly pounds: number | null;
}

/** What waiting after one step brings: case-days of waiting, and the contacts made meanwhile. */
export interface WaitingContacts extends Row {
  readonly step: string;
  /** Days that cases spent after this step and before the next, all cases together, up to the last event of the data. */
  readonly days: number;
  readonly contacts: number;
  readonly failure: number;
  readonly cases: number;
  /** Of the contacts that a failure brings. */
  readonly minutes: number | null;
  readonly pounds: number | null;
  /** Sums over cases of their squares, which give the intervals of the sums. */
  readonly minutes_squared: number | null;
  readonly pounds_squared: number | null;
}

/** Contacts within so many days of the one before on the same matter. */
export interface RepeatsWithin {
  readonly days: number;
  readonly repeats: number;
}

/** Everything that the contacts show about demand that is there because something failed. */
export interface FailureFigures {
  readonly kinds: readonly KindOfContacts[];
  readonly waiting: readonly WaitingContacts[];
  /** The waits that bring most, by the age of the case. */
  readonly byAge: readonly AgeBand[];
  readonly repeats: readonly RepeatsWithin[];
  /** Of the wait that brings most: contacts that a failure brings in its last days. */
  readonly sooner: readonly SoonerBy[];
  readonly repeated: number;
}

const ranges = [7, 14, 28] as const;
const failing = sql`kind not in ('value', 'unknown')`;

/** Counts the contacts of `contact_facts`: by kind, by the step that the case waited in, and how many came again. */
export async function failureFigures(warehouse: Warehouse, log: QueryRecord[]): Promise<FailureFigures> {
  const { dialect } = warehouse;
  const kinds = await runStep<KindOfContacts>(
    warehouse,
    {
      name: 'contacts_by_kind',
      purpose: 'Contacts by kind: what the service is there for, failure demand by its reason, and unknown.',
      sql: sql`select kind, count(*) as contacts, sum(minutes) as minutes, sum(pounds) as pounds from contact_facts group by kind order by count(*) desc, kind`,
    },
    log,
  );
  const waiting = await runStep<WaitingContacts>(
    warehouse,
    {
      name: 'contacts_while_waiting',
      purpose:
        'Days that cases waited after each step, and the contacts that were made meanwhile. A case still open waits up to the last event of the data.',
      sql: sql`with last as (select max(${at}) as t from work_steps),
w as (select step, sum(case when next_wait is not null then next_wait
    when k.closed is null then ${dialect.secondsBetween(sql`s.${at}`, sql`last.t`)} else 0 end) / 86400.0 as days
  from work_steps as s join cases as k on k.case_id = s.case_id cross join last group by step),
e as (select waits_in, case_id, count(*) as contacts, sum(case when ${failing} then 1 else 0 end) as failure,
  sum(case when ${failing} then minutes end) as minutes, sum(case when ${failing} then pounds end) as pounds from contact_facts where waits_in is not null group by waits_in, case_id),
c as (select waits_in as step, sum(contacts) as contacts, sum(failure) as failure, sum(case when failure > 0 then 1 else 0 end) as cases,
  sum(minutes) as minutes, sum(pounds) as pounds, sum(minutes * minutes) as minutes_squared, sum(pounds * pounds) as pounds_squared from e group by waits_in)
select w.step as step, w.days as days, c.contacts as contacts, c.failure as failure, c.cases as cases, c.minutes as minutes, c.pounds as pounds,
  c.minutes_squared as minutes_squared, c.pounds_squared as pounds_squared
from w join c on c.step = w.step order by c.failure desc, w.step`,
    },
    log,
  );
  const within = ranges.map(
    (days) =>
      sql`sum(case when since_prev <= ${days * 86_400} then 1 else 0 end) as ${identifier(`d${days}`)}`,
  );
  const [again] = await runStep<Row & { d7: number; d14: number; d28: number; repeated: number }>(
    warehouse,
    {
      name: 'contacts_again',
      purpose: 'Contacts on the same matter within 7, 14 and 28 days of the one before, and at any time.',
      sql: sql`select ${within[0] ?? sql``}, ${within[1] ?? sql``}, ${within[2] ?? sql``}, count(since_prev) as repeated from contact_facts`,
    },
    log,
  );
  const [first] = waiting;
  return {
    kinds,
    waiting,
    byAge: await contactsByAge(
      warehouse,
      waiting.slice(0, 3).map(({ step }) => step),
      log,
    ),
    sooner: first ? await contactsInLastDays(warehouse, first.step, log) : [],
    repeats: ranges.map((days) => ({ days, repeats: again?.[`d${days}`] ?? 0 })),
    repeated: again?.repeated ?? 0,
  };
}

/** The 95% limits of a Poisson count (Byar's approximation; Rothman and Boice, 1979). */
export function countLimits(count: number): { readonly low: number; readonly high: number } {
  const z = normalQuantileFor(0.95);
  const limit = (n: number, sign: 1 | -1) =>
    n === 0 ? 0 : n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3;
  return { low: limit(count, -1), high: limit(count + 1, 1) };
}

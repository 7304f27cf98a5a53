import { stringify } from 'yaml';
import { ageBands } from './contacts.ts';
import type { Application } from './model.ts';
import { planted } from './planted.ts';
import { elapsedDays } from './working-time.ts';

/** What came out for one seed and size, counted by the generator from what it planted. */
export interface Realised {
  readonly applications: number;
  readonly events: number;
  readonly contacts: number;
  readonly issued: number;
  readonly moved: number;
  readonly moved_share: number;
  readonly minutes_mean_moved: number;
  readonly minutes_mean_others: number;
  readonly moved_share_of_effort: number;
  readonly moved_pounds: number;
  readonly late: number;
  readonly late_share: number;
  readonly moved_late: number;
  readonly moved_share_of_late: number;
  readonly late_share_of_moved: number;
  readonly preceded_moves: number;
  readonly preceded_share_of_moves: number;
  readonly preceded_share_of_others: number;
  readonly understated_median_days: number;
  readonly without_info_requested: number;
  readonly official_on_time_share: number;
  readonly true_on_time_share: number;
  readonly satisfied_at_submission: number;
  readonly calls_per_thousand_open_days: Readonly<Record<string, number>>;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/** Counts what was planted over the cases whose passport was issued before the extract was taken. */
export function truthLedger(): {
  readonly add: (application: Application, until: number) => void;
  readonly realised: () => Realised;
} {
  const n = { applications: 0, events: 0, contacts: 0, issued: 0, moved: 0, late: 0, movedLate: 0 };
  const more = { preceded: 0, precededOthers: 0, plain: 0, plainOnTime: 0, asked: 0, satisfied: 0 };
  const minutes = { moved: 0, others: 0 };
  const pounds = { moved: 0 };
  const rates: Readonly<Record<string, number>> = planted.poundsAMinute;
  const understated: number[] = [];
  const calls = ageBands.map(() => 0);
  const openDays = ageBands.map(() => 0);

  const addIssued = (application: Application) => {
    const { fate, submitted, ended, movedAt } = application;
    const days = elapsedDays(submitted, ended);
    const late = days > planted.standardDays;
    const work = application.events.reduce((sum, event) => sum + (event.minutes ?? 0), 0);
    const preceded = fate.familyLink || fate.expedited;
    n.issued += 1;
    if (late) n.late += 1;
    if (movedAt === null) {
      minutes.others += work;
      if (preceded) more.precededOthers += 1;
    } else {
      n.moved += 1;
      minutes.moved += work;
      pounds.moved += application.events.reduce(
        (sum, event) => sum + (event.minutes ?? 0) * (rates[event.team] ?? 0),
        0,
      );
      if (late) n.movedLate += 1;
      if (preceded) more.preceded += 1;
      understated.push(elapsedDays(submitted, movedAt));
    }
    if (!fate.infoRequested) {
      more.plain += 1;
      if (elapsedDays(movedAt ?? submitted, ended) <= planted.standardDays) more.plainOnTime += 1;
    }
    ageBands.forEach((band, b) => {
      openDays[b] = (openDays[b] ?? 0) + Math.max(0, Math.min(days, band.to) - band.from);
      for (const contact of application.contacts) {
        const age = elapsedDays(submitted, contact.wall);
        const counts = contact.name === 'call' && contact.reason === 'progress';
        if (counts && age >= band.from && age < band.to) calls[b] = (calls[b] ?? 0) + 1;
      }
    });
  };

  return {
    add: (application, until) => {
      n.applications += 1;
      n.events += application.events.filter((event) => event.wall < until).length;
      n.contacts += application.contacts.filter((contact) => contact.wall < until).length;
      if (application.satisfied !== null) more.asked += 1;
      if (application.satisfied) more.satisfied += 1;
      if (application.ended < until && application.outcome === 'issued') addIssued(application);
    },
    realised: () => {
      const others = n.issued - n.moved;
      return {
        applications: n.applications,
        events: n.events,
        contacts: n.contacts,
        issued: n.issued,
        moved: n.moved,
        moved_share: n.moved / n.issued,
        minutes_mean_moved: minutes.moved / n.moved,
        minutes_mean_others: minutes.others / others,
        moved_share_of_effort: minutes.moved / (minutes.moved + minutes.others),
        moved_pounds: pounds.moved,
        late: n.late,
        late_share: n.late / n.issued,
        moved_late: n.movedLate,
        moved_share_of_late: n.movedLate / n.late,
        late_share_of_moved: n.movedLate / n.moved,
        preceded_moves: more.preceded,
        preceded_share_of_moves: more.preceded / n.moved,
        preceded_share_of_others: more.precededOthers / others,
        understated_median_days: median(understated),
        without_info_requested: more.plain,
        official_on_time_share: more.plainOnTime / more.plain,
        true_on_time_share: 1 - n.late / n.issued,
        satisfied_at_submission: more.satisfied / more.asked,
        calls_per_thousand_open_days: Object.fromEntries(
          ageBands.map((band, b) => [band.title, (1000 * (calls[b] ?? 0)) / (openDays[b] ?? 1)]),
        ),
      };
    },
  };
}

const heading = `What is planted in the passports example, and what came out for the seed and size below.
Made by generate.ts; the product never reads it. A test recovers these figures from the data alone.

Late: more than 21 days of elapsed time from submitted to dispatched, the same for everyone.
Official: at most 21 days on a clock that starts again when a case moves to paper, over cases without a request for information.
Shares, effort and lateness are over cases whose passport was issued before the extract was taken.
Effort: minutes recorded in events.csv; pounds: those minutes at the rate of their team. Understated: days from submission to the move.
Preceded: the case has a family link, or a request to expedite before the move.
Tolerance of a planted share p over n cases: two standard errors, 2 * sqrt(p * (1 - p) / n).
`;

/** The text of truth.yaml. */
export function truthText(seed: number, realised: Realised): string {
  const six = (value: unknown): unknown => {
    if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(6));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, six(part)]));
  };
  const comment = heading
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
  const names = Object.fromEntries(
    Object.entries(planted).map(([key, value]) => [
      key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
  return `${comment}\n${stringify({ seed, planted: names, realised: six(realised) })}`;
}

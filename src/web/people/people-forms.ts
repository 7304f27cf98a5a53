import { randomUUID } from 'node:crypto';
import { WellspentError } from '../../core/index.ts';
import { dispositionOn, type FindingToReview } from '../../find/index.ts';
import {
  deleteStaffReport,
  openServiceRegister,
  type RecordsPlace,
  recordDisposition,
  responses,
  type StaffReport,
  saveStaffReport,
  useRecords,
  utcSecondOf,
  verdicts,
} from '../../stores/index.ts';

function word(form: URLSearchParams, name: string): string | null {
  const text = form.get(name)?.trim() ?? '';
  return text === '' ? null : text;
}

function number(form: URLSearchParams, name: string): number | null {
  const text = word(form, name);
  if (text === null) return null;
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value) || value < 0)
    throw new WellspentError('RECORD_INVALID', `"${text}" is not a number of ${name}.`, { found: text });
  return value;
}

const often = ['case', 'day', 'week', 'month'] as const;

/** The report that a form holds; `RECORD_INVALID` where a number is none. */
export function reportOf(form: URLSearchParams, now: Date): StaffReport {
  const times = number(form, 'times');
  const per = often.find((each) => each === form.get('per')) ?? 'week';
  const moment = utcSecondOf(now);
  return {
    id: randomUUID(),
    reported: moment,
    changed: moment,
    role: 'caseworker',
    what: word(form, 'what') ?? '',
    why: word(form, 'why'),
    howOften: times === null || times === 0 ? null : { times, per },
    minutes: number(form, 'minutes'),
    step: word(form, 'step'),
    team: word(form, 'team'),
    finding: null,
  };
}

/** Keeps a report; an existing id changes that report and keeps when it was first made. */
export async function keepReport(
  place: RecordsPlace,
  report: StaffReport,
  earlier: StaffReport | undefined,
): Promise<void> {
  const kept = earlier ? { ...report, id: earlier.id, reported: earlier.reported } : report;
  await useRecords(place, (records) => saveStaffReport(records, kept));
}

/** Deletes a report for good. */
export async function dropReport(place: RecordsPlace, id: string): Promise<void> {
  await useRecords(place, (records) => deleteStaffReport(records, id));
}

/** Keeps what somebody who does the work says of a finding: the verdict in the register, the words beside it. */
export async function keepVerdict(
  place: RecordsPlace,
  service: string,
  finding: FindingToReview,
  form: URLSearchParams,
  now: Date,
): Promise<void> {
  const verdict = verdicts.find((each) => each === form.get('verdict'));
  if (!verdict)
    throw new WellspentError('RECORD_INVALID', 'No verdict was chosen.', { hint: verdicts.join(', ') });
  const response = responses.find((each) => each === form.get('response')) ?? null;
  const disposition = dispositionOn(finding, { verdict, response, reason: word(form, 'reason') }, now);
  await useRecords(place, (records) => recordDisposition(openServiceRegister(records, service), disposition));
}

import {
  countOf,
  durationInWords,
  formatValue,
  meaningInWords,
  remedyInWords,
  WellspentError,
} from '../../core/index.ts';
import type { AddReport, Notice } from '../../ingest/index.ts';
import { texts } from '../texts.ts';
import type { Draft } from './drafts.ts';
import type { Job, JobState } from './jobs.ts';
import { saidFaults } from './said-faults.ts';

const { progress: words, outcome } = texts.add;

type Running = Extract<JobState, { readonly kind: 'running' }>;

/** Whole seconds before the time left is worth saying: the first moments go to opening the file. */
const settledAfter = 2;

/** How far a running job is, in rows, share of the file and time left. */
export function viewProgress(job: Job, { phase, progress }: Running, now: Date) {
  const { rows = 0, bytes = 0, totalBytes = 0 } = progress ?? {};
  const share = totalBytes > 0 ? Math.min(1, bytes / totalBytes) : 0;
  const seconds = (now.getTime() - job.begun.getTime()) / 1000;
  const isSettled = share > 0 && seconds >= settledAfter;
  return {
    phase: words.phases[phase],
    canStop: phase !== 'answering',
    facts:
      phase === 'answering'
        ? []
        : [
            { key: words.rows, value: formatValue(rows, 'count') },
            { key: words.share, value: share > 0 ? `${Math.floor(share * 100)}%` : words.notKnown },
            {
              key: words.left,
              value:
                isSettled && share < 1
                  ? words.leftAbout(durationInWords(seconds * (1 / share - 1)))
                  : words.notKnown,
            },
          ],
  };
}

/** Notices whose message says all that the catalogue says of them. */
const saidWhole: ReadonlySet<string> = new Set([
  'DEMONSTRATION_KEY',
  'FREE_TEXT_DROPPED',
  'KEY_MADE',
  'NO_ROWS',
  'PREAMBLE_SKIPPED',
  'SOURCE_BESIDE',
  'SOURCE_REPLACED',
  'SUPERSEDED_ROW',
  'TIME_24',
]);

function noticeInWords({ code, message, count }: Notice, timezone: string | null): string {
  if (code === 'TIME_NAIVE' && count !== undefined && timezone !== null)
    return outcome.timesRead(countOf(count, 'time'), timezone);
  if (code === 'NUMBER_READS_BOTH_WAYS') return `${message} ${outcome.decimalHere}`;
  return saidWhole.has(code) ? message : `${message} ${meaningInWords(code)}`;
}

/** What became of a file: its rows, the reasons of those set aside with examples, and what else should be known. */
export function viewReport(report: AddReport, service: string, timezone: string | null) {
  const file = encodeURIComponent(report.file);
  return {
    facts: [
      { key: outcome.rowsIn, value: formatValue(report.rowsIn, 'count') },
      { key: outcome.used, value: formatValue(report.rowsUsed, 'count') },
      { key: outcome.setAside, value: formatValue(report.rowsSetAside, 'count') },
    ],
    isAll: report.rowsSetAside === 0,
    reasons: report.reasons.map(({ reason, rows }) => ({
      reason,
      rows: outcome.rowsOf(countOf(rows, 'row')),
      meaning: meaningInWords(reason),
      remedy: remedyInWords(reason),
      examples: report.examples
        .filter((example) => example.reason === reason)
        .map(({ line, column, value }) => [
          { text: formatValue(line, 'count') },
          { text: column ?? outcome.wholeRow },
          { text: value ?? outcome.nothing },
        ]),
      csv: `/${service}/data/rejects/${reason}.csv?file=${file}`,
    })),
    notices: report.notices
      .filter(({ code }) => code !== 'MAPPING_GUESSED' && code !== 'ALREADY_IMPORTED')
      .map((notice) => noticeInWords(notice, timezone)),
  };
}

/** Why a job failed, in words and remedies of pages; what we did not foresee gives nothing away. */
export function viewFailure(error: unknown, draft: Pick<Draft, 'file' | 'name'>) {
  return error instanceof WellspentError ? saidFaults(error, draft) : [];
}

/** True when the report says that nothing was new. */
export function wasThere(report: AddReport): boolean {
  return report.notices.some(({ code }) => code === 'ALREADY_IMPORTED');
}

import { durationInWords, formatValue, overInWords } from '../../core/index.ts';
import { waitingOf } from '../waits/efficiency.ts';
import type { WaitEvidence } from '../waits/evidence.ts';
import { shownCauses, sumOf } from '../waits/shown-causes.ts';
import { timeUnitFor } from '../waits/time-unit.ts';
import type { Connection } from '../waits/transitions.ts';
import { largeEnough } from './waits-tables.ts';

/** The longest connection, and where it is not the staff's, the longest that is. */
function whereInWords({ connections }: WaitEvidence): string {
  const shown = largeEnough(connections);
  const isOthers = (row: Connection) => row.applicant + row.third_party > row.total / 2;
  const [longest] = shown;
  if (!longest) return '';
  const own = isOthers(longest) ? shown.find((row) => !isOthers(row)) : undefined;
  const words = ({ from, to, median, p90 }: Connection) =>
    `before "${to}", after "${from}": a median of ${durationInWords(median, { beside: p90 })}, and one in ten ${overInWords(p90)}`;
  const whom = longest.applicant > longest.third_party ? 'the applicant' : 'a third party';
  return (
    `Cases wait longest, in total, ${isOthers(longest) ? `for ${whom}: ` : ''}${words(longest)}.` +
    (own ? ` In the service's own hands it is ${words(own)}.` : '')
  );
}

/** True where no wait shows and starts are estimated: each as soon as it could be, which leaves none. */
export function isNilByEstimate({ explained, estimatedShare }: WaitEvidence): boolean {
  return estimatedShare > 0 && waitingOf(explained.sums) === 0;
}

/** Where cases wait longest, and what they wait for most, in a few sentences. */
export function answerOf(evidence: WaitEvidence): string {
  const { explained, detail, estimatedShare } = evidence;
  const whole = waitingOf(explained.sums);
  if (isNilByEstimate(evidence))
    return 'Cannot tell whether cases waited: starts are not recorded, and estimated ones are as early as can be, so that no wait shows.';
  if (whole === 0) return 'No case waited: every step started as soon as it could.';
  const unit = timeUnitFor(whole);
  const largest = shownCauses(detail, explained.sums).toSorted(
    (a, b) => sumOf(b, explained.sums) - sumOf(a, explained.sums),
  )[0];
  const most = largest
    ? `, of which the largest part, ${formatValue(sumOf(largest, explained.sums) / whole, 'share')}, is ${inSentence[largest.key] ?? largest.title}`
    : '';
  const estimated = estimatedShare === 0 ? '' : ` (estimated: ${startsNotRecorded(estimatedShare)})`;
  const all = `Cases waited ${formatValue(whole / unit.micros, unit.type)} ${unit.word} between steps, all together${estimated}${most}.`;
  return [whereInWords(evidence), all].filter(Boolean).join(' ');
}

/** Of how much of the work the start is not recorded: all of it where every share would read 100.0%. */
export function startsNotRecorded(share: number): string {
  return share > 0.9995
    ? 'no start of the work is recorded'
    : `the start of ${formatValue(share, 'share')} of the work is not recorded`;
}

const inSentence: Readonly<Record<string, string>> = {
  batching: 'work held back to be done in a batch',
  contention: 'a queue: the worker was at earlier work',
  prioritisation: 'being overtaken: the worker took up later work first',
  unavailability: 'time when the worker was off duty',
  extraneous: 'for reasons outside the log: other people, bodies or systems',
  rest: 'time off duty or for reasons outside the log, which cannot be told apart here',
  batchOrQueue: 'a batch or a queue at the worker',
  applicant: 'waiting for the applicant',
  thirdParty: 'waiting for a third party',
  unknownWorker: 'before steps whose worker is not known',
};

/** What would tell more, and whom to ask. */
export function nextOf({ explained, detail, estimatedShare }: WaitEvidence): readonly string[] {
  return [
    ...(estimatedShare > 0
      ? ['Record when each step starts, beside its finish: then all causes can be told.']
      : explained.hours.kind === 'none'
        ? ['Give the working hours: then time off duty is told apart from reasons outside the log.']
        : []),
    detail === 'two'
      ? 'Ask those who do the step with the longest wait what a case waits for.'
      : 'Ask those who do the step with the longest wait whether the cause named is the one they see.',
  ];
}

import { formatValue } from '../../core/index.ts';
import { waitingOf } from '../waits/efficiency.ts';
import type { WaitEvidence } from '../waits/evidence.ts';
import { otherConfidences, usualConfidence } from '../waits/infer-hours.ts';
import { startsNotRecorded } from './waits-words.ts';

const share = (value: number) => formatValue(value, 'share');
/** Shares above which a caveat makes the answer cautious: our rules. */
const mostFallenBack = 0.01;
const mostUnknown = 0.2;
const mostOfOne = 0.25;
const fewCases = 30;

function aboutStarts({ estimatedShare }: WaitEvidence): readonly string[] {
  if (estimatedShare === 0) return [];
  return [
    `Estimated: ${startsNotRecorded(estimatedShare)}, and is taken as the later of when the step could begin and when its worker was free. So batches and queues are told together against the rest, and no finer.`,
  ];
}

/** How far time off duty moves with the one assumption that inferred hours rest on. */
function aboutInference({ explained, sensitivity }: WaitEvidence): readonly string[] {
  const { insideShare = 0 } = explained.hours;
  const offDuty = sensitivity.rows.flatMap(({ confidence, sums }) => {
    const whole = waitingOf({ ...sums, processing: 0, declared: 0 });
    return confidence === undefined || whole === 0 ? [] : [sums.unavailability / whole];
  });
  const range = `${share(Math.min(...offDuty))} and ${share(Math.max(...offDuty))}`;
  return [
    `Working hours are inferred, not given: an hour of the week counts as worked where the worker was seen to start or finish something in it in at least ${share(usualConfidence)} of their weeks. Of what was seen ${share(insideShare)} lies inside those hours.${offDuty.length > 0 ? ` With ${otherConfidences.map(share).join(' and ')} in its place, time off duty would be ${range} of all waiting.` : ''} Leave, bank holidays and changes of hours are not inferred.`,
  ];
}

function aboutHours(evidence: WaitEvidence): readonly string[] {
  const { explained, detail } = evidence;
  const { hours } = explained;
  const whole = waitingOf(explained.sums);
  if (hours.kind === 'none')
    return detail === 'four'
      ? ['Working hours are not given, so time off duty and reasons outside the log are one figure.']
      : [];
  const without = whole === 0 ? 0 : explained.withoutHours / whole;
  return [
    ...(hours.kind === 'inferred' ? aboutInference(evidence) : []),
    ...(without > 0
      ? [
          `For ${share(without)} of the waiting the worker's hours are not given: it counts as outside the log.`,
        ]
      : []),
  ];
}

function aboutWorkers({ explained, severalShare }: WaitEvidence): readonly string[] {
  const { counts, sums } = explained;
  const whole = waitingOf(sums);
  const unknown = whole === 0 ? 0 : sums.unknown_worker / whole;
  return [
    ...(counts.withoutWorker > 0
      ? [
          `${share(counts.withoutWorker / counts.instances)} of the work names no worker: waits before it have no cause.`,
        ]
      : []),
    ...(severalShare > 0
      ? [
          `${share(severalShare)} of the work stands under names with over a fifth of their pieces overlapping: a team or a system, whose queue cannot be told. Waits before it have no cause.`,
        ]
      : []),
    ...(unknown > mostUnknown ? [`Of all waiting ${share(unknown)} has no cause for want of a worker.`] : []),
  ];
}

/** One name over a quarter of the work is often a placeholder; with estimated starts nothing would show that it is. */
function ofOneName({ explained }: WaitEvidence): number {
  const { workers, counts } = explained;
  const most = Math.max(0, ...workers.map((one) => (one.worker === 0 ? 0 : one.instances)));
  return counts.instances === 0 ? 0 : most / counts.instances;
}

function fallenBackShare({ explained }: WaitEvidence): number {
  const { enabling, counts } = explained;
  return counts.instances === 0 ? 0 : enabling.fallenBack / counts.instances;
}

/** What is to be borne in mind, and whether any of it makes the answer cautious. */
export function waitCaveats(evidence: WaitEvidence): {
  readonly caveats: readonly string[];
  readonly isCautious: boolean;
} {
  const { explained, estimatedShare } = evidence;
  const { counts, sums, hours } = explained;
  const whole = waitingOf(sums);
  const fallen = fallenBackShare(evidence);
  const oneName = ofOneName(evidence);
  return {
    caveats: [
      'A cause of waiting is a classification of time, not proof of an effect: removing a queue at one step may move it to the next.',
      ...aboutStarts(evidence),
      ...aboutHours(evidence),
      ...aboutWorkers(evidence),
      ...(estimatedShare > 0 && oneName > mostOfOne
        ? [
            `One name stands for ${share(oneName)} of the work. If it is no person, such as "staff" or "system", its queue means nothing: leave it empty in the extract.`,
          ]
        : []),
      ...(fallen > mostFallenBack
        ? [
            `${share(fallen)} of the work ends at the very instant of the step before it, and its wait is counted from an earlier one.`,
          ]
        : []),
      ...(counts.unfinished > 0
        ? [`Left out: ${formatValue(counts.unfinished, 'count')} steps that are not finished.`]
        : []),
      ...(counts.cases < fewCases ? ['Fewer than 30 cases: a description, no more.'] : []),
    ],
    isCautious:
      estimatedShare > 0 ||
      fallen > mostFallenBack ||
      hours.kind === 'inferred' ||
      counts.cases < fewCases ||
      (whole > 0 && sums.unknown_worker / whole > mostUnknown),
  };
}

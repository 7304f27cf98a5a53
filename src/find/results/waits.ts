import {
  countOf,
  type Figure,
  formatValue,
  type Interval,
  leastCases,
  type QueryRecord,
  type Result,
  type ResultParts,
} from '../../core/index.ts';
import { cycleTimeEfficiency, waitIntervals, waitingOf } from '../waits/efficiency.ts';
import { mostSeveral, type WaitEvidence } from '../waits/evidence.ts';
import { shownCauses } from '../waits/shown-causes.ts';
import { timeUnitFor } from '../waits/time-unit.ts';
import { waitCaveats } from './waits-caveats.ts';
import { waitsChart } from './waits-chart.ts';
import {
  batchesTable,
  causesTable,
  connectionsTable,
  largeEnough,
  sensitivityTable,
} from './waits-tables.ts';
import { answerOf, isNilByEstimate, nextOf } from './waits-words.ts';

const question = 'Why do cases wait, and where does the waiting come from?';
const method =
  'Waits between enabling and start laid over the work of the same worker: batches, contention, prioritisation, unavailability, rest (Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, 2023, Why am I waiting?); concurrency by the heuristics oracle; estimated starts after Chapela-Campa and Dumas (2022)';

type Said = Pick<Result, 'answer' | 'next'> & {
  /** True where waits can be counted all the same, and only their causes cannot be told. */
  readonly countsWaits?: true;
};

function cannotTell({ answer, next }: Said, queries: readonly QueryRecord[]): ResultParts {
  return { id: 'waits', question, status: 'cannot-tell', answer, next, method, queries };
}

/** What is said where the log holds nothing that could be waited for. */
export function noWaits(queries: readonly QueryRecord[]): ResultParts {
  return cannotTell(
    {
      answer: 'Cannot tell: no step of the log is finished.',
      next: ['Add an event log with the finish of each step.'],
    },
    queries,
  );
}

/** What is said where a log is too large to be explained beside everything else. */
export function tooManySteps(queries: readonly QueryRecord[]): ResultParts {
  return cannotTell(
    {
      answer:
        'Cannot tell: the log holds too many steps to explain each wait together with all other answers.',
      next: ['Run `wellspent waits FILE` on the log, or on the part of it that you ask about.'],
    },
    queries,
  );
}

/** Why no cause is told of a log; null where causes can be told. */
function reasonForSilence({ explained, severalShare, connections }: WaitEvidence): Said | null {
  const { counts, transitions } = explained;
  if (counts.cases < leastCases)
    return {
      answer: `Cannot tell: the log holds ${countOf(counts.cases, 'case')} with finished steps, and nothing is said of fewer than ${leastCases}.`,
      next: ['Add an extract that covers more cases.'],
    };
  if (transitions === 0 || largeEnough(connections).length === 0)
    return {
      answer: 'Cannot tell: no step comes before another in ten cases or more.',
      next: ['Add an event log with every step of each case.'],
    };
  if (counts.withoutWorker === counts.instances)
    return {
      answer:
        'Cannot tell: the log names no worker, and why a case waited shows in what its worker did meanwhile.',
      next: ['Add the worker of each step, as a pseudonym: it is turned into another one on the way in.'],
      countsWaits: true,
    };
  if (severalShare > mostSeveral)
    return {
      answer: `Cannot tell: ${formatValue(severalShare, 'share')} of the work stands under names that do several pieces at once, so they are teams or systems and not people.`,
      next: [
        'Map the column that names the person. Hours of work can be told all the same: `wellspent calc multitasking` shares time between what was open at once.',
      ],
      countsWaits: true,
    };
  return null;
}

function figuresOf(evidence: WaitEvidence, efficiency: Interval | null): readonly Figure[] {
  const { sums } = evidence.explained;
  const whole = waitingOf(sums);
  const unit = timeUnitFor(whole);
  const isEstimated = evidence.estimatedShare > 0;
  const isNil = isNilByEstimate(evidence);
  const note = isEstimated ? { note: 'Estimated: starts are worked out, not recorded.' } : {};
  const figure = (own: Omit<Figure, 'period' | 'interval'>, interval: Interval | null = null): Figure => ({
    ...own,
    interval,
    period: null,
    ...note,
  });
  return [
    figure({
      id: 'waiting',
      name: 'Waiting, all cases together',
      value: isNil ? null : whole / unit.micros,
      unit: unit.type,
    }),
    figure({
      id: 'processing',
      name: 'Work from start to finish, all cases together',
      value: sums.processing / unit.micros,
      unit: unit.type,
    }),
    figure(
      {
        id: 'cycle-time-efficiency',
        name: 'Share of elapsed time that is work',
        value: isNil ? null : cycleTimeEfficiency(sums),
        unit: 'share',
      },
      isNil ? null : efficiency,
    ),
  ];
}

/** Why cases wait, as a Result: the split, where it arises, how sure it is and what it depends on. */
export function waitsParts(evidence: WaitEvidence, queries: readonly QueryRecord[]): ResultParts {
  const silence = reasonForSilence(evidence);
  if (silence && !silence.countsWaits) return cannotTell(silence, queries);
  const { explained, detail } = evidence;
  const { sums, settings } = explained;
  const shown = shownCauses(detail, sums);
  const unit = timeUnitFor(waitingOf(sums));
  if (silence) {
    const table = connectionsTable(evidence, [], unit);
    return { ...cannotTell(silence, queries), tables: [table], caveats: waitCaveats(evidence).caveats };
  }
  const { efficiency, shares } = waitIntervals(evidence.explained, shown);
  const { caveats, isCautious } = waitCaveats(evidence);
  const connections = connectionsTable(evidence, shown, unit);
  return {
    id: 'waits',
    question,
    answer: answerOf(evidence),
    status: isNilByEstimate(evidence) ? 'cannot-tell' : isCautious ? 'caution' : 'sound',
    figures: figuresOf(evidence, efficiency),
    tables: [
      causesTable(evidence, shown, shares, unit),
      connections,
      ...batchesTable(evidence, unit),
      sensitivityTable(evidence, shown),
    ],
    charts: waitsChart(evidence, connections.id, unit),
    caveats,
    next: nextOf(evidence),
    method,
    queries,
    parameters: {
      leastCases,
      gapSeconds: settings.gapSeconds,
      threshold: settings.threshold,
      hours: explained.hours.kind,
      draws: 1000,
      seed: 1,
    },
  };
}

import type { WaitCause } from './causes.ts';

/**
 * How finely causes can be told: all five with working hours; with no hours, off duty and outside the log are one
 * figure; with estimated starts, only batches and queues against the rest.
 */
export type CauseDetail = 'five' | 'four' | 'two';

/** A cause, or several taken together, as a reader sees it. */
export interface ShownCause {
  readonly key: string;
  readonly title: string;
  /** What it means, in words that go on from the title. */
  readonly meaning: string;
  readonly of: readonly WaitCause[];
}

const batching: ShownCause = {
  key: 'batching',
  title: 'Batch',
  meaning: 'held back to be done together with others',
  of: ['batching'],
};
const contention: ShownCause = {
  key: 'contention',
  title: 'Queue',
  meaning: 'the worker was at work that came earlier',
  of: ['contention'],
};
const prioritisation: ShownCause = {
  key: 'prioritisation',
  title: 'Overtaken',
  meaning: 'the worker took up work that came later',
  of: ['prioritisation'],
};
const outside = 'nothing in the log explains it: other people, bodies or systems';
const offOrOutside: ShownCause = {
  key: 'rest',
  title: 'Off duty or outside',
  meaning: `the worker was off duty, or ${outside}`,
  of: ['unavailability', 'extraneous'],
};

const staffCauses: Readonly<Record<CauseDetail, readonly ShownCause[]>> = {
  five: [
    batching,
    contention,
    prioritisation,
    {
      key: 'unavailability',
      title: 'Off duty',
      meaning: 'outside the hours of the worker',
      of: ['unavailability'],
    },
    { key: 'extraneous', title: 'Outside', meaning: outside, of: ['extraneous'] },
  ],
  four: [batching, contention, prioritisation, offOrOutside],
  two: [
    {
      key: 'batchOrQueue',
      title: 'Batch or queue',
      meaning: 'held for a batch, or the worker was at other work',
      of: ['batching', 'contention', 'prioritisation'],
    },
    { ...offOrOutside, title: 'The rest' },
  ],
};

const others: readonly ShownCause[] = [
  {
    key: 'applicant',
    title: 'Applicant',
    meaning: 'the service waited for the person, by the charter',
    of: ['applicant'],
  },
  {
    key: 'thirdParty',
    title: 'Third party',
    meaning: 'the service waited for somebody else, by the charter',
    of: ['third_party'],
  },
  {
    key: 'unknownWorker',
    title: 'Worker unknown',
    meaning: 'the worker is not named, or the name stands for several',
    of: ['unknown_worker'],
  },
];

/** The sum over the causes of a shown one. */
export function sumOf(shown: ShownCause, sums: Readonly<Record<WaitCause, number>>): number {
  return shown.of.reduce((total, cause) => total + sums[cause], 0);
}

/** The causes to show at a detail; waits that are not the staff's, or nobody's, where there are any. */
export function shownCauses(
  detail: CauseDetail,
  sums: Readonly<Record<WaitCause, number>>,
): readonly ShownCause[] {
  return [...staffCauses[detail], ...others.filter((shown) => sumOf(shown, sums) > 0)];
}

const queue = {
  key: 'queue',
  title: 'Queue or overtaken',
  meaning: 'the worker was at other work',
  of: ['contention', 'prioritisation'],
} as const;

function drawnOfStaff(detail: CauseDetail): readonly ShownCause[] {
  const [first, ...rest] = staffCauses[detail].filter(
    ({ of }) => of[0] !== 'contention' && of[0] !== 'prioritisation',
  );
  if (!first) return [];
  return detail === 'two'
    ? [first, ...rest]
    : [first, queue, ...rest.slice(0, detail === 'five' ? 1 : undefined)];
}

const mostDrawn = 4;

/** At most four groups for a chart: queues together, and where there are more, what is not the staff's or not known. */
export function drawnGroups(
  detail: CauseDetail,
  sums: Readonly<Record<WaitCause, number>>,
): readonly ShownCause[] {
  const ofStaff = drawnOfStaff(detail);
  const outsideLog = staffCauses[detail].filter(({ key }) => key === 'extraneous');
  const beside = [...outsideLog, ...others.filter((shown) => sumOf(shown, sums) > 0)];
  if (ofStaff.length + beside.length <= mostDrawn) return [...ofStaff, ...beside];
  const room = mostDrawn - ofStaff.length - 1;
  const together = beside.slice(room);
  const title = together.map((shown) => shown.title.toLowerCase()).join(', ');
  return [
    ...ofStaff,
    ...beside.slice(0, room),
    {
      key: 'others',
      title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`,
      meaning: together.map(({ meaning }) => meaning).join('; '),
      of: together.flatMap(({ of }) => of),
    },
  ];
}

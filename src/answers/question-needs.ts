import type { Charter } from '../define/index.ts';
import type { Touch } from '../ingest/index.ts';

/** What can be asked of the data there are, before any figure is worked out. */
export interface DataFacts {
  readonly charter: Charter;
  /** True when the table holds rows and, where a field is named, at least one of them carries it. */
  readonly holds: (table: string, field?: string) => boolean;
}

/** Something that a question needs, in words that complete "needs ...". */
export interface Need {
  readonly words: string;
  readonly isMet: (facts: DataFacts) => boolean;
}

/** What one question rests on: what it needs, and the kinds of figure that a fault of the data would distort. */
export interface QuestionNeeds {
  readonly needs: readonly Need[];
  readonly touches: readonly Touch[];
  /** True of a question that this version does not take up, whatever the data. */
  readonly isLater?: boolean;
}

const never = () => false;

const eventLog: Need = {
  words: 'an event log: a row for each step of each case',
  isMet: ({ holds }) => holds('events'),
};
const toActOn: Need = {
  words: 'an event log, or units to compare and their ways of working',
  isMet: ({ charter, holds }) => holds('events') || (charter.units?.practices ?? []).length > 0,
};
const starts: Need = {
  words: 'the start of each step beside its finish, to tell waiting from work',
  isMet: ({ holds }) => holds('events', 'started'),
};
const workers: Need = {
  words: 'the worker of each step, as a pseudonym, to tell what a case waits for',
  isMet: ({ holds }) => holds('events', 'worker'),
};
const minutes: Need = {
  words: 'minutes of work, recorded or given for each step in the charter',
  isMet: ({ charter, holds }) =>
    holds('events', 'minutes') ||
    holds('contacts', 'minutes') ||
    (charter.costs?.touch_minutes ?? []).length > 0,
};
const reasons: Need = {
  words: 'contacts with their reasons',
  isMet: ({ holds }) => holds('contacts', 'reason'),
};
const cases: Need = { words: 'cases with their dates', isMet: ({ holds }) => holds('cases') };

/** The needs of the fifteen questions, in the order of the home page. */
export const questionNeeds: readonly QuestionNeeds[] = [
  {
    needs: [
      {
        words: 'a measure for each intended outcome, named in the charter',
        isMet: ({ charter }) => charter.outcomes.every(({ measure }) => measure !== undefined),
      },
      {
        words: 'groups of people to compare, named in the charter',
        isMet: ({ charter }) => (charter.groups ?? []).length > 0,
      },
    ],
    touches: ['waits', 'age', 'decisions'],
  },
  {
    needs: [
      {
        words: 'outputs, counted from cases or given as volumes',
        isMet: ({ holds }) => holds('cases') || holds('volumes'),
      },
      {
        words: 'inputs: staff, money and what else is used, by period',
        isMet: ({ holds }) => holds('inputs'),
      },
      {
        words: 'quality measures with their weights',
        isMet: ({ charter }) => (charter.quality ?? []).length > 0,
      },
    ],
    touches: ['volume', 'effort', 'decisions', 'amounts'],
  },
  { needs: [], touches: ['trend', 'volume'] },
  { needs: [eventLog, starts, workers], touches: ['waits', 'order', 'age'] },
  { needs: [eventLog, minutes, reasons], touches: ['repeats', 'effort', 'people'] },
  {
    needs: [
      eventLog,
      { words: 'the system in which each step was done', isMet: ({ holds }) => holds('events', 'system') },
      { words: 'the word of the people who do the work, which no data hold', isMet: never },
    ],
    touches: ['effort', 'order'],
  },
  {
    needs: [
      {
        words: 'targets in use, named in the charter',
        isMet: ({ charter }) => (charter.targets ?? []).length > 0,
      },
      {
        words: 'for each target, the measure that asks the same of everyone',
        isMet: ({ charter }) => (charter.targets ?? []).every((target) => target.compare_with !== undefined),
      },
    ],
    touches: ['age', 'decisions', 'trend'],
  },
  { needs: [toActOn], touches: ['waits', 'repeats'] },
  { needs: [eventLog, minutes], touches: ['repeats', 'effort'] },
  {
    needs: [
      {
        words: 'planned savings, named in the charter',
        isMet: ({ charter }) => (charter.savings ?? []).length > 0,
      },
    ],
    touches: [],
  },
  {
    needs: [
      {
        words: 'essential floors, named in the charter',
        isMet: ({ charter }) => (charter.floors ?? []).length > 0,
      },
      cases,
    ],
    touches: ['decisions', 'waits', 'age'],
  },
  {
    needs: [{ words: 'trials, which this version does not keep', isMet: never }],
    touches: [],
    isLater: true,
  },
  {
    needs: [
      {
        words: 'an assistant and what became of its users, which this version does not follow',
        isMet: never,
      },
    ],
    touches: [],
    isLater: true,
  },
  {
    needs: [{ words: 'promised savings, which this version does not keep', isMet: never }],
    touches: [],
    isLater: true,
  },
  {
    needs: [{ words: 'forecasts, which this version does not keep', isMet: never }],
    touches: [],
    isLater: true,
  },
];

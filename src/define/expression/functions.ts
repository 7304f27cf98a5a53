/** The kinds a value may have. `any` stands for a column whose kind is not known yet. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'time' | 'date' | 'any';

/** What a function is given: the name of a step, written as text, or a value of one of some kinds. */
export type Parameter = 'step' | readonly ValueKind[];

export interface ExpressionFunction {
  readonly parameters: readonly Parameter[];
  /** True when the last parameter may be given more than once. */
  readonly more?: boolean;
  /** `same` gives the kind of what it is given. */
  readonly gives: ValueKind | 'same';
  readonly example: string;
  readonly meaning: string;
}

const moment = ['time', 'date'] as const;

/** The functions of the language; the reference prints this table. */
export const expressionFunctions: Readonly<Record<string, ExpressionFunction>> = {
  has: {
    parameters: ['step'],
    gives: 'boolean',
    example: "has('Payment')",
    meaning: 'True when the case has the step at least once.',
  },
  count: {
    parameters: ['step'],
    gives: 'number',
    example: "count('Information requested') > 1",
    meaning: 'How many times the case has the step; 0 when never.',
  },
  first: {
    parameters: ['step'],
    gives: 'time',
    example: "first('Decision') >= date '2024-04-01'",
    meaning: 'When the step first happened; missing when never.',
  },
  last: {
    parameters: ['step'],
    gives: 'time',
    example: "days_between(opened, last('Decision')) <= 20",
    meaning: 'When the step last happened; missing when never.',
  },
  before: {
    parameters: ['step', 'step'],
    gives: 'boolean',
    example: "before('Payment', 'Add penalty')",
    meaning:
      'True when the first of the one step stands before the first of the other in the case; missing when the case lacks either.',
  },
  days_between: {
    parameters: [moment, moment],
    gives: 'number',
    example: 'days_between(opened, closed) <= 20',
    meaning:
      'Elapsed days from the first time to the second, with fractions; whole days where both are dates without a time of day.',
  },
  date_days_between: {
    parameters: [moment, moment],
    gives: 'number',
    example: 'date_days_between(opened, closed) <= 20',
    meaning: 'Calendar days from the date of the first to the date of the second, always whole.',
  },
  working_days_between: {
    parameters: [moment, moment],
    gives: 'number',
    example: 'working_days_between(opened, closed) <= 90',
    meaning:
      "Working days after the date of the first up to and including that of the second; weekends and the calendar's bank holidays do not count. Known for dates from 1995 to 2099.",
  },
  coalesce: {
    parameters: [
      ['text', 'number', 'boolean', 'time', 'date'],
      ['text', 'number', 'boolean', 'time', 'date'],
    ],
    more: true,
    gives: 'same',
    example: "coalesce(channel, 'not recorded') = 'not recorded'",
    meaning: 'The first of the values that is not missing.',
  },
  year: {
    parameters: [moment],
    gives: 'number',
    example: 'year(opened) = 2024',
    meaning: 'The calendar year of a time or date.',
  },
  month: {
    parameters: [moment],
    gives: 'number',
    example: 'month(opened) in (6, 7, 8)',
    meaning: 'The month of a time or date, 1 to 12.',
  },
};

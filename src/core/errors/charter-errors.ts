import type { ErrorEntry } from './error-entry.ts';

export const charterErrors = {
  CHARTER_INVALID: {
    meaning: 'The charter (service.yaml) has faults; each is listed with its line and what to write instead.',
    remedy: 'Put right every fault listed and run `wellspent check` again.',
  },
  CHARTER_TOO_LARGE: {
    meaning: 'The charter is larger than one megabyte, which no charter written by people is.',
    remedy: 'Check that the file named is the charter and not an extract.',
  },
  CHARTER_YAML: {
    meaning: 'The charter is not well-formed YAML at this place: usually indentation, a quote or a colon.',
    remedy: 'Indent with spaces, close every quote, and put text that holds a colon or a hash in quotes.',
  },
  CHARTER_ALIAS: {
    meaning: 'The charter uses a YAML anchor, alias or tag. They hide what a line says, so they are refused.',
    remedy: 'Write the value out in full where it is needed.',
  },
  CHARTER_KEY_TWICE: {
    meaning: 'The same key stands twice in one entry, so one of the two would be lost.',
    remedy: 'Keep one of them.',
  },
  CHARTER_KEY_UNKNOWN: {
    meaning: 'The charter has a key that its format does not know; often a spelling mistake.',
    remedy: 'Use one of the keys listed, or remove the line.',
  },
  CHARTER_KEY_MISSING: {
    meaning: 'An entry of the charter lacks a key that it needs.',
    remedy: 'Add the key; the reference of the charter says what each one means.',
  },
  CHARTER_VALUE: {
    meaning: 'A value in the charter is of the wrong kind or outside what is allowed.',
    remedy: 'Write one of the values that the message names.',
  },
  CHARTER_DATE: {
    meaning: 'A date in the charter is not a day of the calendar, or two dates are in the wrong order.',
    remedy: 'Write dates as year, month and day, such as 2026-04-01.',
  },
  CHARTER_TIMEZONE: {
    meaning: 'The time zone is not one that computers know.',
    remedy: 'Use a name from the IANA list, such as Europe/London.',
  },
  CHARTER_REFERENCE: {
    meaning: 'One part of the charter refers to another by an id that does not exist.',
    remedy: 'Use one of the ids that exist, or add the entry.',
  },
  CHARTER_ID_TWICE: {
    meaning: 'Two entries of one list share an id, so references to it could mean either.',
    remedy: 'Give one of them another id.',
  },
  CHARTER_WEIGHTS: {
    meaning:
      'The weights of the quality measures that speak for one output do not add to 1. They are never rescaled silently.',
    remedy: 'Change the weights so that they add to 1, and say in weight_source whose they are.',
  },
  CHARTER_EXPRESSION: {
    meaning: 'A condition or value in the charter cannot be read, or does not fit the kind of its columns.',
    remedy: 'Correct it at the character named; the reference of the charter describes the language.',
  },
  CHARTER_COLUMN_MISSING: {
    meaning: 'The charter names a column that the data do not have.',
    remedy: 'Use one of the columns listed, or bring the column in with the extract.',
  },
  CHARTER_COLUMN_KIND: {
    meaning:
      'The charter uses a column for something its kind does not allow, such as text where a time is needed.',
    remedy: 'Name a column of the right kind, or map the column so that it is read as that kind.',
  },
  CHARTER_COLUMN_TAKEN: {
    meaning: 'The cases carry a column whose name Wellspent needs for a figure it works out itself.',
    remedy: 'Give the column another name in the `map` of the extract, or the clock another id.',
  },
  CHARTER_EXTRACT_MISSING: {
    meaning: 'The charter names an extract that is not there.',
    remedy:
      'Put the file in the workspace, or correct its path, which starts from the folder of the charter.',
  },
  CHARTER_STEP_NOT_PREPARED: {
    meaning:
      'A condition asks about a step that the charter does not mention, so its times were not worked out.',
    remedy: 'Name the condition when the facts are prepared, or use the step in the charter.',
  },
  CHARTER_STEP_UNKNOWN: {
    meaning:
      'The charter names a step that no event has, so whatever asks about it counts nothing; often a spelling mistake.',
    remedy: 'Write the step as the data do, capitals included. Where it may yet occur, nothing need be done.',
  },
  CHARTER_REVIEW_DUE: {
    meaning: 'An assumption is past the day on which its owner said it would be looked at again.',
    remedy: 'Ask the owner to confirm or change the value, then set a new review date.',
  },
  CHARTER_OUTCOME_UNMEASURED: {
    meaning: 'An intended outcome has no quality measure, so nobody can say whether it is achieved.',
    remedy: 'Name a quality measure with `measure`, or leave it declared as unmeasured.',
  },
  CHARTER_TARGET_PARTIAL: {
    meaning: 'A target covers only some cases and nothing beside it asks the same of everyone.',
    remedy: 'Add a quality measure over all cases and name it in `compare_with`.',
  },
  CHARTER_TARGET_SCOPE: {
    meaning:
      'The definition of a target says that no case is left out, and `of` or `excluded_share` leaves some out.',
    remedy:
      'Write `denominator_scope: conditional`, or remove what leaves cases out. The share left out is counted from `of`.',
  },
  CHARTER_GROUP_UNOWNED: {
    meaning:
      'Outputs share one weight as the same service by other routes, and nobody answers for that or nothing says since when.',
    remedy: 'Give one output of the group `group_owner` and `group_since`.',
  },
} as const satisfies Record<string, ErrorEntry>;

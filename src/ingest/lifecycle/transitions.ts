/** What to do with the starts and completions of a step that stand in rows of their own. */
export const lifecycleRules = ['pair', 'keep'] as const;

/** Join the rows of one piece of work into one row, or count every row as it stands. */
export type LifecycleRule = (typeof lifecycleRules)[number];

/** How a piece of work can stand; `instant` has a completion and no start. */
export const instanceStates = [
  ...(['complete', 'open', 'instant', 'withdrawn', 'aborted', 'skipped', 'no time'] as const),
] as const;

/** How a piece of work stands. */
export type InstanceState = (typeof instanceStates)[number];

/** What a row says about a piece of work, after the transitions of the XES lifecycle extension. */
export type Transition =
  | 'start'
  | 'complete'
  | 'schedule'
  | 'assign'
  | 'suspend'
  | 'resume'
  | 'withdrawn'
  | 'aborted'
  | 'skipped'
  | 'status';

const words: ReadonlyMap<string, Transition> = new Map([
  ['start', 'start'],
  ['complete', 'complete'],
  ['schedule', 'schedule'],
  ['assign', 'assign'],
  ['reassign', 'assign'],
  ['suspend', 'suspend'],
  ['resume', 'resume'],
  ['withdraw', 'withdrawn'],
  ['ate_abort', 'aborted'],
  ['pi_abort', 'aborted'],
  ['autoskip', 'skipped'],
  ['manualskip', 'skipped'],
]);

/** The meaning of a transition in any case; a missing one means complete, another word is a status of the business. */
export function transitionOf(word: string | null): Transition {
  if (word === null) return 'complete';
  return words.get(word) ?? words.get(word.trim().toLowerCase()) ?? 'status';
}

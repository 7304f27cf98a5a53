/** What holds the service back, behind the scenes: where time goes, what is done again, how cases end, ranked findings. */
export {
  type Comparisons,
  chooseSides,
  compareSides,
  type Dimension,
  type Side,
  type SidesChosen,
} from './compare/index.ts';
export { find, findAll } from './find.ts';
export { type DescribableLog, describeLog, type LogDescription } from './log/describe-log.ts';
export {
  draftOption,
  keepOption,
  type OptionDraft,
  optionDrafts,
  removeOption,
  type Standing,
  standingOf,
} from './options/index.ts';
export {
  dispositionOn,
  type FindingToReview,
  findingsToReview,
  type MatchableFinding,
  matchReport,
  readSaid,
  type Said,
} from './people/index.ts';
export { findCells } from './rows/find-cells.ts';
export { type FindTracer, traceFind } from './rows/find-rows.ts';
export type { HoursRule } from './waits/hours-rule.ts';
export type { InferHours } from './waits/infer-hours.ts';
export {
  type LogWaits,
  type LogWaitsOptions,
  type ReportedTransition,
  type WaitingLog,
  type WaitsReport,
  waitsOfLog,
} from './waits/log-waits.ts';
export { adjustedDurations } from './waits/multitasking.ts';
export { readCalendar } from './waits/read-calendar.ts';
export { type RowsWaits, type RowsWaitsSettings, type RowWait, waitsOfRows } from './waits/rows-waits.ts';
export type { WorkRow } from './waits/work-rows.ts';
export type { FindOptions, FindWorkspace } from './workspace.ts';

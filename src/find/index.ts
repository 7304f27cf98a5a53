/** What holds the service back, behind the scenes: where time goes, what is done again, how cases end, ranked findings. */
export { find } from './find.ts';
export { type DescribableLog, describeLog, type LogDescription } from './log/describe-log.ts';
export type { FindOptions, FindWorkspace } from './workspace.ts';

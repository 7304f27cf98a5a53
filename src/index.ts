/** The way from an extract to an answer, in one import: open a service, measure it, find what holds it back. */
export { type Answers, answerMonday, prepareAnswers, type Question } from './answers/index.ts';
export { runCalc } from './calc/index.ts';
export { type Figure, type Result, type Status, type Table, WellspentError } from './core/index.ts';
export {
  type Charter,
  describeCharter,
  type LoadedCharter,
  lintCharter,
  loadCharter,
} from './define/index.ts';
export { describeLog, find, type LogDescription } from './find/index.ts';
export {
  type AddReport,
  addExtract,
  buildWorkspace,
  openLog,
  openWorkspace,
  type Workspace,
} from './ingest/index.ts';
export { type MeasureOptions, measure } from './measure/index.ts';

/** Results as tables, files, terminal text and pictures; nothing is computed here. */

export {
  chooseMap,
  hasView,
  type MapChoice,
  type MapLevel,
  type MapView,
  mapLevels,
  mapViews,
  usualChoice,
} from './charts/choose-map.ts';
export type { ChartWidth } from './charts/drawing.ts';
export { type OutlineStep, renderOutline } from './charts/outline.ts';
export { renderChart } from './charts/render-chart.ts';
export { charterProfile, profileNamed } from './disclosure/profile-named.ts';
export {
  type EarlierKnowledge,
  type ProtectedResults,
  protectResults,
} from './disclosure/protect-results.ts';
export { earlierKnowledge } from './release/earlier-knowledge.ts';
export { makeRelease } from './release/make-release.ts';
export { type Publication, preparePublication, publishablePages } from './release/publication.ts';
export { type PublicationFile, publicationFiles } from './release/publication-files.ts';
export { publicationNote } from './release/publication-notes.ts';
export { ledgerFile, ledgerLine, type Release, readLedger } from './release/release-ledger.ts';
export { csvHeader, csvRows, tableToCsv } from './tables/csv.ts';
export { datapackage } from './tables/datapackage.ts';
export { resultsToJson } from './tables/json.ts';
export { type ErrorOptions, renderError } from './terminal/error.ts';
export { renderTerminal, type TerminalOptions } from './terminal/result.ts';

/** Results as tables, files, terminal text and pictures; nothing is computed here. */

export type { ChartWidth } from './charts/drawing.ts';
export { type OutlineStep, renderOutline } from './charts/outline.ts';
export { renderChart } from './charts/render-chart.ts';
export { type ProtectedResults, protectResults } from './disclosure/protect-results.ts';
export { csvHeader, csvRows, tableToCsv } from './tables/csv.ts';
export { datapackage } from './tables/datapackage.ts';
export { resultsToJson } from './tables/json.ts';
export { type ErrorOptions, renderError } from './terminal/error.ts';
export { renderTerminal, type TerminalOptions } from './terminal/result.ts';

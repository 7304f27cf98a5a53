import type { Chart, Result, Table } from '../core/index.ts';

export function renderChart(chart: Chart, width: 'wide' | 'narrow'): string {
  const id = `${chart.id}-${width}-title`;
  const title = chart.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const w = width === 'wide' ? 900 : 340;
  return `<svg role="img" aria-labelledby="${id}" viewBox="0 0 ${w} 300" width="${w}" height="300"><title id="${id}">${title}</title><rect width="${w}" height="300" fill="#eee"/></svg>`;
}

export function renderOutline(_chart: Chart): string {
  return '';
}

export function tableToCsv(table: Table): string {
  const cell = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const lines = [table.columns.map((c) => cell(c.key))].concat(
    table.rows.map((row) => table.columns.map((c) => cell(row[c.key]))),
  );
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

export function resultsToJson(results: readonly Result[]): string {
  return JSON.stringify(results, null, 2);
}

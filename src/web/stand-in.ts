import type { Chart } from '../core/index.ts';

export function renderChart(chart: Chart, width: 'wide' | 'narrow'): string {
  const id = `${chart.id}-${width}-title`;
  const title = chart.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const w = width === 'wide' ? 900 : 340;
  return `<svg role="img" aria-labelledby="${id}" viewBox="0 0 ${w} 300" width="${w}" height="300"><title id="${id}">${title}</title><rect width="${w}" height="300" fill="#eee"/></svg>`;
}

export function renderOutline(_chart: Chart): string {
  return '';
}

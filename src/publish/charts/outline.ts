import { countOf, formatValue, type ProcessMapChart } from '../../core/index.ts';
import { chooseMap, type MapChoice, type MapView } from './choose-map.ts';

/** One step of a map in words: what it is called, its number, and what follows it. */
export interface OutlineStep {
  readonly heading: string;
  readonly items: readonly string[];
}

const edgeWords: Readonly<Record<Exclude<MapView, 'frequency'>, (figure: string) => string>> = {
  median: (figure) => `, after a median of ${figure}`,
  total: (figure) => `, ${figure} in all`,
  pounds: (figure) => `, whose waiting costs ${figure}`,
};

/** The map in words, its equal for those who do not see it: the same steps, paths and numbers as are drawn. */
export function renderOutline(chart: ProcessMapChart, choice?: MapChoice): readonly OutlineStep[] {
  const shown = chooseMap(chart, choice);
  const labels = new Map(shown.nodes.map(({ id, label }) => [id, label]));
  return shown.nodes.map(({ id, label, cases, figure }) => {
    const out = shown.edges.filter(({ from }) => from === id);
    const begins = shown.starts.find((start) => start.id === id)?.cases;
    const ends = shown.ends.find((end) => end.id === id)?.cases;
    const all = chart.edges.filter(({ from }) => from === id).reduce((sum, { count }) => sum + count, 0);
    const ended = chart.ends.find((end) => end.id === id)?.cases ?? 0;
    const share = (n: number) => (all + ended === 0 ? '' : `, ${formatValue(n / (all + ended), 'share')}`);
    return {
      heading: `${label}: ${countOf(cases, 'case')}${shown.view === 'pounds' ? `, ${figure}` : ''}`,
      items: [
        ...(begins ? [`${countOf(begins, 'case')} begin here`] : []),
        ...out.map((edge) => {
          const own =
            shown.view === 'frequency' || edge.figure === null ? '' : edgeWords[shown.view](edge.figure);
          return `then "${labels.get(edge.to) ?? edge.to}": ${countOf(edge.count, 'time')}${share(edge.count)}${own}`;
        }),
        ...(ends ? [`${countOf(ends, 'case')} end here${share(ends)}`] : []),
      ],
    };
  });
}

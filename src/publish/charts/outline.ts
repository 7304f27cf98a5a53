import { durationInWords, formatValue, type ProcessMapChart } from '../../core/index.ts';

/** One step of a map in words: what it is called, how many cases, and what follows it. */
export interface OutlineStep {
  readonly heading: string;
  readonly items: readonly string[];
}

/** The map in words, its equal for those who do not see it: each step, what follows it, how often, after how long. */
export function renderOutline(chart: ProcessMapChart): readonly OutlineStep[] {
  const count = (n: number) => formatValue(n, 'count');
  return chart.nodes.map(({ id, label, cases }) => {
    const out = chart.edges.filter(({ from }) => from === id);
    const begins = chart.starts.find((start) => start.id === id)?.cases;
    const ends = chart.ends.find((end) => end.id === id)?.cases;
    const all = out.reduce((sum, edge) => sum + edge.count, 0) + (ends ?? 0);
    const share = (n: number) => (all === 0 ? '' : `, ${formatValue(n / all, 'share')}`);
    return {
      heading: `${label}: ${count(cases)} cases`,
      items: [
        ...(begins ? [`${count(begins)} cases begin here`] : []),
        ...out.map(({ to, count: n, medianSeconds }) => {
          const wait = medianSeconds === null ? '' : `, after a median of ${durationInWords(medianSeconds)}`;
          return `then "${to}": ${count(n)} times${share(n)}${wait}`;
        }),
        ...(ends ? [`${count(ends)} cases end here${share(ends)}`] : []),
      ],
    };
  });
}

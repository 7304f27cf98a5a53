import { durationInWords, formatValue } from '../../core/index.ts';
import { describeLog, type LogDescription } from '../../find/index.ts';
import { openLog } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import { deliver, fromCwd, progressLine, tookSince } from '../talk.ts';
import { readingOf } from './reading.ts';

const count = (n: number) => formatValue(n, 'count');

function inWords(file: string, log: LogDescription): string {
  const { mean, median, p90 } = log.throughputDays;
  const days = (value: number | null) => (value === null ? 'not known' : durationInWords(value * 86_400));
  const steps = (title: string, rows: readonly { readonly step: string; readonly cases: number }[]) =>
    `\n${title}\n${rows
      .slice(0, 10)
      .map(({ step, cases }) => `  ${count(cases).padStart(9)}  ${step}`)
      .join('\n')}\n`;
  const edges = log.topEdges
    .map(({ from, to, count: n }) => `  ${count(n).padStart(9)}  ${from} → ${to}`)
    .join('\n');
  const rejects = log.rejects.map(({ reason, rows }) => `  ${count(rows).padStart(9)}  ${reason}`).join('\n');
  return (
    `${file}: ${count(log.cases)} cases, ${count(log.events)} events, ${count(log.steps)} steps, from ${log.firstEvent?.slice(0, 10) ?? 'no time'} to ${log.lastEvent?.slice(0, 10) ?? 'no time'}.\n` +
    `First to last event: median ${days(median)}, one in ten over ${days(p90)}, mean ${days(mean)}.\n` +
    `${count(log.variants)} different sequences of steps; ${count(log.edges)} different connections, ${count(log.edgeTotal)} in all.\n` +
    (log.tiedEvents > 0
      ? `${count(log.tiedEvents)} events share their instant with the one before: their order is the file's.\n`
      : '') +
    steps('Cases begin with', log.startSteps) +
    steps('Cases end with', log.endSteps) +
    (edges ? `\nMost frequent connections\n${edges}\n` : '') +
    (rejects ? `\nRows set aside\n${rejects}\n` : '')
  );
}

/** `wellspent log`: what an event log holds, without a charter. */
export const log: Action = async (effects, [file = ''], options) => {
  const begun = effects.now();
  const progress = progressLine(effects);
  const handle = await openLog(fromCwd(effects, file), {
    ...readingOf(options),
    signal: effects.signal,
    onProgress: ({ rows, bytes, totalBytes }) =>
      progress.say(
        `${count(rows)} rows, ${totalBytes > 0 ? Math.round((100 * bytes) / totalBytes) : 0}% of the file`,
      ),
  });
  try {
    const found = await describeLog(handle);
    progress.clear();
    const text = options.format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : inWords(file, found);
    deliver(effects, text, options.output);
    for (const notice of handle.report.notices) effects.stderr(`note: ${notice.message}\n`);
    effects.stderr(
      `Read in ${tookSince(effects, begun)}. Next: wellspent init DIR, then wellspent add ${file} --into DIR --as events\n`,
    );
    return 0;
  } finally {
    progress.clear();
    await handle.close();
  }
};

import { countOf, durationInWords, formatValue } from '../../core/index.ts';
import { describeLog, type LogDescription } from '../../find/index.ts';
import { type AddReport, openLog } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import { deliver, formatOf } from '../deliver.ts';
import { existingFile } from '../files.ts';
import { rowsSetAside } from '../reasons.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';
import { readingOf, throwForOptions } from './reading.ts';

const mostShown = 10;
const count = (n: number) => formatValue(n, 'count');

/** The keys that other programs rely on, and no others. */
function asContracted(log: LogDescription) {
  const { cases, events, steps, variants, edges, edgeTotal, startSteps, endSteps, topEdges } = log;
  const { throughputDays, rejects } = log;
  return {
    cases,
    events,
    steps,
    variants,
    edges,
    edgeTotal,
    startSteps,
    endSteps,
    topEdges,
    throughputDays,
    rejects,
  };
}

function list(title: string, rows: readonly (readonly [number, string])[], of = rows.length): string {
  if (rows.length === 0) return '';
  const lines = rows.slice(0, mostShown).map(([n, words]) => `  ${count(n).padStart(9)}  ${words}`);
  const more = of - lines.length;
  if (more > 0) lines.push(`             and ${count(more)} more`);
  return `\n${title}\n${lines.join('\n')}\n`;
}

/** Where work has a beginning and an end, sequences depend on which of them counts. */
function orderInWords({ mapping, pairing }: AddReport, byStart: boolean): string {
  const hasBoth = ('started' in mapping && 'finished' in mapping) || pairing !== undefined;
  if (!hasBoth) return '';
  return byStart
    ? 'Steps are in order of their start, as asked; by finish the sequences may differ.\n'
    : 'Steps are in order of their finish; by start (--order start) the sequences may differ.\n';
}

function inWords(file: string, log: LogDescription, order: string): string {
  const { mean, median, p90 } = log.throughputDays;
  const days = (value: number | null) => (value === null ? 'not known' : durationInWords(value * 86_400));
  const from = log.firstEvent?.slice(0, 10);
  const period = from ? `, from ${from} to ${log.lastEvent?.slice(0, 10)}` : ', none with a time';
  return (
    `${file}: ${countOf(log.cases, 'case')}, ${countOf(log.events, 'event')}, ${countOf(log.steps, 'step')}${period}.\n` +
    `First to last event: median ${days(median)}, one case in ten over ${days(p90)}, mean ${days(mean)}.\n` +
    `${countOf(log.variants, 'different sequence')} of steps. A step follows another ${countOf(log.edgeTotal, 'time')}, in ${countOf(log.edges, 'different pair')}.\n` +
    order +
    (log.tiedEvents > 0
      ? `${countOf(log.tiedEvents, 'event')} at the same instant as the one before: their order is the file's.\n`
      : '') +
    list(
      'Cases begin with',
      log.startSteps.map(({ step, cases }) => [cases, step] as const),
    ) +
    list(
      'Cases end with',
      log.endSteps.map(({ step, cases }) => [cases, step] as const),
    ) +
    list(
      'Steps that most often follow one another',
      log.topEdges.map(({ from: before, to, count: n }) => [n, `${before} → ${to}`] as const),
      log.edges,
    ) +
    rowsSetAside(log.rejects)
  );
}

/** `wellspent log`: what an event log holds, without a charter. */
export const log: Action = async (effects, [file = ''], options) => {
  const format = formatOf(effects, options);
  const begun = effects.now();
  const path = existingFile(effects, file);
  const progress = progressLine(effects);
  try {
    const handle = await openLog(path, {
      ...readingOf(options),
      ...(options.order === 'start' ? { order: 'start' as const } : {}),
      signal: effects.signal,
      onProgress: ({ rows, bytes, totalBytes }) => progress.sayRead(`${count(rows)} rows`, bytes, totalBytes),
    }).catch(throwForOptions);
    try {
      const found = await describeLog(handle);
      progress.clear();
      const text =
        format === 'json'
          ? `${JSON.stringify(asContracted(found), null, 2)}\n`
          : inWords(file, found, orderInWords(handle.report, options.order === 'start'));
      deliver(effects, text, options);
      for (const notice of handle.report.notices) effects.stderr(`note: ${notice.message}\n`);
    } finally {
      await handle.close();
    }
  } finally {
    progress.clear();
  }
  effects.stderr(
    `Read in ${tookSince(effects, begun)}. Next: wellspent init my-service, then wellspent add ${asShellWord(file)} --into my-service --as events\n`,
  );
  return 0;
};

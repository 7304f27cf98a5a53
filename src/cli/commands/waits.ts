import { readFileSync } from 'node:fs';
import { formatValue, WellspentError } from '../../core/index.ts';
import { type LogWaits, type LogWaitsOptions, readCalendar, waitsOfLog } from '../../find/index.ts';
import { type LogHandle, openLog, openZone } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import { deliver, deliverResults, formatOf } from '../deliver.ts';
import type { Effects } from '../effects.ts';
import { existingFile } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';
import { readingOf, throwForOptions } from './reading.ts';

const count = (n: number) => formatValue(n, 'count');

function hoursFrom(effects: Effects, options: Record<string, unknown>): LogWaitsOptions['hours'] {
  const { calendar, timezone, inferHours } = options;
  const zone = typeof timezone === 'string' ? timezone : 'UTC';
  if (inferHours === true && calendar !== undefined)
    throw new WellspentError('USAGE', 'Hours are given or inferred, not both.', { hint: '--infer-hours' });
  if (inferHours === true) return { inferIn: openZone(zone) };
  if (typeof calendar !== 'string') return undefined;
  const path = existingFile(effects, calendar);
  try {
    return readCalendar(readFileSync(path, 'utf8'), calendar, zone);
  } catch (cause) {
    if (cause instanceof WellspentError) throw cause;
    throw new WellspentError('FILE_NOT_FOUND', `${calendar} cannot be read.`, {
      where: { file: calendar },
      cause,
    });
  }
}

/** One JSON object; its transitions, of which a large log has very many, are written as they come. */
async function writeJson(found: LogWaits, write: (text: string) => void): Promise<void> {
  const head = JSON.stringify(found.report, null, 2).replace(/\n\}$/, '');
  write(`${head},\n  "transitions": [`);
  let isFirst = true;
  for await (const rows of found.transitions()) {
    const lines = rows.map((row) => `\n    ${JSON.stringify(row)}`).join(',');
    write(isFirst ? lines : `,${lines}`);
    isFirst = false;
  }
  write(isFirst ? ']\n}\n' : '\n  ]\n}\n');
}

async function deliverWaits(
  effects: Effects,
  found: LogWaits,
  options: Record<string, unknown>,
): Promise<void> {
  if (formatOf(effects, options) !== 'json') return deliverResults(effects, [found.result], options);
  if (typeof options.output !== 'string' && (options.format !== undefined || !effects.terminal.stderr))
    return writeJson(found, effects.stdout);
  const parts: string[] = [];
  await writeJson(found, (text) => parts.push(text));
  deliver(effects, parts.join(''), options);
}

/** `wellspent waits`: why the cases of an event log wait, without a charter. */
export const waits: Action = async (effects, [file = ''], options) => {
  formatOf(effects, options);
  const begun = effects.now();
  const path = existingFile(effects, file);
  const hours = hoursFrom(effects, options);
  const progress = progressLine(effects);
  let couldUseHours = false;
  try {
    const handle: LogHandle = await openLog(path, {
      lifecycle: 'guess',
      ...readingOf(options),
      namesWorkers: true,
      signal: effects.signal,
      onProgress: ({ rows, bytes, totalBytes }) => progress.sayRead(`${count(rows)} rows`, bytes, totalBytes),
    }).catch(throwForOptions);
    try {
      const found = await waitsOfLog(handle, {
        ...(hours ? { hours } : {}),
        signal: effects.signal,
        onProgress: (done, total) => progress.say(`${count(done)} of ${count(total)} steps explained`),
      });
      progress.clear();
      await deliverWaits(effects, found, options);
      couldUseHours = found.report.basis.starts === 'recorded' && found.report.totals.extraneous > 0;
      for (const notice of handle.report.notices) effects.stderr(`note: ${notice.message}\n`);
    } finally {
      await handle.close();
    }
  } finally {
    progress.clear();
  }
  const next =
    hours === undefined && couldUseHours
      ? `wellspent waits ${asShellWord(file)} --calendar HOURS.json, which tells hours off duty apart`
      : `wellspent init my-service, then wellspent add ${asShellWord(file)} --into my-service --as events`;
  effects.stderr(`Worked out in ${tookSince(effects, begun)}. Next: ${next}\n`);
  return 0;
};

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { drawsFor } from '../src/core/index.ts';

const route = [
  'Received',
  'Checked',
  'Assigned',
  'Information requested',
  'Information received',
  'Examined',
  'Referred',
  'Decision drafted',
  'Decision reviewed',
  'Decided',
  'Letter sent',
  'Closed',
];

const day = 86_400_000;

interface Event {
  readonly step: string;
  readonly at: string;
  readonly team: string;
  readonly worker: string;
}

/** Events of one case: about ten steps, some skipped, some repeated, with long-tailed waits. */
function caseEvents(number: number, draw: (item: number, visit?: number) => number): readonly Event[] {
  let at = Date.UTC(2024, 0, 1) + Math.floor(draw(number) * 700 * day);
  const team = `Team ${1 + Math.floor(draw(number, 1) * 12)}`;
  const events: Event[] = [];
  let visit = 2;
  for (const step of route) {
    const u = draw(number, visit++);
    if (u < 0.12) continue;
    const times = u > 0.95 ? 2 : 1;
    for (let k = 0; k < times; k++) {
      at += Math.floor(-Math.log(draw(number, visit++)) * 2 * day) + 1000;
      events.push({ step, at: new Date(at).toISOString(), team, worker: `W${Math.floor(u * 997)}` });
    }
  }
  return events;
}

function csvCase(number: number, events: readonly Event[]): string {
  return events.map(({ step, at, team, worker }) => `C${number},${step},${at},${team},${worker}\n`).join('');
}

function xesCase(number: number, events: readonly Event[]): string {
  const rows = events.map(
    ({ step, at, team, worker }) =>
      `\t\t<event>\n\t\t\t<string key="concept:name" value="${step}"/>\n\t\t\t<date key="time:timestamp" value="${at}"/>\n` +
      `\t\t\t<string key="org:group" value="${team}"/>\n\t\t\t<string key="org:resource" value="${worker}"/>\n\t\t</event>\n`,
  );
  return `\t<trace>\n\t\t<string key="concept:name" value="C${number}"/>\n${rows.join('')}\t</trace>\n`;
}

/** Writes a synthetic event log as CSV, or as XES when the name ends so, with at least a number of events, the same bytes for the same number. */
export async function makeLog(file: string, events: number): Promise<number> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  const draw = drawsFor(1, 'benchmark log');
  const xes = file.endsWith('.xes');
  out.write(
    xes
      ? '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
      : 'case_id,activity,timestamp,team,resource\n',
  );
  let written = 0;
  let block = '';
  for (let number = 1; written < events; number++) {
    const made = caseEvents(number, draw);
    written += made.length;
    block += xes ? xesCase(number, made) : csvCase(number, made);
    if (block.length > 1 << 20) {
      if (!out.write(block)) await once(out, 'drain');
      block = '';
    }
  }
  out.end(xes ? `${block}</log>\n` : block);
  await once(out, 'finish');
  return written;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file = 'log.csv', events = '1000000'] = process.argv.slice(2);
  process.stderr.write(`${await makeLog(file, Number(events))} events in ${file}\n`);
}

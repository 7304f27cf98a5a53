import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { drawsFor } from '../src/core/index.ts';
import { type Event, type MakeCase, makeCaseOfWork, makeFine } from './made-cases.ts';
import { staffedLog } from './staffed-log.ts';

const attributeTags = { text: 'string', number: 'float', time: 'date' } as const;

function xesAttribute(kind: keyof typeof attributeTags, key: string, value: string): string {
  return value === '' ? '' : `<${attributeTags[kind]} key="${key}" value="${value}"/>`;
}

function csvCase(number: number, events: readonly Event[]): string {
  return events.map(({ step, at, team, worker }) => `C${number},${step},${at},${team},${worker}\n`).join('');
}

function xesCase(number: number, events: readonly Event[]): string {
  const rows = events.map(({ step, at, team, worker, details }) => {
    const attributes = [
      xesAttribute('text', 'concept:name', step),
      xesAttribute('time', 'time:timestamp', at),
      xesAttribute('text', 'org:group', team),
      xesAttribute('text', 'org:resource', worker),
      ...details.map(([kind, key, value]) => xesAttribute(kind, key, value)),
    ].filter((line) => line !== '');
    return `\t\t<event>\n${attributes.map((line) => `\t\t\t${line}\n`).join('')}\t\t</event>\n`;
  });
  return `\t<trace>\n\t\t${xesAttribute('text', 'concept:name', `C${number}`)}\n${rows.join('')}\t</trace>\n`;
}

const shapes: Readonly<Record<string, MakeCase>> = { work: makeCaseOfWork, fines: makeFine };

/** Writes a synthetic event log as CSV, or as XES when the name ends so, with at least a number of events: the same bytes for the same number. */
async function makeLog(file: string, events: number, makeCase: MakeCase): Promise<number> {
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
    const made = makeCase(number, draw);
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

/** Writes the log of cases worked by people, with starts and ends; the number of events is near what is asked. */
async function makeStaffedLog(file: string, events: number): Promise<number> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  out.write('case_id,activity,start_time,end_time,team,resource\n');
  let written = 0;
  for (const block of staffedLog(events)) {
    written += block.split('\n').length - 1;
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return written;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file = 'log.csv', events = '1000000', shape = 'work'] = process.argv.slice(2);
  const written =
    shape === 'staffed'
      ? await makeStaffedLog(file, Number(events))
      : await makeLog(file, Number(events), shapes[shape] ?? makeCaseOfWork);
  process.stderr.write(`${written} events in ${file}\n`);
}

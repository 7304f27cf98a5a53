import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { drawsFor } from '../../src/core/index.ts';
import { applicationsFor } from './application.ts';
import { inputLedger } from './inputs.ts';
import type { Application } from './model.ts';
import { planted } from './planted.ts';
import { type Realised, truthLedger, truthText } from './truth.ts';
import { dayWeight, isoOf, wallOfDate } from './working-time.ts';

export interface GenerateOptions {
  readonly seed: number;
  readonly cases: number;
  /** Told now and then how many applications are written. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Submissions begin early enough that every application open on the first reported day has been submitted. */
const firstDay = '2024-01-08';
/** The extract holds applications open on this day or submitted later, so that all closings of two years are in. */
const openOn = '2024-04-01';
/** The moment at which the extract is taken: cases still open then stay open. */
const takenOn = '2026-04-01';

interface Sink {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Writes a file in blocks of about a megabyte and names it only when it is whole. */
function csvFile(path: string, header: string): Sink {
  const file = openSync(`${path}.partial`, 'w');
  let parts: string[] = [header];
  let size = 0;
  const flush = () => {
    writeSync(file, `${parts.join('\n')}\n`);
    parts = [];
    size = 0;
  };
  return {
    write: (line) => {
      parts.push(line);
      size += line.length;
      if (size > 1_000_000) flush();
    },
    close: () => {
      if (parts.length > 0) flush();
      closeSync(file);
      renameSync(`${path}.partial`, path);
    },
  };
}

/** Times of submission, in order: spread over the days by their weight, posted forms by day, others 06:30 to 23:30. */
function submissions(seed: number, cases: number): (item: number) => number {
  const draw = drawsFor(seed, 'submission');
  const first = wallOfDate(firstDay) / 1440;
  const days = wallOfDate(takenOn) / 1440 - first;
  const cumulative: number[] = [];
  let total = 0;
  for (let day = 0; day < days; day++) {
    total += dayWeight(first + day, planted.growthAYear);
    cumulative.push(total);
  }
  let day = 0;
  return (item) => {
    const position = ((item + draw(item)) / cases) * total;
    while (day > 0 && (cumulative[day - 1] ?? 0) > position) day -= 1;
    while (day < days - 1 && (cumulative[day] ?? total) < position) day += 1;
    return (first + day) * 1440 + 390 + 1020 * draw(item, 1);
  };
}

/** Submissions to draw so that, without those that ended before the extract begins, the wanted number is left. */
function candidates(seed: number, cases: number): number {
  const make = applicationsFor(seed);
  const from = wallOfDate(openOn);
  let total = cases;
  for (let round = 0; round < 6; round++) {
    const submitted = submissions(seed, total);
    let before = 0;
    for (let item = 0; submitted(item) < from; item++) {
      if (make(item, submitted(item)).ended < from) before += 1;
    }
    total = cases + before;
  }
  return total + 3;
}

const yesNo = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no');

function caseRow(id: string, one: Application, closed: boolean): string {
  return [
    id,
    one.type,
    one.region,
    one.channel,
    yesNo(one.fate.familyLink),
    isoOf(one.submitted),
    closed ? isoOf(one.ended) : '',
    closed ? one.outcome : '',
    yesNo(one.satisfied),
    closed && one.outcome === 'issued' ? yesNo(one.errorReported) : '',
  ].join(',');
}

/**
 * Writes the example's extracts and its truth.yaml into a folder: a pure function of seed and size.
 * Every application's fate is drawn by keys of its own number, so none depends on another.
 */
export function generate(folder: string, options: GenerateOptions): Realised {
  const { seed, cases, onProgress } = options;
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const events = csvFile(
    join(data, 'events.csv'),
    'application,event,time,kind,team,system,channel,minutes,officer',
  );
  const rows = csvFile(
    join(data, 'cases.csv'),
    'application,applicant_type,region,received_channel,family_link,submitted,closed,outcome,satisfied_at_submission,error_reported',
  );
  const contacts = csvFile(
    join(data, 'contacts.csv'),
    'contact,application,time,channel,direction,reason,minutes,team,answered',
  );
  const until = wallOfDate(takenOn);
  const make = applicationsFor(seed);
  const total = candidates(seed, cases);
  const submitted = submissions(seed, total);
  const from = wallOfDate(openOn);
  const ledger = inputLedger();
  const truth = truthLedger();
  let contactNumber = 0;
  let kept = 0;
  for (let item = 0; kept < cases; item++) {
    const one = make(item, submitted(item));
    if (one.ended < from) continue;
    kept += 1;
    const id = `A${String(kept).padStart(6, '0')}`;
    for (const event of one.events) {
      if (event.wall >= until) continue;
      events.write(
        `${id},${event.name},${isoOf(event.wall)},${event.kind},${event.team},${event.system},${event.channel},${event.minutes ?? ''},${event.officer}`,
      );
    }
    for (const contact of one.contacts) {
      if (contact.wall >= until) continue;
      contactNumber += 1;
      contacts.write(
        `C${String(contactNumber).padStart(6, '0')},${id},${isoOf(contact.wall)},${contact.channel},in,${contact.reason},${contact.answered ? contact.minutes : ''},helpline,${yesNo(contact.answered)}`,
      );
    }
    rows.write(caseRow(id, one, one.ended < until));
    ledger.add(one, until);
    truth.add(one, until);
    if (kept % 1000 === 0) onProgress?.(kept, cases);
  }
  for (const file of [events, rows, contacts]) file.close();
  const inputs = ['period,input,category,volume,cost,deflator', ...ledger.rows(openOn)];
  writeFileSync(join(data, 'inputs.csv'), `${inputs.join('\n')}\n`);
  const realised = truth.realised();
  writeFileSync(join(folder, 'truth.yaml'), truthText(seed, realised));
  return realised;
}

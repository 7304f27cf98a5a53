import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../made-data/made-workspace.ts';
import { isoOf } from '../passports/working-time.ts';
import { inputRows } from './inputs.ts';
import { type Issue, issuesOf, span } from './issues.ts';
import { type Letter, letterId, lettersFor } from './letters.ts';
import { letters, type MadeSettings } from './planted.ts';
import { answeredRows, recordColumns, recordRows } from './records.ts';
import { truthOf } from './truth.ts';

/** Rows of letters.csv: each step of each letter, and the calls that staff saw while it was open. */
function eventRows(all: readonly Letter[], issues: readonly Issue[]): readonly string[] {
  const calls = new Map(
    issues.flatMap(({ letter, attempts }) =>
      letter === null
        ? []
        : [[letter.item, attempts.filter(({ how, wall }) => how === 'handled' && wall < letter.replied)]],
    ),
  );
  return all.flatMap((letter) =>
    [
      ...letter.events.map(({ wall, name, team, minutes, worker }) => ({
        wall,
        rest: `step,${team},${minutes.toFixed(2)},${worker}`,
        name,
      })),
      ...(calls.get(letter.item) ?? []).map(({ wall }) => ({
        wall,
        rest: 'contact,telephone,,',
        name: 'call',
      })),
    ]
      .filter(({ wall }) => wall < span.until)
      .sort((a, b) => a.wall - b.wall)
      .map(({ wall, name, rest }) => `${letterId(letter)},${name},${isoOf(wall)},${rest}`),
  );
}

function caseRow(letter: Letter): string {
  const end = letter.replied < span.until ? `${isoOf(letter.replied)},answered` : ',';
  return `${letterId(letter)},${letter.kind},${isoOf(letter.received)},${end}`;
}

/** Writes the example's extracts and its truth.yaml into a folder: a pure function of its settings. */
export function generate(folder: string, settings: MadeSettings): void {
  const { seed, clean } = settings;
  const make = lettersFor(seed, clean);
  const all = Array.from({ length: letters }, (_, item) => make(item));
  const issues = issuesOf(settings, all);
  const kept = all.filter(({ replied }) => replied >= span.from);
  const write = (name: string, header: string, rows: readonly string[]) =>
    writeCsv(join(folder, 'data', `${name}.csv`), header, rows);
  write('letters', 'letter,event,time,kind,team,minutes,officer', eventRows(kept, issues));
  write('cases', 'letter,kind,received,replied,outcome', kept.map(caseRow));
  write('contacts', recordColumns, recordRows(seed, issues));
  write('inputs', 'period,input,category,volume,cost,deflator', inputRows(seed, issues, kept));
  write('answered', 'period,measure,value,n', answeredRows(issues));
  writeFileSync(join(folder, 'truth.yaml'), truthOf(settings, issues, kept));
}

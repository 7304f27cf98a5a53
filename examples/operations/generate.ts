import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextPeriod } from '../../src/core/index.ts';
import { writeCsv } from '../made-data/made-workspace.ts';
import { modelOf } from './model.ts';
import { hospitals, type MadeSettings, planted } from './planted.ts';
import { type Spell, spellsOf } from './spells.ts';
import { truthOf } from './truth.ts';

const yes = (is: boolean) => (is ? 'yes' : 'no');
/** Pounds for a year of full-time work, and the rise of pay in April 2025. */
const yearly = 53_000;
const payRise = 1.03;

const columns =
  'spell,hospital,procedure,age,age_band,sex,health_grade,life_years,listed,ended,outcome,counted,put_off,same_day,nights,staff_hours,survived,readmitted,health_before,health_after';

function row(spell: Spell, i: number): string {
  const { operation } = spell;
  const done =
    operation === null
      ? ',,,,,,'
      : [
          yes(operation.isSameDay),
          operation.nights,
          operation.staffHours.toFixed(2),
          yes(operation.survived),
          yes(operation.readmitted),
          operation.before?.toFixed(3) ?? '',
          operation.after?.toFixed(3) ?? '',
        ].join(',');
  return [
    `S${String(i + 1).padStart(6, '0')}`,
    spell.hospital,
    spell.procedure,
    spell.age,
    spell.band,
    spell.sex,
    spell.grade,
    spell.lifeYears.toFixed(2),
    spell.listed,
    spell.ended,
    operation === null ? 'taken off the list' : 'operated',
    yes(spell.isCounted),
    yes(spell.isPutOff),
    done,
  ].join(',');
}

/** Posts of each hospital by month: as many as give the planted count for each post, spread by working days. */
function inputRows({ clean, size }: MadeSettings): readonly string[] {
  return hospitals.flatMap((hospital) => {
    const { countedPerPost, removedAreCounted, removedShare } = modelOf(hospital, clean);
    const operations = planted.operations[hospital] * size;
    // Years of full-time work in a month.
    const posts = operations / (removedAreCounted ? 1 - removedShare : 1) / countedPerPost / 24;
    return Array.from({ length: 24 }, (_, m) => {
      const month = nextPeriod('month', '2024-04-01', m);
      const deflator = month >= '2025-04-01' ? payRise : 1;
      return `${month},staff-${hospital.toLowerCase()},labour,${posts.toFixed(5)},${(posts * yearly * deflator).toFixed(2)},${deflator}`;
    });
  });
}

/** Writes the example's extracts and its truth.yaml into a folder: a pure function of its settings. */
export function generate(folder: string, settings: MadeSettings): void {
  const all = spellsOf(settings);
  const write = (name: string, header: string, rows: readonly string[]) =>
    writeCsv(join(folder, 'data', `${name}.csv`), header, rows);
  write('spells', columns, all.map(row));
  write('inputs', 'period,input,category,volume,cost,deflator', inputRows(settings));
  writeFileSync(join(folder, 'truth.yaml'), truthOf(settings, all));
}

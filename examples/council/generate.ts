import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../made-data/made-workspace.ts';
import { truthText } from '../made-data/truth-text.ts';
import { elapsedDays, isoOf, monthOf, wallOfDate } from '../passports/working-time.ts';
import { type Application, applicationsFor, count, lastDay } from './applications.ts';
import { planted } from './planted.ts';

export interface CouncilSettings {
  readonly seed: number;
  /** Added to the share decided in time from the second change on. */
  readonly effect: number;
}

const from = wallOfDate('2024-04-01');
/** Paid hours for each hour of work recorded, and pounds for a paid hour. */
const paidForRecorded = 1.6;
const hourly: Readonly<Record<string, number>> = { office: 17, planning: 26 };
const payRise = 1.03;

const id = ({ item }: Application) => `P${String(item + 1).padStart(4, '0')}`;
const isSubstantive = ({ outcome }: Application) => outcome !== 'withdrawn';

function inputRows(all: readonly Application[]): readonly string[] {
  const hours = new Map<string, number>();
  for (const { events } of all)
    for (const { wall, team, minutes } of events) {
      if (wall < from || wall >= lastDay) continue;
      const key = `${monthOf(wall)},${team}`;
      hours.set(key, (hours.get(key) ?? 0) + (paidForRecorded * minutes) / 60);
    }
  return [...hours]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, volume]) => {
      const [month = '', team = ''] = key.split(',');
      const deflator = month >= '2025-04-01' ? payRise : 1;
      const cost = volume * (hourly[team] ?? 0) * deflator;
      return `${month},${team},labour,${volume.toFixed(2)},${cost.toFixed(2)},${deflator}`;
    });
}

const heading = `What is planted in the council example, and what came out for the seed below.
Made by generate.ts; the product never reads it.

Two things were changed in how the work is done, and neither had any effect: the share decided in time is the same
before and after. The seed was chosen because the last quarter is a good one, by chance.
In time: decided within 56 days of receipt, of applications that were not withdrawn, by the day of the decision, over
whole weeks: the year before the first change, the weeks between the two, and those after the second.`;

function truthOf(settings: CouncilSettings, all: readonly Application[]): string {
  const { onlineForm, triage } = planted.changes;
  // Whole weeks, as the product counts them: a year before, and up to the last Sunday of the extract.
  const spans = {
    before: [wallOfDate('2024-07-08'), wallOfDate(onlineForm)],
    afterOnlineForm: [wallOfDate(onlineForm), wallOfDate(triage)],
    afterTriage: [wallOfDate(triage), wallOfDate('2026-03-30')],
  } as const;
  return truthText(heading, {
    seed: settings.seed,
    planted: { ...planted, effect: settings.effect },
    realised: Object.fromEntries(
      Object.entries(spans).map(([name, [start, end]]) => {
        const own = all.filter((one) => isSubstantive(one) && one.decided >= start && one.decided < end);
        const inTime = own.filter(
          ({ received, decided }) => elapsedDays(received, decided) <= planted.inTimeDays,
        ).length;
        return [name, { decided: own.length, inTime, inTimeShare: inTime / own.length }];
      }),
    ),
  });
}

/** Writes the example's extracts and its truth.yaml into a folder: a pure function of its settings. */
export function generate(folder: string, settings: CouncilSettings): void {
  const make = applicationsFor(settings.seed, settings.effect);
  const all = Array.from({ length: count }, (_, item) => make(item));
  const write = (name: string, header: string, rows: readonly string[]) =>
    writeCsv(join(folder, 'data', `${name}.csv`), header, rows);
  write(
    'events',
    'application,event,time,team,minutes',
    all.flatMap((one) =>
      one.events
        .filter(({ wall }) => wall < lastDay)
        .sort((a, b) => a.wall - b.wall)
        .map(({ wall, name, team, minutes }) => `${id(one)},${name},${isoOf(wall)},${team},${minutes}`),
    ),
  );
  write(
    'cases',
    'application,type,ward,received,decided,outcome',
    all.map((one) => {
      const end = one.decided < lastDay ? `${isoOf(one.decided)},${one.outcome}` : ',';
      return `${id(one)},${one.type},${one.ward},${isoOf(one.received)},${end}`;
    }),
  );
  write('inputs', 'period,input,category,volume,cost,deflator', inputRows(all));
  writeFileSync(join(folder, 'truth.yaml'), truthOf(settings, all));
}

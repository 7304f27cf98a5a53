import type { Application } from './model.ts';
import { monthOf } from './working-time.ts';

/** Paid hours for each hour of work recorded, in the first and the second year (from April 2025). */
const paidForRecorded = { first: 1.35, second: 1.39 };

/** Pounds for a paid hour before April 2025; pay rises by 3.2% then. */
const hourly: Readonly<Record<string, number>> = {
  intake: 21,
  fraud: 28,
  'digital examination': 25,
  'paper examination': 25,
  print: 20,
  helpline: 19,
};
const payRise = 1.032;
const managementShare = 0.14;
const managementHourly = 38;
/** Blank booklet, personalisation and secure delivery of one passport, in pounds of 2024. */
const materials = 9;
const materialsInflation = 1.025;

/** Adds up the work of each team and month, and turns it into the rows of inputs.csv. */
export function inputLedger(): {
  readonly add: (application: Application, until: number) => void;
  /** Rows from a month on. */
  readonly rows: (from: string) => readonly string[];
} {
  const minutes = new Map<string, Map<string, number>>();
  const printed = new Map<string, number>();
  const note = (month: string, team: string, amount: number) => {
    const teams = minutes.get(month) ?? new Map<string, number>();
    teams.set(team, (teams.get(team) ?? 0) + amount);
    minutes.set(month, teams);
  };
  return {
    add: (application, until) => {
      for (const event of application.events) {
        if (event.wall >= until) continue;
        const month = monthOf(event.wall);
        if (event.minutes !== null) note(month, event.team, event.minutes);
        if (event.name === 'printed') printed.set(month, (printed.get(month) ?? 0) + 1);
      }
      for (const contact of application.contacts)
        if (contact.wall < until && contact.answered)
          note(monthOf(contact.wall), 'helpline', contact.minutes);
    },
    rows: (from) => {
      const rows: string[] = [];
      for (const month of [...minutes.keys()].filter((key) => key >= from).sort()) {
        const second = month >= '2025-04-01';
        const deflator = second ? payRise : 1;
        const row = (input: string, category: string, volume: number, price: number, index: number) =>
          rows.push(
            `${month},${input},${category},${volume.toFixed(2)},${(volume * price).toFixed(2)},${index}`,
          );
        let all = 0;
        for (const team of Object.keys(hourly)) {
          const recorded = minutes.get(month)?.get(team) ?? 0;
          const hours = (recorded / 60) * (second ? paidForRecorded.second : paidForRecorded.first);
          all += hours;
          row(team.replaceAll(' ', '-'), 'labour', hours, (hourly[team] ?? 0) * deflator, deflator);
        }
        row('management', 'labour-indirect', all * managementShare, managementHourly * deflator, deflator);
        const inflation = second ? materialsInflation : 1;
        row('materials', 'goods-services', printed.get(month) ?? 0, materials * inflation, inflation);
      }
      return rows;
    },
  };
}

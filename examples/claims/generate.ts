import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../made-data/made-workspace.ts';
import { isoOf } from '../passports/working-time.ts';
import { type Claim, claimCount, claimsFor, span } from './claim.ts';
import { type MadeSettings, planted } from './planted.ts';
import { handlersIn, truthOf } from './truth.ts';

const columns = 'claim,size,risk,received,decided,outcome,paid,checking_minutes,time_set_by,amount_due';

function caseRow({ item, of, received, decided, minutes, timeSetBy, ...claim }: Claim): string {
  const begins = `K${String(item + 1).padStart(6, '0')},${of.size},${of.risk},${isoOf(received)}`;
  if (decided >= span.until) return `${begins},,,,,,`;
  const outcome = claim.isRefused ? 'refused' : 'paid';
  const due = claim.isAudited ? claim.due.toFixed(2) : '';
  return `${begins},${isoOf(decided)},${outcome},${claim.paid.toFixed(2)},${minutes.toFixed(1)},${timeSetBy},${due}`;
}

const months = Array.from({ length: 24 }, (_, m) => {
  const month = (3 + m) % 12;
  return `${2024 + Math.floor((3 + m) / 12)}-${String(month + 1).padStart(2, '0')}-01`;
});

/** Posts of handlers and of those who audit, by month, in full-time years. */
function inputRows(settings: MadeSettings): readonly string[] {
  const pounds = planted.poundsAHandler;
  return months.flatMap((month) => {
    const handlers = handlersIn(settings, month >= planted.fastTrack) / 12;
    const auditors = (3 * settings.claimsAYear) / planted.claimsAYear / 12;
    const row = (input: string, volume: number) =>
      `${month},${input},labour,${volume.toFixed(4)},${(volume * pounds).toFixed(2)},1`;
    return [row('handlers', handlers), row('auditors', auditors)];
  });
}

/** Writes the example's extracts and its truth.yaml into a folder: a pure function of its settings. */
export function generate(folder: string, settings: MadeSettings): void {
  const make = claimsFor(settings);
  const all = Array.from({ length: claimCount(settings.claimsAYear) }, (_, item) => make(item));
  const write = (name: string, header: string, rows: readonly string[]) =>
    writeCsv(join(folder, 'data', `${name}.csv`), header, rows);
  write('cases', columns, all.filter(({ received }) => received < span.until).map(caseRow));
  write('inputs', 'period,input,category,volume,cost,deflator', inputRows(settings));
  writeFileSync(join(folder, 'truth.yaml'), truthOf(settings, all));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LogOptions, openLog } from '../open-log.ts';
import { shapeOf } from './data-shape.ts';
import { type Detection, detectDefects, isMaterial } from './detect.ts';

const logs = join(import.meta.dirname, '../../../../shared/data/eventlogs/logs');
const isThere = existsSync(logs);

async function detectionsOf(file: string, options: LogOptions = {}): Promise<ReadonlyMap<string, Detection>> {
  const { warehouse, close } = await openLog(join(logs, file), options);
  try {
    const data = {
      warehouse,
      charter: null,
      tables: new Set(['events', 'cases'] as const),
      timezone: 'Europe/Amsterdam',
      naiveSources: [],
      broughtIn: [],
    };
    const found = await detectDefects(data, await shapeOf(data, []), []);
    return new Map(found.map((detection) => [detection.detector.id, detection]));
  } finally {
    await close();
  }
}

const alarms = (found: ReadonlyMap<string, Detection>) =>
  [...found.values()].filter(isMaterial).map(({ detector }) => detector.id);

describe.skipIf(!isThere)('real logs', () => {
  test("the fines' payments that lost their decimal point are found, to the row", async () => {
    const found = await detectionsOf('traffic_fines.csv.gz', { nulls: ['NA'] });
    expect(found.get('unit-switch')?.patterns).toMatchObject([
      { hits: 4872, facts: { column: 'paymentamount', total: 'totalpaymentamount', factor: 10, rows: 4910 } },
    ]);
    expect(alarms(found)).toEqual(['unit-switch']);
  });

  test('the permit log raises no alarm, and its few groups under ten cases are counted', async () => {
    const found = await detectionsOf('receipt.xes.gz');
    expect(alarms(found)).toEqual([]);
    expect(found.get('small-cells')?.patterns).toMatchObject([{ hits: 3, facts: { column: 'team' } }]);
  });

  test('the claims log shows that one approval took the place of another at new year 2018, and nothing else', async () => {
    const found = await detectionsOf('BPI_2020_DomesticDeclarations.xes.gz');
    expect(alarms(found)).toEqual(['step-replaced']);
    expect(found.get('step-replaced')?.patterns).toMatchObject([
      {
        on: '2018-01-06',
        facts: {
          was: 'Declaration APPROVED by PRE_APPROVER',
          became: 'Declaration APPROVED by ADMINISTRATION',
        },
      },
    ]);
  });

  test('in claims for trips abroad, the reminders that a job sends at six in the morning are told', async () => {
    const found = await detectionsOf('BPI_2020_InternationalDeclarations.xes.gz');
    expect(found.get('overnight-stamps')?.groups).toMatchObject([{ step: 'Send Reminder', hits: 162 }]);
    // Dates of trips stand at midnight and are no stamps.
    expect(found.get('overnight-stamps')?.hits).toBe(162);
  });

  test('in the call centre one customer number stands for nobody in particular', async () => {
    const found = await detectionsOf('callcenter_iso.csv', { map: { team: 'position' } });
    expect(found.get('placeholder-persons')?.cases).toBe(571);
    expect(alarms(found)).toEqual(['placeholder-persons']);
  });
});

import { WellspentError } from '../../core/index.ts';
import { openRecords, type RecordsPlace } from './open-records.ts';
import type { Records } from './records.ts';

async function closing<T>(records: Records, work: (records: Records) => Promise<T>): Promise<T> {
  try {
    return await work(records);
  } finally {
    await records.close();
  }
}

/** Opens the records at a place, made where there are none yet, works with them and closes them. */
export async function useRecords<T>(place: RecordsPlace, work: (records: Records) => Promise<T>): Promise<T> {
  return closing(await openRecords(place), work);
}

/** Opens the records at a place for reading alone, works with them and closes them; null where there are none yet. */
export async function readRecords<T>(
  place: RecordsPlace,
  work: (records: Records) => Promise<T>,
): Promise<T | null> {
  let records: Records;
  try {
    records = await openRecords(place, { readOnly: true });
  } catch (cause) {
    if (cause instanceof WellspentError && cause.code === 'RECORDS_MISSING') return null;
    throw cause;
  }
  return closing(records, work);
}

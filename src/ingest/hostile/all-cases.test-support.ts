import { archiveCases } from './archive.test-support.ts';
import type { HostileCase } from './hostile-case.test-support.ts';
import { jsonCases } from './json.test-support.ts';
import { nameCases } from './names.test-support.ts';
import { ocelCases, sqliteCases } from './ocel.test-support.ts';
import { parquetCases } from './parquet.test-support.ts';
import { textCases } from './text.test-support.ts';
import { timeCases } from './time.test-support.ts';
import { xesCases } from './xes.test-support.ts';
import { xlsxCases } from './xlsx.test-support.ts';

/** All hostile and broken inputs that are made here. */
export const hostileCases: readonly HostileCase[] = [
  ...textCases,
  ...timeCases,
  ...xlsxCases,
  ...archiveCases,
  ...jsonCases,
  ...xesCases,
  ...ocelCases,
  ...sqliteCases,
  ...parquetCases,
  ...nameCases,
];

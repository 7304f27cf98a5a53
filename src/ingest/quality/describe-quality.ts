import { dateLabel, overPeriod, type QueryRecord, type Result } from '../../core/index.ts';
import { type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import { broughtInOf } from '../known-until.ts';
import { lineFinder } from '../staged-line.ts';
import type { Workspace } from '../workspace.ts';
import { type CheckedData, hasHappened, naiveSourcesOf } from './checked-data.ts';
import { shapeOf } from './data-shape.ts';
import { defectsResult } from './defects-result.ts';
import { type Detection, detectDefects } from './detect.ts';
import { fieldQualityResult } from './fields/quality-result.ts';
import { keepCaseTimes } from './reality/case-times.ts';
import { clockAuditResult } from './reality/clock-audit.ts';
import { conservationResult } from './reality/conservation.ts';
import { daysWorkedResult } from './reality/days-worked.ts';
import { frontAndBackResult } from './reality/front-and-back.ts';
import { littlesLawResult } from './reality/littles-law.ts';
import { openWorkResult } from './reality/open-work.ts';

/** The tables that the checks read. */
export function checkedData(workspace: Workspace): CheckedData {
  const { charter } = workspace.loaded;
  return {
    warehouse: workspace.warehouse,
    charter,
    tables: workspace.tables,
    timezone: charter.timezone,
    naiveSources: naiveSourcesOf(workspace.manifest),
    broughtIn: broughtInOf(workspace.manifest),
    findLine: lineFinder(workspace),
  };
}

/** First and last moment of any case, for data without events. */
async function spanOfCases(
  data: CheckedData,
  log: QueryRecord[],
): Promise<{ readonly first: string | null; readonly last: string | null }> {
  const { warehouse, tables } = data;
  if (!tables.has('cases')) return { first: null, last: null };
  const day = (at: Sql) => warehouse.dialect.toText(warehouse.dialect.toDate(at));
  const [row] = await runStep<Row & { first: string | null; last: string | null }>(
    warehouse,
    {
      name: 'span_of_cases',
      purpose: 'First day on which a case was opened, and last on which one was opened or closed.',
      sql: sql`select ${day(sql`min(coalesce(opened, closed))`)} as first, ${day(sql`max(case when ${hasHappened(data, sql`closed`)} then closed when ${hasHappened(data, sql`opened`)} then opened end)`)} as last from cases`,
    },
    log,
  );
  return { first: row?.first ?? null, last: row?.last ?? null };
}

/** Results of the same data as a fault that is said first: they name what was seen, and are then at best "caution". */
function heedFirst(results: readonly Result[], detections: readonly Detection[]): readonly Result[] {
  const seen = detections.filter(({ detector }) => detector.saidFirst).flatMap(({ patterns }) => patterns);
  if (seen.length === 0) return results;
  return results.map((result) => ({
    ...result,
    status: result.status === 'sound' ? 'caution' : result.status,
    caveats: [...seen.map(({ says }) => says), ...result.caveats],
  }));
}

/**
 * What the data can carry, before any figure is read: their faults (`defects`), their fields (`data-quality`), and
 * whether they add up (`case-conservation`, `littles-law`, `open-work`, `clock-audit`, `days-worked`,
 * `front-and-back`). For a service that holds totals only, its fields alone.
 */
export async function describeQuality(workspace: Workspace): Promise<readonly Result[]> {
  const data = checkedData(workspace);
  const base: QueryRecord[] = [];
  const shape = await shapeOf(data, base);
  if (!data.tables.has('events') && !data.tables.has('cases'))
    return [await fieldQualityResult(workspace, data, shape, [], base)];
  const defectLog = [...base];
  const detections = await detectDefects(data, shape, defectLog);
  const timed = await keepCaseTimes(data, shape);
  const defects = defectsResult(workspace, detections, defectLog);
  const others = [
    await fieldQualityResult(workspace, data, shape, detections, [...base]),
    await conservationResult(workspace, timed, shape),
    await littlesLawResult(workspace, timed, shape),
    await openWorkResult(workspace, timed, shape),
    await clockAuditResult(workspace, data, shape, detections),
    await daysWorkedResult(workspace, data, shape),
    await frontAndBackResult(workspace, data, shape),
  ];
  const results = [defects, ...heedFirst(others, detections)];
  const { first, last } = shape.first && shape.last ? shape : await spanOfCases(data, base);
  const period = first && last ? `${dateLabel(first.slice(0, 10))} to ${dateLabel(last.slice(0, 10))}` : null;
  return results.map((result) => overPeriod(result, period));
}

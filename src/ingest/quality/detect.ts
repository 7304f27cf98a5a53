import type { QueryRecord } from '../../core/index.ts';
import { type Row, runStep, sql } from '../../stores/index.ts';
import type { CheckedData } from './checked-data.ts';
import type { DataShape } from './data-shape.ts';
import { allDetectors } from './defects/all-detectors.ts';
import type { Detector, FoundPattern, RowDetector } from './detector.ts';

/** A defect below this share of its cases or rows is told, but makes no figure doubtful. */
const materialShare = 0.01;
const groupsAtMost = 20;

/** Hits of one pattern, step and team together: an alert is not yet a finding. */
export interface HitGroup extends Row {
  readonly pattern: string;
  readonly step: string | null;
  readonly team: string | null;
  readonly hits: number;
  readonly cases: number;
  /** The median size of a hit, as the detector measures it. */
  readonly extent: number | null;
  /** The pseudonym of one case. */
  readonly example: string | null;
}

/** What became of looking for one defect. */
export interface Detection {
  readonly detector: Detector;
  readonly outcome: 'found' | 'clear' | 'not-checked';
  /** What is missing to look for it; null when it was looked for. */
  readonly needs: string | null;
  readonly hits: number;
  readonly cases: number;
  /** Share of all cases, or of all rows, that show it; null for patterns. */
  readonly share: number | null;
  /** How many cases, or rows, the share is of. */
  readonly of: number;
  readonly groups: readonly HitGroup[];
  readonly patterns: readonly FoundPattern[];
}

async function detectRows(
  detector: RowDetector,
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<Detection> {
  const { dialect } = data.warehouse;
  const rows = await runStep<HitGroup & { whole: number }>(
    data.warehouse,
    {
      name: `defect_${detector.id.replaceAll('-', '_')}`,
      purpose: `${detector.rule} Grouped by pattern, step and team.`,
      sql: sql`select grouping(pattern) as whole, pattern, step, team, count(*) as hits, count(distinct case_id) as cases,
  ${dialect.quantile(sql`extent`, 0.5)} as extent, min(case_id) as example
from (${detector.hits(data, shape)}) as hits group by grouping sets ((pattern, step, team), ())
order by whole desc, cases desc, hits desc, pattern, step nulls last, team nulls last limit ${groupsAtMost + 1}`,
    },
    log,
  );
  const total = rows.find(({ whole }) => whole === 1);
  const hits = total?.hits ?? 0;
  const cases = total?.cases ?? 0;
  const of = { rows: shape.events, contacts: shape.contacts, cases: shape.cases, people: shape.cases }[
    detector.counts
  ];
  const byRow = detector.counts === 'rows' || detector.counts === 'contacts';
  return {
    detector,
    outcome: hits > 0 ? 'found' : 'clear',
    needs: null,
    hits,
    cases,
    share: (byRow ? hits : cases) / Math.max(1, of),
    of,
    groups: rows.filter(({ whole }) => whole === 0),
    patterns: [],
  };
}

async function detect(
  detector: Detector,
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<Detection> {
  const needs = detector.needs(shape, data);
  const nothing = { detector, hits: 0, cases: 0, share: null, of: 0, groups: [], patterns: [] };
  if (needs !== null || detector.kind === 'unchecked') return { ...nothing, outcome: 'not-checked', needs };
  if (detector.kind === 'rows') return detectRows(detector, data, shape, log);
  const patterns = await detector.find(data, shape, log);
  return {
    ...nothing,
    outcome: patterns.length > 0 ? 'found' : 'clear',
    needs: null,
    hits: patterns.length,
    patterns,
  };
}

/** Looks for every defect, one after the other so that memory stays bounded. */
export async function detectDefects(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const detector of allDetectors) found.push(await detect(detector, data, shape, log));
  return found;
}

/** True when a defect is common enough to make a figure doubtful. */
export function isMaterial({ detector, outcome, share }: Detection): boolean {
  return outcome === 'found' && detector.level === 'alarm' && (share === null || share >= materialShare);
}

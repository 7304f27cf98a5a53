import {
  formatInterval,
  formatValue,
  type Interval,
  leastCases,
  listInWords,
  type QueryRecord,
  wilson,
} from '../../core/index.ts';
import { type ColumnSpec, identifier, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { assumedValue, type Costs } from '../costs.ts';
import { reviewId } from '../people/review-findings.ts';
import { type CaseSample, everyCase, sampleWords, scaleOf } from '../queries/case-sample.ts';
import { type OutcomeGap, type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { timesAgain, timesOfAll } from '../queries/times-of.ts';
import {
  type PatternId,
  type PatternNames,
  type PossibleWorkaround,
  patterns,
  possibleWorkarounds,
  prepareSizes,
  sizeOf,
  stepsOfWorkaround,
  type WorkaroundSearch,
  workaroundKey,
  workaroundWords,
} from '../workarounds/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import type { Finding } from './finding.ts';
import { sameAsOutcome } from './same-as-outcome.ts';

/** A possible workaround as a finding, with what it looks like and the catalogue's name of its pattern. */
export interface WorkaroundFinding extends Finding {
  readonly of: PatternId;
  readonly sign: string;
  readonly looksLike: string;
  /** The 95% interval of its cases where they are an estimate from a sample; null where all were counted. */
  readonly casesInterval: Interval | null;
}

/** A possible workaround that is not sized: beyond the twenty largest, or of fewer than ten cases. */
export interface UnsizedWorkaround {
  readonly of: PatternId;
  readonly sign: string;
  /** Of fewer than ten cases only the steps it is about are told, no value, team or number. */
  readonly title: string;
  /** Null below ten. */
  readonly cases: number | null;
  readonly share: number | null;
  /** Null below ten. */
  readonly question: string | null;
}

/** Possible workarounds, largest first, and what was looked at. */
export interface WorkaroundFindings {
  readonly findings: readonly WorkaroundFinding[];
  /** Those found beside them, largest first; of fewer than ten cases in the order of their signs and steps. */
  readonly rest: readonly UnsizedWorkaround[];
  readonly alerts: WorkaroundSearch['alerts'];
  readonly sample: CaseSample;
}

/** How many cases with steps there are, and which of them were searched. */
interface Searched {
  readonly cases: number;
  readonly sample: CaseSample;
}

const most = 20;
/** Signs that are there when a step is done for the second time; the others once each of their steps is done. */
const repeating: ReadonlySet<PatternId> = new Set(['direct-repetition', 'frequent-occurrence']);

async function namesOf(warehouse: Warehouse, column: 'step' | 'team'): Promise<ReadonlyMap<number, string>> {
  const rows = await warehouse.query<Row & { name: string; number: number }>(
    sql`select name, number from ${identifier(`pattern_${column}_names`)}`,
  );
  return new Map(rows.map(({ name, number }) => [number, name]));
}

function shareOf({ cases: found, seen }: PossibleWorkaround, cases: number, sample: CaseSample): number {
  if (sample.oneIn > 1) return sample.cases === 0 ? 0 : seen / sample.cases;
  return cases === 0 ? 0 : found / cases;
}

/** The columns of cases that the charter's groups name, by which cases are compared. */
async function groupColumns({ loaded, warehouse }: FindWorkspace): Promise<readonly ColumnSpec[]> {
  const wanted = new Set((loaded.charter.groups ?? []).map(({ column }) => column));
  return (await warehouse.columns('cases')).filter(({ name }) => wanted.has(name) && name !== 'type');
}

/** The counts of a gap in a sample, as they would be of all cases; its shares and their interval are of the sample. */
function scaledGap(gap: OutcomeGap | null, sample: CaseSample): OutcomeGap | null {
  const scale = scaleOf(sample);
  if (gap === null || scale === 1) return gap;
  const up = (count: number) => Math.round(count * scale);
  return {
    ...gap,
    affected: up(gap.affected),
    others: up(gap.others),
    affectedMissed: up(gap.affectedMissed),
    othersMissed: up(gap.othersMissed),
    missedBefore: up(gap.missedBefore),
    excess: gap.excess === null ? null : gap.excess * scale,
  };
}

const forThem = 'Whether it is one, and why, is for those who do the work.';

/** The 95% interval of an estimated number of cases: Wilson, 1927, with the correction for a finite number of cases. */
function casesInterval({ seen }: PossibleWorkaround, sample: CaseSample): Interval | null {
  if (sample.oneIn === 1) return null;
  const n = sample.cases / Math.max(1e-9, 1 - sample.cases / sample.of);
  const share = wilson((seen / sample.cases) * n, n);
  return {
    ...share,
    low: Math.round(share.low * sample.of),
    high: Math.round(share.high * sample.of),
    method: 'Wilson score of the share in the sample, with the correction for a finite number of cases',
    meaning: 'The range that would hold the true number in 95 of 100 such samples.',
  };
}

/** How sure a count is: sound, or an estimate with its interval. */
function howSure(found: PossibleWorkaround, sample: CaseSample): string {
  const words = sampleWords(sample);
  const interval = casesInterval(found, sample);
  if (words === null || interval === null) return `Possible workaround: the count is sound. ${forThem}`;
  return `Possible workaround, seen in ${formatValue(found.seen, 'count')} of the ${formatValue(sample.cases, 'count')} cases looked at (${words}): of all cases ${formatInterval(interval, 'count')} (95% interval), and every number here is scaled up from those. ${forThem}`;
}

async function findingOf(
  workspace: FindWorkspace,
  found: PossibleWorkaround,
  place: number,
  { cases, sample }: Searched,
  names: PatternNames,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<WorkaroundFinding> {
  const { warehouse } = workspace;
  const share = shareOf(found, cases, sample);
  const { title, looksLike, question } = workaroundWords(found, share, names);
  const key = workaroundKey(found, names);
  const { about, counted } = stepsOfWorkaround(found, names);
  const same = sameAsOutcome(measure, counted);
  const times = repeating.has(found.pattern) ? timesAgain(about) : timesOfAll(about);
  const size = await sizeOf(warehouse, `workaround_size_${place}`, found.affected, log, sample);
  return {
    // The same sign keeps its id from one extract to the next, whatever its place in the list.
    id: reviewId('workaround', key),
    key,
    of: found.pattern,
    pattern: 'workaround',
    sign: patterns[found.pattern].sign,
    title,
    looksLike,
    cases: found.cases,
    affected: found.affected,
    share,
    days: size.days?.value ?? null,
    hours: size.hours?.value ?? null,
    hoursInterval: size.hours?.interval ?? null,
    pounds: size.pounds?.value ?? null,
    poundsInterval: size.pounds?.interval ?? null,
    delayPounds: null,
    gap:
      measure && same === null
        ? scaledGap(
            await outcomeGap(
              warehouse,
              measure,
              `outcome_workaround_${place}`,
              { affected: found.affected, times },
              log,
            ),
            sample,
          )
        : null,
    about,
    sameAsOutcome: same,
    ...(sample.oneIn === 1 ? {} : { sampledOneIn: sample.oneIn }),
    casesInterval: casesInterval(found, sample),
    confidence: howSure(found, sample),
    evidence: 'find/workarounds',
    question,
  };
}

function unsized(
  found: PossibleWorkaround,
  { cases, sample }: Searched,
  names: PatternNames,
): UnsizedWorkaround {
  const { pattern } = found;
  const { sign } = patterns[pattern];
  const share = shareOf(found, cases, sample);
  const { title, question } = workaroundWords(found, share, names);
  if (found.seen >= leastCases) return { of: pattern, sign, title, cases: found.cases, share, question };
  const { about } = stepsOfWorkaround(found, names);
  return {
    of: pattern,
    sign,
    title:
      about.length === 0 ? 'About whole cases.' : `About ${listInWords(about.map((step) => `"${step}"`))}.`,
    cases: null,
    share: null,
    question: null,
  };
}

function restInOrder(a: UnsizedWorkaround, b: UnsizedWorkaround): number {
  return (b.cases ?? 0) - (a.cases ?? 0) || (a.sign + a.title < b.sign + b.title ? -1 : 1);
}

/** Needs `sampled_cases` of a large log. Looks for possible workarounds and sizes the twenty with most cases; the rest, and those of fewer than ten cases, are named. */
export async function workaroundFindings(
  workspace: FindWorkspace,
  cases: number,
  costs: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
  sample: CaseSample = everyCase,
): Promise<WorkaroundFindings> {
  const { warehouse, loaded } = workspace;
  const { found, alerts } = await possibleWorkarounds(warehouse, await groupColumns(workspace), log, {
    sample,
    allowed: loaded.charter.steps?.legitimate_repeats ?? [],
    limits: (loaded.charter.amount_limits ?? []).flatMap(({ limit, ...rest }) => {
      const value = assumedValue(loaded.charter, limit);
      return value === null ? [] : [{ ...rest, limit: value }];
    }),
  });
  await prepareSizes(warehouse, costs, log);
  const names: PatternNames = {
    step: await namesOf(warehouse, 'step'),
    team: await namesOf(warehouse, 'team'),
    groups: new Map((loaded.charter.groups ?? []).map(({ column, title }) => [column, title])),
  };
  const shown = found
    .filter((each) => each.seen >= leastCases)
    .toSorted((a, b) => b.cases - a.cases)
    .slice(0, most);
  const findings: WorkaroundFinding[] = [];
  for (const [i, each] of shown.entries()) {
    findings.push(await findingOf(workspace, each, i + 1, { cases, sample }, names, measure, log));
  }
  const rest = found
    .filter((each) => !shown.includes(each))
    .map((each) => unsized(each, { cases, sample }, names))
    .toSorted(restInOrder);
  return { findings, rest, alerts, sample };
}

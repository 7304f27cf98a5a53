import { dateLabel, overPeriod, type QueryRecord, type Result } from '../core/index.ts';
import { type Charter, type Facts, heedUnknownSteps, prepareFacts } from '../define/index.ts';
import { identifier, interruptible, type Row, reviewsByPattern, sql } from '../stores/index.ts';
import { type Comparisons, compareSides, gatherComparisons } from './compare/index.ts';
import { costsOf } from './costs.ts';
import { failureFigures, prepareContacts } from './failure-demand/index.ts';
import { clockRestartFinding } from './findings/clock-restart.ts';
import { failureDemandFindings } from './findings/failure-demand.ts';
import type { Finding } from './findings/finding.ts';
import { foldParts } from './findings/parts.ts';
import { inOrder } from './findings/rank.ts';
import { repeatFindings, repeatsThatMayBeRework } from './findings/repeats.ts';
import { seenTwice } from './findings/seen-twice.ts';
import { targetFinding, targetGaps } from './findings/target-covers-part.ts';
import { turnedBackFindings } from './findings/turned-back.ts';
import { waitFindings } from './findings/waits.ts';
import { workaroundFindings } from './findings/workarounds.ts';
import { withVerdicts } from './people/review-findings.ts';
import { inSample, narrowToSample, sampleCases, sampleWords, usualBounds } from './queries/case-sample.ts';
import { workEdges } from './queries/edges.ts';
import { caseEnds, stepCounts } from './queries/ends.ts';
import { outcomeMeasure } from './queries/outcome-gap.ts';
import { withoutNearCopies } from './queries/overlap.ts';
import { reworkByStep, reworkTotals } from './queries/rework.ts';
import { poundsByStep } from './queries/step-pounds.ts';
import { topVariants, variantCounts, waysOfWork } from './queries/variants.ts';
import { prepareWorkSteps } from './queries/work-steps.ts';
import { waitsBetween } from './queries/work-waits.ts';
import { clockRestartsResult } from './results/clock-restarts.ts';
import { endingsResult } from './results/endings.ts';
import { failureDemandResult, noContactsResult } from './results/failure-demand.ts';
import { findingsResult } from './results/findings.ts';
import { frontBackResult } from './results/front-back.ts';
import { handoversResult } from './results/handovers.ts';
import { heedMissing, missingCaveats, untimedSteps } from './results/heed-missing.ts';
import { laterCaveats, laterEvents } from './results/later-events.ts';
import { makeResult } from './results/make-result.ts';
import { reworkResult } from './results/rework.ts';
import { targetsResult } from './results/targets.ts';
import { throughputResult } from './results/throughput.ts';
import { timeResult } from './results/time.ts';
import { variantsResult } from './results/variants.ts';
import { waitsResult } from './results/waits-result.ts';
import { whyResult } from './results/why.ts';
import { workaroundsResult } from './results/workarounds.ts';
import { yearsBetween } from './results/yearly.ts';
import { turnedEvidence } from './rework/turned-evidence.ts';
import type { FindOptions, FindWorkspace } from './workspace.ts';

/** Without events there is nothing to find; one Result says so and what would help. */
function nothingToFind(workspace: FindWorkspace): Result {
  return makeResult(workspace, {
    id: 'findings',
    question: 'What holds the service back, and what should we look into first?',
    answer: workspace.tables.has('cases')
      ? 'Cannot tell: the workspace holds a row for each case, and no events of them.'
      : workspace.tables.size === 0
        ? 'Cannot tell: the workspace holds no data yet.'
        : 'Cannot tell: the workspace holds totals only, and no events of cases.',
    status: 'cannot-tell',
    next: [
      'Add an event log with `wellspent add FILE --as events`: a row for each step of each case, with its time.',
    ],
    method: 'no method was run',
    queries: [],
  });
}

/** Possible workarounds that stand in the one list of findings; the rest have a page of their own. */
const mostWorkarounds = 10;

/** True where the cases fare worse, or take more work, than comparable ones by more than chance. */
function holdsBack({ gap, hoursInterval }: Finding): boolean {
  return (gap?.excess ?? 0) > 0 || (hoursInterval?.low ?? 0) > 0;
}

/** The Results that rest on a section of the charter. */
const restingOn = {
  outputs: ['findings', 'targets'],
  quality: ['findings', 'clock-restarts', 'targets'],
  clocks: ['findings', 'clock-restarts', 'targets', 'endings'],
  targets: ['findings', 'targets'],
  endings: ['endings'],
  steps: ['time', 'waits', 'rework', 'failure-demand', 'front-back', 'findings'],
  waits: ['waits'],
  costs: ['waits', 'rework', 'clock-restarts', 'findings', 'failure-demand'],
  contacts: ['failure-demand', 'findings'],
};

/** The steps that findings are about, those at which a clock starts again among them. */
function stepsNamed(findings: readonly Finding[], { clocks = [] }: Charter): ReadonlySet<string> {
  const restarts = clocks.filter(({ id }) =>
    findings.some((finding) => finding.id === `clock-restart-${id}`),
  );
  return new Set([
    ...findings.flatMap(({ about = [] }) => about),
    ...restarts.flatMap(({ restart = [] }) => restart),
  ]);
}

async function targetResults(workspace: FindWorkspace, facts: Facts, period: string | null) {
  const queries: QueryRecord[] = [...facts.queries];
  const gaps = await targetGaps(workspace, facts, queries);
  const findings = gaps.flatMap((gap) => targetFinding(gap, period) ?? []);
  const results =
    (workspace.loaded.charter.targets ?? []).length > 0
      ? [targetsResult(workspace, gaps, period, queries)]
      : [];
  return { findings, results, queries };
}

/**
 * Everything that the log shows about what holds the service back: the ranked findings first, then the evidence,
 * one Result each (`findings`, `time`, `waits`, `rework`, `failure-demand`, `workarounds`, `front-back`, `why`,
 * `clock-restarts`, `targets`, `throughput`, `variants`, `endings`,
 * `handovers`, `compare`).
 */
export async function find(opened: FindWorkspace, options: FindOptions = {}): Promise<readonly Result[]> {
  return (await findAll(opened, options)).results;
}

/** What `find` gives, and what any two groups, teams or periods can be compared by; null where there are no two. */
export async function findAll(
  opened: FindWorkspace,
  options: FindOptions = {},
): Promise<{ readonly results: readonly Result[]; readonly comparisons: Comparisons | null }> {
  const { loaded, sources, tables } = opened;
  const { signal, dispositions = [], now = () => new Date(), bounds = usualBounds } = options;
  const judged = <T extends Finding>(findings: readonly T[]) => withVerdicts(findings, dispositions, now());
  const warehouse = signal ? interruptible(opened.warehouse, signal) : opened.warehouse;
  const { knownUntil = null } = opened;
  const workspace: FindWorkspace = { loaded, sources, tables, warehouse, knownUntil };
  if (!workspace.tables.has('events')) return { results: [nothingToFind(workspace)], comparisons: null };
  const facts = opened.facts ?? (await prepareFacts(warehouse, loaded));
  const costs = costsOf(loaded.charter);
  const measure = outcomeMeasure(loaded.charter, facts);

  const base: QueryRecord[] = [];
  await prepareWorkSteps(warehouse, base, { knownUntil });
  const mapLog = [...base];
  const edges = await workEdges(warehouse, mapLog);
  const steps = await stepCounts(warehouse, mapLog);
  const starts = await caseEnds(warehouse, 'first', mapLog);
  const ends = await caseEnds(warehouse, 'last', mapLog);
  const wall = warehouse.dialect.toDate(sql`coalesce(at_wall, ${identifier('at')})`);
  const [size] = await warehouse.query<
    Row & { cases: number; ties: number; first: string | null; last: string | null }
  >(
    sql`select count(case when position = 1 then 1 end) as cases, coalesce(sum(case when next_wait = 0 then 1 else 0 end), 0) as ties,
      min(${wall}) as first, max(${wall}) as last from work_steps`,
  );
  const period = size?.first && size.last ? `${dateLabel(size.first)} to ${dateLabel(size.last)}` : null;
  const years = size?.first && size.last ? yearsBetween(size.first, size.last) : null;
  const cases = size?.cases ?? 0;
  const stepPounds = await poundsByStep(warehouse, costs, mapLog);
  const waitLog: QueryRecord[] = [];
  const waits = await waitsBetween(warehouse, edges, waitLog, knownUntil);
  mapLog.push(...waitLog);

  const reworkLog = [...base];
  const repeated = await reworkByStep(warehouse, costs, reworkLog);
  const totals = await reworkTotals(warehouse, loaded.charter.steps?.legitimate_repeats ?? [], reworkLog);
  const turned = await turnedEvidence(warehouse, loaded.charter.steps ?? {}, costs, reworkLog);
  const repeats = await repeatsThatMayBeRework(workspace, repeated, costs, reworkLog);
  const rework = reworkResult(workspace, { repeated, repeats, totals, turned }, costs, reworkLog);

  const variantLog: QueryRecord[] = [...base];
  const variants = variantsResult(
    workspace,
    await variantCounts(warehouse, waysOfWork, variantLog),
    await topVariants(warehouse, waysOfWork, 10, variantLog),
    variantLog,
  );

  const findingLog = [...facts.queries, ...base, ...waitLog];
  const restarting = (loaded.charter.clocks ?? []).filter((clock) => clock.restart?.length);
  const restarts = [];
  for (const clock of restarting) {
    const found = await clockRestartFinding(workspace, facts, clock, costs, measure, findingLog);
    if (found) restarts.push(found);
  }
  const restartResults =
    restarting.length > 0 ? [clockRestartsResult(workspace, restarts, cases, [...findingLog])] : [];
  const targets = await targetResults(workspace, facts, period);
  const contactLog = [...base];
  const figures = (await prepareContacts(warehouse, loaded.charter, costs, contactLog))
    ? await failureFigures(warehouse, contactLog)
    : null;
  const failing = figures ? await failureDemandFindings(workspace, figures, cases, measure, contactLog) : [];
  const counted: readonly Finding[] = [
    ...restarts.map(({ finding }) => finding),
    ...(await waitFindings(workspace, waits, cases, figures !== null, costs, measure, findingLog)),
    ...(await repeatFindings(workspace, repeats, cases, measure, findingLog)),
    ...(await turnedBackFindings(workspace, turned, cases, costs, measure, findingLog)),
    ...failing,
    ...targets.findings,
  ];
  const throughput = await throughputResult(workspace, facts);
  const endings = await endingsResult(workspace, facts, facts.queries);
  const handovers = await handoversResult(workspace, base);
  const waitsFound = await waitsResult(workspace, costs, figures, base, signal);
  const frontBack = await frontBackResult(workspace, costs);

  // All that is counted over every case is counted: from here on a large log is searched in a sample of its cases.
  const sampleLog: QueryRecord[] = [];
  const sample = await sampleCases(warehouse, bounds, sampleLog);
  await narrowToSample(warehouse, sample, knownUntil);
  const others = counted.map((finding) => ({
    ...finding,
    affected: finding.affected && inSample(sample, finding.affected),
    ...(finding.induced ? { induced: inSample(sample, finding.induced) } : {}),
  }));
  const workaroundLog = [...facts.queries, ...base, ...sampleLog];
  const searched = await workaroundFindings(workspace, cases, costs, measure, workaroundLog, sample);
  const workarounds = { ...searched, findings: judged(searched.findings.toSorted(inOrder)) };
  const holding = workarounds.findings.filter(holdsBack);
  const all = [
    ...judged(others),
    ...holding.filter(({ dismissed }) => !dismissed).slice(0, mostWorkarounds),
    ...holding.filter(({ dismissed }) => dismissed),
  ];
  const distinct = await withoutNearCopies(warehouse, all.toSorted(inOrder));
  const { standing: found, parts } = await foldParts(
    warehouse,
    distinct.filter(({ dismissed }) => !dismissed),
  );
  const reviewed = {
    dismissed: distinct.filter(({ dismissed }) => dismissed),
    reviews: reviewsByPattern(dispositions),
  };
  const map = {
    ...{ edges: waits.edges, steps, starts, ends, cases, stepPounds, delayDay: costs.delayDay },
    named: stepsNamed(found, loaded.charter),
  };
  const time = timeResult(workspace, map, waits, size?.ties ?? 0, mapLog);
  const compared = { waits, findings: found, measure, costs, period, sample };
  const comparisons = await gatherComparisons(workspace, facts, compared);
  const why = await whyResult(workspace, found, sample, sampleLog);
  const twice = await seenTwice(warehouse, found, sample);
  const results = [
    findingsResult(
      workspace,
      found,
      reviewed,
      cases,
      measure,
      years,
      { apart: why.apart, twice, drawn: sampleWords(sample), parts },
      [...findingLog, ...targets.queries],
    ),
    time,
    waitsFound,
    rework,
    figures
      ? failureDemandResult(workspace, figures, years, contactLog)
      : noContactsResult(workspace, contactLog),
    workaroundsResult(workspace, workarounds, reviewed.reviews, cases, measure, workaroundLog),
    frontBack,
    why.result,
    ...restartResults,
    ...targets.results,
    throughput,
    variants,
    endings,
    ...(handovers ? [handovers] : []),
    ...(comparisons ? [compareSides(comparisons)] : []),
  ];
  const dated = results.map((result) => overPeriod(result, period));
  const heeded = heedUnknownSteps(facts, dated, restingOn);
  const missing = [
    ...laterCaveats(await laterEvents(warehouse, knownUntil)),
    ...missingCaveats(await untimedSteps(warehouse), opened.shortOfRows ?? []),
  ];
  return { results: heedMissing(heeded, missing), comparisons: comparisons && { ...comparisons, missing } };
}

import { countOf, formatValue, leastCases, type QueryRecord, type Result } from '../../core/index.ts';
import type { Sql } from '../../stores/index.ts';
import type { Finding } from '../findings/finding.ts';
import { type CaseSample, everyCase, sampleWords } from '../queries/case-sample.ts';
import { type Mark, marksApart, prepareMarks } from '../queries/marks.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

const mostFindings = 5;
const mostWaits = 4;
/** From here on a share reads 100.0%. */
const allOfThem = 0.9995;
const mostMarks = 5;
const question = 'What sets the cases of a finding apart, and what would change if it were not there?';
const method =
  'For each of the first five findings on cases and the first four waits: every value, step, team, channel and weekday, as a share of its cases against all others (of a wait: the longest tenth against the others that pass the same two steps); told where it differs by five points and by more than chance among so many marks would give. Intervals: Newcombe (1998), method 10. What would change is worked out as if its cases fared as the others, which is an upper bound.';

/** A mark as said of one case, and of many. */
function inWords({ kind, name, value }: Mark): { readonly one: string; readonly many: string } {
  const say = (one: string, many: string, rest: string) => ({
    one: `${one} ${rest}`,
    many: `${many} ${rest}`,
  });
  if (kind === 'step') return say('goes through', 'go through', `"${value}"`);
  if (kind === 'team') return say('is worked on by', 'are worked on by', value);
  if (kind === 'channel') return say('is dealt with by channel', 'are dealt with by channel', value);
  if (kind === 'weekday') return say('began on a', 'began on a', value);
  return say('has', 'have', `"${name}: ${value}"`);
}

/** The Result, and for each finding that was looked into what sets its cases apart most, by the finding's id. */
export interface Why {
  readonly result: Result;
  readonly apart: ReadonlyMap<string, string>;
}

/** What sets cases apart most, in a sentence without its end. So few others that they could be counted are not told. */
function apartInWords(mark: Mark, isWait: boolean): string {
  const few = mark.others < leastCases;
  const others = few ? 'hardly any' : formatValue(mark.othersShare, 'share');
  const whom = isWait ? 'of the shorter waits' : few ? 'others' : 'of others';
  return `${formatValue(mark.affectedShare, 'share')}${isWait ? ' of the longest tenth' : ''} ${inWords(mark).many}, against ${others} ${whom}`;
}

/** The cases of a finding, and those that they are held against: null where that is all others. */
interface Chosen {
  readonly finding: Finding;
  readonly affected: Sql;
  readonly among: Sql | null;
}

/** The first findings on cases and the first waits, in the order of the list. */
function chosenFrom(findings: readonly Finding[]): readonly Chosen[] {
  const onCases = findings.filter(({ affected }) => affected !== null).slice(0, mostFindings);
  const waits = findings.filter(({ affected, longest }) => affected === null && longest).slice(0, mostWaits);
  return findings.flatMap((finding): readonly Chosen[] => {
    const { affected, longest } = finding;
    if (affected !== null) return onCases.includes(finding) ? [{ finding, affected, among: null }] : [];
    return longest && waits.includes(finding) ? [{ finding, ...longest }] : [];
  });
}

/** A clock's title counts finished cases, and what sets them apart counts open ones too: which, where they differ. */
function ofWhich({ pattern, cases }: Finding, { ofAffected }: Mark, { oneIn }: CaseSample): string {
  if (oneIn > 1 || pattern !== 'clock-restart' || ofAffected === cases) return '';
  return ` (of ${countOf(ofAffected, 'case')}, those not finished among them)`;
}

/** What goes with each of the first findings, and what would be different without it. */
export async function whyResult(
  workspace: FindWorkspace,
  findings: readonly Finding[],
  sample: CaseSample = everyCase,
  before: readonly QueryRecord[] = [],
): Promise<Why> {
  const drawn = sampleWords(sample);
  const queries: QueryRecord[] = [...before];
  const { warehouse, loaded } = workspace;
  const base = { id: 'why', question, method, queries } as const;
  const chosen = chosenFrom(findings);
  const apart = new Map<string, string>();
  if (chosen.length === 0) {
    const result = makeResult(workspace, {
      ...base,
      status: 'cannot-tell',
      answer: 'Cannot tell: there is no finding about cases to look into.',
      next: ['Add an event log, or wait for a finding.'],
    });
    return { result, apart };
  }
  await prepareMarks(
    warehouse,
    new Map((loaded.charter.groups ?? []).map(({ column, title }) => [column, title])),
    queries,
  );
  const rows: Record<string, string | number | null>[] = [];
  for (const [i, { finding, affected, among }] of chosen.entries()) {
    const marks = (await marksApart(warehouse, `why_${i + 1}`, affected, queries, among)).filter(
      // That its cases go through the step that a finding is about tells nothing, nor does what ends a wait after it.
      ({ kind, value, affectedShare }) =>
        kind !== 'step' ||
        !(
          finding.about?.includes(value) ||
          (finding.pattern === 'failure-demand' && affectedShare >= allOfThem)
        ),
    );
    const [most] = marks;
    if (most) apart.set(finding.id, `${apartInWords(most, among !== null)}${ofWhich(finding, most, sample)}`);
    for (const mark of marks.slice(0, mostMarks))
      rows.push({
        id: finding.id,
        finding: finding.title,
        mark: inWords(mark).one,
        cases: mark.affected,
        ofCases: mark.ofAffected,
        affectedShare: mark.affectedShare,
        ofOthers: mark.ofOthers,
        othersShare: mark.othersShare,
        difference: mark.difference,
        low: mark.interval.low,
        high: mark.interval.high,
      });
  }
  const first = chosen.find(({ finding }) => apart.has(finding.id))?.finding;
  const without = chosen.flatMap(({ finding, among }) => {
    // A wait is not there or away: what would change without it is what it comes to, and no more can be told.
    if (among) return [];
    const { gap } = finding;
    const misses = gap ? gap.affectedMissed + gap.othersMissed : 0;
    const cases = gap ? gap.affected + gap.others : 0;
    const hours = finding.hours !== null && finding.hours > 0 ? finding.hours : null;
    if (!gap?.excess && hours === null) return [];
    return [
      {
        finding: finding.title,
        now: cases === 0 ? null : misses / cases,
        left: cases === 0 || !gap ? null : (misses - (gap.excess ?? 0)) / cases,
        fewer: gap?.excess ?? null,
        hours,
        pounds: finding.pounds !== null && finding.pounds > 0 ? finding.pounds : null,
      },
    ];
  });
  const lead = first
    ? `${first.title} ${first.longest && !first.affected ? `What sets the longest waits apart: ${apart.get(first.id)}` : `Of these cases ${apart.get(first.id)}`}.`
    : 'No value, step, team, channel or weekday sets the cases of the first findings apart.';
  const result = makeResult(workspace, {
    ...base,
    status: 'caution',
    answer: lead,
    tables: [
      ...(rows.length > 0
        ? [
            {
              id: 'marks',
              title: 'What goes with each finding',
              columns: [
                { key: 'id', title: 'Finding', type: 'text', forMachines: true } as const,
                { key: 'finding', title: 'Finding', type: 'text' } as const,
                { key: 'mark', title: 'What it goes with: the case', type: 'text' } as const,
                { key: 'cases', title: 'Cases', type: 'count' } as const,
                { key: 'ofCases', title: 'Of its cases', type: 'count' } as const,
                { key: 'affectedShare', title: 'Share of its cases', type: 'share' } as const,
                { key: 'ofOthers', title: 'Other cases', type: 'count' } as const,
                { key: 'othersShare', title: 'Share of other cases', type: 'share' } as const,
                {
                  key: 'difference',
                  title: 'Difference',
                  type: 'percentage-points',
                  derivedFrom: ['affectedShare', 'othersShare'],
                } as const,
                {
                  key: 'low',
                  title: 'At least (95%)',
                  type: 'percentage-points',
                  derivedFrom: ['difference'],
                } as const,
                {
                  key: 'high',
                  title: 'At most (95%)',
                  type: 'percentage-points',
                  derivedFrom: ['difference'],
                } as const,
              ],
              rows,
            },
          ]
        : []),
      ...(without.length > 0
        ? [
            {
              id: 'without',
              title: 'If its cases fared as the others: at most',
              columns: [
                { key: 'finding', title: 'Finding', type: 'text' } as const,
                { key: 'now', title: 'Share that misses the outcome now', type: 'share' } as const,
                { key: 'left', title: 'Share without it', type: 'share' } as const,
                {
                  key: 'fewer',
                  title: 'Fewer cases that miss it',
                  type: 'count',
                  derivedFrom: ['now', 'left'],
                } as const,
                { key: 'hours', title: 'Hours of work', type: 'hours' } as const,
                { key: 'pounds', title: 'Staff cost', type: 'pounds' } as const,
              ],
              rows: without,
            },
          ]
        : []),
    ],
    caveats: [
      ...(drawn === null
        ? []
        : [`The log is large: this was worked out from ${drawn}, and counts of cases are of those.`]),
      'What goes with a finding need not cause it: a step that a finding leads to goes with it too.',
      'What would change is an upper bound: taking one obstacle away moves the queue to the next.',
    ],
    next: ['Ask those who do the work which of these comes before the finding and which after.'],
  });
  return { result, apart };
}

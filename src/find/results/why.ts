import { formatValue, type QueryRecord, type Result } from '../../core/index.ts';
import type { Finding } from '../findings/finding.ts';
import { type Mark, marksApart, prepareMarks } from '../queries/marks.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

const mostFindings = 5;
const mostMarks = 5;
const question = 'What sets the cases of a finding apart, and what would change if it were not there?';
const method =
  'For each of the first five findings on cases: every value, step, team, channel and weekday, as a share of its cases against all others; told where it differs by five points and by more than chance among so many marks would give. Intervals: Newcombe (1998), method 10. What would change is worked out as if its cases fared as the others, which is an upper bound.';

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

/** What goes with each of the first findings, and what would be different without it. */
export async function whyResult(workspace: FindWorkspace, findings: readonly Finding[]): Promise<Why> {
  const queries: QueryRecord[] = [];
  const { warehouse, loaded } = workspace;
  const base = { id: 'why', question, method, queries } as const;
  const chosen = findings
    .flatMap((finding) => (finding.affected ? [{ finding, affected: finding.affected }] : []))
    .slice(0, mostFindings);
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
  for (const [i, { finding, affected }] of chosen.entries()) {
    const marks = (await marksApart(warehouse, `why_${i + 1}`, affected, queries)).filter(
      // That its cases go through the step that a finding is about tells nothing.
      ({ kind, value }) => kind !== 'step' || !finding.about?.includes(value),
    );
    const [most] = marks;
    if (most)
      apart.set(
        finding.id,
        `${formatValue(most.affectedShare, 'share')} ${inWords(most).many}, against ${formatValue(most.othersShare, 'share')} of others`,
      );
    for (const mark of marks.slice(0, mostMarks))
      rows.push({
        id: finding.id,
        finding: finding.title,
        mark: inWords(mark).one,
        cases: mark.affected,
        affectedShare: mark.affectedShare,
        othersShare: mark.othersShare,
        difference: mark.difference,
        low: mark.interval.low,
        high: mark.interval.high,
      });
  }
  const first = chosen.find(({ finding }) => apart.has(finding.id))?.finding;
  const without = chosen.flatMap(({ finding }) => {
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
    ? `${first.title} Of these cases ${apart.get(first.id)}.`
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
                { key: 'affectedShare', title: 'Share of its cases', type: 'share' } as const,
                { key: 'othersShare', title: 'Share of other cases', type: 'share' } as const,
                { key: 'difference', title: 'Difference', type: 'percentage-points' } as const,
                { key: 'low', title: 'At least (95%)', type: 'percentage-points' } as const,
                { key: 'high', title: 'At most (95%)', type: 'percentage-points' } as const,
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
                { key: 'fewer', title: 'Fewer cases that miss it', type: 'count' } as const,
                { key: 'hours', title: 'Hours of work', type: 'hours' } as const,
                { key: 'pounds', title: 'Staff cost', type: 'pounds' } as const,
              ],
              rows: without,
            },
          ]
        : []),
    ],
    caveats: [
      'What goes with a finding need not cause it: a step that a finding leads to goes with it too.',
      'What would change is an upper bound: taking one obstacle away moves the queue to the next.',
    ],
    next: ['Ask those who do the work which of these comes before the finding and which after.'],
  });
  return { result, apart };
}

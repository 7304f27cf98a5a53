import { type Column, formatValue, type Interval, leastCases, type Table } from '../../core/index.ts';
import { efficiencyWithout, waitingOf } from '../waits/efficiency.ts';
import type { WaitEvidence } from '../waits/evidence.ts';
import { usualThreshold } from '../waits/explain-waits.ts';
import type { SensitivityRow } from '../waits/sensitivity.ts';
import { drawnGroups, type ShownCause, sumOf } from '../waits/shown-causes.ts';
import type { TimeUnit } from '../waits/time-unit.ts';
import type { Connection } from '../waits/transitions.ts';

/** The causes of all waits together, with what would be if each vanished. */
export function causesTable(
  { explained: { sums } }: WaitEvidence,
  shown: readonly ShownCause[],
  intervals: readonly (Interval | null)[],
  unit: TimeUnit,
): Table {
  const whole = waitingOf(sums);
  const row = (title: string, value: number, interval: Interval | null, without: number | null) => ({
    cause: title,
    time: value / unit.micros,
    share: whole === 0 ? null : value / whole,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    without,
  });
  return {
    id: 'causes',
    title: 'What cases wait for',
    columns: [
      { key: 'cause', title: 'Cause', type: 'text' },
      { key: 'time', title: `Waiting, ${unit.word}`, type: unit.type },
      { key: 'share', title: 'Share of all waiting', type: 'share' },
      { key: 'low', title: 'Share, 95% interval from', type: 'share' },
      { key: 'high', title: 'to', type: 'share' },
      { key: 'without', title: 'Efficiency without it', type: 'share' },
    ],
    rows: [
      ...shown.map((cause, i) =>
        row(cause.title, sumOf(cause, sums), intervals[i] ?? null, efficiencyWithout(sums, cause)),
      ),
      ...(sums.declared > 0 ? [row('Steps that are waiting themselves', sums.declared, null, null)] : []),
    ],
    notes: [
      `${shown.map(({ title, meaning }) => `${title}: ${meaning}`).join('. ')}.`,
      'Efficiency is time from start to finish of steps over that time and all waiting. Without a cause: if all of it vanished and nothing else changed, which is the most that could be.',
    ],
  };
}

/** What the chart draws together: it stands in the table for machines, so that the table holds all that is drawn. */
function drawnTogether(
  { detail, explained }: WaitEvidence,
  shown: readonly ShownCause[],
): readonly ShownCause[] {
  const alone = new Set(shown.map(({ of }) => of.join()));
  return drawnGroups(detail, explained.sums).filter(({ of }) => !alone.has(of.join()));
}

function connectionColumns(
  hasTeams: boolean,
  shown: readonly ShownCause[],
  together: readonly ShownCause[],
  unit: TimeUnit,
): readonly Column[] {
  return [
    { key: 'from', title: 'From', type: 'text' },
    ...(hasTeams ? [{ key: 'fromTeam', title: 'From team', type: 'text' } as const] : []),
    { key: 'to', title: 'To', type: 'text' },
    ...(hasTeams ? [{ key: 'toTeam', title: 'To team', type: 'text' } as const] : []),
    { key: 'cases', title: 'Cases', type: 'count' },
    { key: 'times', title: 'Times', type: 'count' },
    { key: 'median', title: `Median wait, ${unit.word}`, type: unit.type },
    { key: 'p90', title: `One in ten waits longer than, ${unit.word}`, type: unit.type },
    { key: 'total', title: `Total, ${unit.word}`, type: unit.type },
    ...shown.map(({ key, title }) => ({ key, title, type: unit.type })),
    ...together.map(({ key, title }) => ({ key, title, type: unit.type, forMachines: true as const })),
  ];
}

/** Connections of enough cases to speak of, longest in total first. */
export function largeEnough(connections: readonly Connection[]): readonly Connection[] {
  return connections.filter(({ cases }) => cases >= leastCases);
}

/** Waits by source step and team, and step and team, with their causes where they can be told: never by worker. */
export function connectionsTable(
  evidence: WaitEvidence,
  shown: readonly ShownCause[],
  unit: TimeUnit,
): Table {
  const { connections } = evidence;
  const together = shown.length === 0 ? [] : drawnTogether(evidence, shown);
  const hasTeams = connections.some(({ fromActor, toActor }) => fromActor !== null || toActor !== null);
  const inUnit = (seconds: number) => (seconds * 1_000_000) / unit.micros;
  return {
    id: 'waits-by-connection',
    title: `Where cases wait${shown.length === 0 ? '' : ' and why'}, longest in total first`,
    columns: connectionColumns(hasTeams, shown, together, unit),
    rows: largeEnough(connections).map((row) => ({
      from: row.from,
      ...(hasTeams ? { fromTeam: row.fromActor } : {}),
      to: row.to,
      ...(hasTeams ? { toTeam: row.toActor } : {}),
      cases: row.cases,
      times: row.count,
      median: inUnit(row.median),
      p90: inUnit(row.p90),
      total: inUnit(row.total),
      ...Object.fromEntries([...shown, ...together].map((cause) => [cause.key, inUnit(sumOf(cause, row))])),
    })),
    notes: [
      'A wait runs from one step to the next, not from the day a case came in.',
      `Connections of fewer than ${leastCases} cases are left out of the table and kept in the totals.`,
    ],
  };
}

function settingInWords({ gapMinutes, threshold, confidence }: SensitivityRow): string {
  if (confidence !== undefined)
    return `Hours counted as worked from ${formatValue(confidence, 'share')} of weeks`;
  if (gapMinutes > 0) return `Pauses of up to ${gapMinutes} minutes in a batch`;
  return threshold === usualThreshold
    ? `As above: no pause, threshold ${usualThreshold}`
    : `Threshold ${threshold} for steps worked side by side`;
}

/** How the split changes with two settings of the method. */
export function sensitivityTable({ sensitivity }: WaitEvidence, shown: readonly ShownCause[]): Table {
  const { rows, oneIn } = sensitivity;
  return {
    id: 'sensitivity',
    folded: true,
    title: 'How much the split depends on the settings',
    columns: [
      { key: 'setting', title: 'Setting', type: 'text' },
      { key: 'gap', title: 'Longest pause in a batch, minutes', type: 'minutes', forMachines: true },
      {
        key: 'threshold',
        title: 'Threshold for steps worked side by side',
        type: 'number',
        forMachines: true,
      },
      ...shown.map(({ key, title }) => ({ key, title, type: 'share' as const })),
    ],
    rows: rows.map((row) => {
      const { gapMinutes, threshold, sums } = row;
      const whole = waitingOf({ ...sums, processing: 0, declared: 0 });
      return {
        setting: settingInWords(row),
        gap: gapMinutes,
        threshold,
        ...Object.fromEntries(
          shown.map((cause) => [cause.key, whole === 0 ? null : sumOf(cause, sums) / whole]),
        ),
      };
    }),
    notes: [
      'Shares of all waits between steps.',
      ...(oneIn > 1 ? [`Worked out on one case in ${oneIn}, taken by a hash of its id.`] : []),
    ],
  };
}

/** Batches by step and team: how they come about, and how long pieces wait for their batch, with it and in it. */
export function batchesTable({ batches }: WaitEvidence, unit: TimeUnit): readonly Table[] {
  const shown = batches.filter(({ pieces }) => pieces >= leastCases);
  if (shown.length === 0) return [];
  const hasTeams = shown.some(({ teamName }) => teamName !== null);
  const hasSystems = shown.some(({ bySystem }) => bySystem);
  return [
    {
      id: 'batches',
      folded: true,
      title: 'Work done in batches, most pieces first',
      columns: [
        { key: 'step', title: 'Step', type: 'text' },
        ...(hasTeams ? [{ key: 'team', title: 'Team', type: 'text' } as const] : []),
        ...(hasSystems ? [{ key: 'by', title: 'Done by', type: 'text' } as const] : []),
        { key: 'pieces', title: 'Pieces of work', type: 'count' },
        { key: 'batches', title: 'Batches', type: 'count' },
        { key: 'parallel', title: 'All at once', type: 'count' },
        { key: 'concurrent', title: 'Overlapping', type: 'count' },
        { key: 'sequential', title: 'One after another', type: 'count' },
        { key: 'creation', title: `Mean wait until complete, ${unit.word}`, type: unit.type },
        { key: 'ready', title: `Then until begun, ${unit.word}`, type: unit.type },
        { key: 'inside', title: `Then inside it, ${unit.word}`, type: unit.type },
      ],
      rows: shown.map((sums) => ({
        step: sums.stepName,
        ...(hasTeams ? { team: sums.teamName } : {}),
        ...(hasSystems ? { by: sums.bySystem ? 'a system' : 'people' } : {}),
        pieces: sums.pieces,
        batches: sums.batches,
        parallel: sums.parallel,
        concurrent: sums.concurrent,
        sequential: sums.sequential,
        creation: sums.creation / sums.pieces / unit.micros,
        ready: sums.ready / sums.pieces / unit.micros,
        inside: sums.inside / sums.pieces / unit.micros,
      })),
      notes: [
        'A batch is two or more pieces of one step that could all begin before its first did, done by one worker without a pause.',
        `Steps with fewer than ${leastCases} pieces in batches are left out.`,
      ],
    },
  ];
}

import type { Chart } from '../../core/index.ts';
import { waitingOf } from '../waits/efficiency.ts';
import type { WaitEvidence } from '../waits/evidence.ts';
import { drawnGroups, sumOf } from '../waits/shown-causes.ts';
import type { TimeUnit } from '../waits/time-unit.ts';
import type { Connection } from '../waits/transitions.ts';
import { largeEnough } from './waits-tables.ts';

const mostBars = 8;

function label({ from, to, fromActor, toActor }: Connection): string {
  const named = (step: string | null, team: string | null) =>
    team === null ? `${step}` : `${step} (${team})`;
  return `${named(from, fromActor)} to ${named(to, toActor)}`;
}

/** Where waits come from: the longest connections as bars, each stacked by cause. */
export function waitsChart(evidence: WaitEvidence, table: string, unit: TimeUnit): readonly Chart[] {
  const { connections, detail, explained } = evidence;
  const top = largeEnough(connections)
    .filter(({ total }) => total > 0)
    .slice(0, mostBars);
  const [first] = top;
  if (!first || waitingOf(explained.sums) === 0) return [];
  const groups = drawnGroups(detail, explained.sums);
  return [
    {
      id: 'where-waits-come-from',
      kind: 'bar',
      title: `Cases wait longest in total before "${first.to}"`,
      description: `Bars of total ${unit.word} waited between two steps, each divided by cause: ${groups.map(({ title }) => title.toLowerCase()).join('; ')}.`,
      table,
      xTitle: `Waiting in ${unit.word}, all cases together`,
      xUnit: unit.type,
      bars: top.map((connection) => ({
        label: label(connection),
        parts: groups.map((group) => ({
          name: group.title,
          value: (sumOf(group, connection) * 1_000_000) / unit.micros,
        })),
      })),
    },
  ];
}

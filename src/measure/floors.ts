import { formatFigure, formatValue, type Interval, leastCases, type Result, wilson } from '../core/index.ts';
import type { Charter } from '../define/index.ts';
import { countCheck } from './collect-checks.ts';
import { type FloorSpan, floorSpan } from './floor-span.ts';
import { provenanceOf, type Study } from './study.ts';
import { figure, standingCaveats } from './wording.ts';

type Floor = NonNullable<Charter['floors']>[number];

const question = 'Which essential service is closest to its floor?';

/** The latest periods that are judged: those of the headline, else all whole periods, else all. */
export function latestPeriods(study: Study): { readonly starts: readonly string[]; readonly label: string } {
  if (study.headline) {
    const { later, laterLabel } = study.headline.comparison;
    return { starts: later, label: laterLabel };
  }
  const starts =
    study.complete.length > 0 ? study.complete : study.data.periods.map((period) => period.start);
  const label = (start: string | undefined) =>
    study.data.periods.find((period) => period.start === start)?.label ?? '';
  return {
    starts,
    label: starts.length > 1 ? `${label(starts[0])} to ${label(starts.at(-1))}` : label(starts[0]),
  };
}

function verdict(
  share: number,
  interval: { readonly low: number; readonly high: number },
  floor: number,
): string {
  if (share >= floor)
    return interval.low >= floor || floor === 1 ? 'met' : 'met, but within chance of the floor';
  return interval.high < floor || floor === 1 ? 'broken' : 'below, though chance could do that';
}

/** The span that an essential floor is judged by, with its counts; null where there are no cases. */
export async function spanOfFloor(study: Study, floor: Floor): Promise<FloorSpan | null> {
  if (!study.facts) return null;
  const rows = await countCheck(study.workspace, study.plan, study.facts, floor, null, study.queries);
  return floorSpan(rows, latestPeriods(study), study.data.periods, study.plan.grain);
}

/** What the floor stood at, and that a longer span had to be judged. */
function standingOf(row: JudgedFloor, latest: string): string {
  const share = formatValue(row.share, 'share');
  if (!row.isLonger) return `${share} in ${row.label}`;
  const count = (value: number) => formatValue(value, 'count');
  return `too few cases in ${latest} (fewer than 10), over ${row.label} ${count(row.has)} of ${count(row.n)} (${share})`;
}

/** Why no floor can be told. */
function untold(rows: readonly JudgedFloor[], latest: string): string {
  const [first] = rows;
  if (!first || rows.every(({ n }) => n === 0))
    return 'Cannot tell: no case data show whether the floors hold.';
  const over = first.isLonger ? ` and over ${first.label}` : '';
  return `Cannot tell: fewer than 10 cases that ${rows.length === 1 ? 'the floor covers' : 'any floor covers'} ended in ${latest}${over}.`;
}

/** What would let a floor be told that cannot be. */
function remedy({ floor, n, label }: JudgedFloor): string {
  if (n > 0)
    return `Add earlier data, or look at each case that "${floor.title}" covers: fewer than 10 ended in ${label}.`;
  return floor.of === undefined
    ? `Add cases that have ended: "${floor.title}" is counted from them.`
    : `Look at "of" of "${floor.title}" in the charter: no case that ended in ${label} meets it.`;
}

/** An essential floor with what it was judged by. */
interface JudgedFloor {
  readonly floor: Floor;
  readonly label: string;
  readonly isLonger: boolean;
  readonly has: number;
  readonly n: number;
  readonly unknown: number;
  readonly share: number | null;
  readonly interval: Interval | null;
  readonly verdict: string;
  readonly margin: number | null;
}

async function judge(study: Study, floor: Floor, latest: string): Promise<JudgedFloor> {
  const span = await spanOfFloor(study, floor);
  const { has = 0, covered = 0, unknown = 0 } = span?.counts ?? {};
  const isKnown = covered >= leastCases;
  const share = isKnown ? has / covered : null;
  const interval = isKnown ? wilson(has, covered) : null;
  return {
    floor,
    label: span?.label ?? latest,
    isLonger: span?.isLonger ?? false,
    has,
    n: covered,
    unknown,
    share,
    interval,
    verdict: share === null || !interval ? 'cannot tell' : verdict(share, interval, floor.at_least),
    margin: share === null ? null : share - floor.at_least,
  };
}

/** Each essential floor with its share, range and verdict; null where the charter names none. */
export async function floorsResult(study: Study): Promise<Result | null> {
  const floors = study.plan.charter.floors ?? [];
  if (floors.length === 0) return null;
  const { label } = latestPeriods(study);
  const rows: JudgedFloor[] = [];
  for (const floor of floors) rows.push(await judge(study, floor, label));
  const longer = rows.filter(({ isLonger }) => isLonger);
  const known = rows.filter((row) => row.margin !== null);
  const closest = known.toSorted((a, b) => (a.margin ?? 0) - (b.margin ?? 0))[0];
  const broken = rows.filter((row) => row.verdict === 'broken');
  const lead =
    broken.length > 0
      ? `${broken.length === 1 ? 'A floor is' : `${broken.length} floors are`} broken`
      : 'Every floor that can be told is held';
  return {
    id: 'floors',
    question,
    answer: closest
      ? `${lead}; closest is "${closest.floor.title}": ${standingOf(closest, label)}, and the floor is ${formatValue(closest.floor.at_least, 'share')}.`
      : untold(rows, label),
    status: !closest ? 'cannot-tell' : known.length < rows.length || broken.length > 0 ? 'caution' : 'sound',
    figures: rows.map((row) =>
      figure(`floor-${row.floor.id}`, row.floor.title, row.share, 'share', {
        interval: row.interval,
        period: row.label,
        note: `floor ${formatValue(row.floor.at_least, 'share')}: ${row.verdict}`,
      }),
    ),
    tables: [
      {
        id: 'floors',
        title: longer.length > 0 ? 'Essential floors' : `Essential floors in ${label}`,
        columns: [
          { key: 'floor', title: 'Floor', type: 'text' },
          ...(longer.length > 0 ? [{ key: 'period', title: 'Period', type: 'period' } as const] : []),
          { key: 'n', title: 'Cases it covers', type: 'count' },
          { key: 'share', title: 'Share', type: 'share' },
          { key: 'low', title: 'Low', type: 'share' },
          { key: 'high', title: 'High', type: 'share' },
          { key: 'atLeast', title: 'At least', type: 'share', ofNobody: true },
          { key: 'unknown', title: 'Not known', type: 'count' },
          { key: 'verdict', title: 'Verdict', type: 'text' },
          { key: 'why', title: 'Why it may not be traded away', type: 'text' },
        ],
        rows: rows.map((row) => ({
          floor: row.floor.title,
          ...(longer.length > 0 ? { period: row.label } : {}),
          n: row.n >= leastCases ? row.n : null,
          share: row.share,
          low: row.interval?.low ?? null,
          high: row.interval?.high ?? null,
          atLeast: row.floor.at_least,
          unknown: row.unknown > 0 && row.unknown < leastCases ? null : row.unknown,
          verdict: row.verdict,
          why: row.floor.why,
        })),
      },
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...longer
        .filter(({ share }) => share !== null)
        .map(
          (row) =>
            `"${row.floor.title}" is judged over ${row.label}: fewer than 10 of the cases it covers ended in ${label}, too few to tell a change there.`,
        ),
      'A floor is never averaged with other measures: one that is broken cannot be made good elsewhere.',
    ],
    next: [
      ...broken.map(
        (row) =>
          `Find the cases behind "${row.floor.title}": ${formatFigure(figure('share', '', row.share, 'share'))} is under the floor.`,
      ),
      ...rows.filter(({ share }) => share === null).map(remedy),
    ],
    provenance: provenanceOf(study, 'Share of cases with Wilson interval (Wilson, 1927)', {
      recompute: rows.flatMap((row) =>
        row.share === null
          ? []
          : [
              {
                method: 'wilson',
                input: { successes: Math.round(row.share * row.n), n: row.n, level: 0.95 },
              },
            ],
      ),
    }),
  };
}

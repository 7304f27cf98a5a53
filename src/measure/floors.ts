import { formatFigure, formatValue, leastCases, type Result, wilson } from '../core/index.ts';
import { type CheckRow, countCheck } from './collect-checks.ts';
import { provenanceOf, type Study } from './study.ts';
import { figure, standingCaveats } from './wording.ts';

const question = 'Which essential service is closest to its floor?';

/** Counts of a check over some periods. */
export function sumChecks(rows: readonly CheckRow[], starts: readonly string[]): Omit<CheckRow, 'period'> {
  const wanted = new Set(starts);
  const own = rows.filter((row) => wanted.has(row.period));
  const add = (of: (row: CheckRow) => number) => own.reduce((sum, row) => sum + of(row), 0);
  return {
    all: add((row) => row.all),
    covered: add((row) => row.covered),
    has: add((row) => row.has),
    unknown: add((row) => row.unknown),
  };
}

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

/** Each essential floor with its share, range and verdict; null where the charter names none. */
export async function floorsResult(study: Study): Promise<Result | null> {
  const floors = study.plan.charter.floors ?? [];
  if (floors.length === 0) return null;
  const { starts, label } = latestPeriods(study);
  const rows = [];
  for (const floor of floors) {
    const counted = study.facts
      ? await countCheck(study.workspace, study.plan, study.facts, floor, null, study.queries)
      : [];
    const sum = sumChecks(counted, starts);
    const isKnown = sum.covered >= leastCases;
    const share = isKnown ? sum.has / sum.covered : null;
    const interval = isKnown ? wilson(sum.has, sum.covered) : null;
    rows.push({
      floor,
      share,
      interval,
      n: sum.covered,
      unknown: sum.unknown,
      verdict: share === null || !interval ? 'cannot tell' : verdict(share, interval, floor.at_least),
      margin: share === null ? null : share - floor.at_least,
    });
  }
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
      ? `${lead}; closest is "${closest.floor.title}": ${formatValue(closest.share, 'share')} in ${label}, and the floor is ${formatValue(closest.floor.at_least, 'share')}.`
      : 'Cannot tell: no case data show whether the floors hold.',
    status: !closest ? 'cannot-tell' : known.length < rows.length || broken.length > 0 ? 'caution' : 'sound',
    figures: rows.map((row) =>
      figure(`floor-${row.floor.id}`, row.floor.title, row.share, 'share', {
        interval: row.interval,
        period: label,
        note: `floor ${formatValue(row.floor.at_least, 'share')}: ${row.verdict}`,
      }),
    ),
    tables: [
      {
        id: 'floors',
        title: `Essential floors in ${label}`,
        columns: [
          { key: 'floor', title: 'Floor', type: 'text' },
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
      'A floor is never averaged with other measures: one that is broken cannot be made good elsewhere.',
    ],
    next: broken.map(
      (row) =>
        `Find the cases behind "${row.floor.title}": ${formatFigure(figure('share', '', row.share, 'share'))} is under the floor.`,
    ),
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

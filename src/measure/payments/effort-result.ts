import {
  formatValue,
  leastCases,
  listInWords,
  periodLabel,
  periodStart,
  type Result,
} from '../../core/index.ts';
import { cannotTell } from '../cannot-tell.ts';
import { latestPeriods } from '../floors.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, standingCaveats } from '../wording.ts';
import { groupColumns, type PaymentCell, type PaymentData } from './collect-payments.ts';
import { caseWord } from './cost-result.ts';
import {
  byChance,
  type CasesOfKind,
  type EffortCurve,
  effortCurve,
  type TimedCase,
  windowFrom,
} from './effort-curves.ts';
import { curveTable, type EffortRow, effortChart, effortTable } from './effort-tables.ts';
import { bestInterval, effortInWords, minutesInWords, savingInterval } from './effort-words.ts';

const question = 'How much effort is a case worth?';
const method =
  'Audited saving by minutes that something other than the case set; errors as a share of what was due (ratio estimates; Cochran, 1977), periods between changes as blocks, made to fall by monotone regression; best effort where the next minute saves what it costs, for all kinds together where the mean of their curves does';
const about = { id: 'effort', question, method };

function meanMinutes(cells: readonly PaymentCell[]): number | null {
  const timed = cells.reduce((sum, cell) => sum + cell.timed, 0);
  return timed < leastCases ? null : cells.reduce((sum, cell) => sum + cell.minutes, 0) / timed;
}

/** What a curve says of the effort now spent: the best lies beyond its range one way or the other, or nobody can tell. */
function readingOf({ found }: EffortCurve, now: number | null): EffortRow['reading'] {
  if (!found.isTold || now === null) return 'cannot tell';
  const { low, high } = found.range;
  if (low !== null && now <= low) return 'more would pay';
  return high !== null && now >= high ? 'less would do' : 'cannot tell';
}

/** What else changed between audited cases: what the charter says was changed, or else the year. */
function blocksOf({ plan }: Study): (one: Pick<TimedCase, 'period'>) => string {
  const changes = (plan.charter.changes ?? []).map(({ on }) => on);
  if (changes.length === 0) return ({ period }) => periodStart(plan.year, period);
  return ({ period }) => String(changes.filter((on) => on <= period).length);
}

/** "claims of large size and high risk". */
export function kindName(word: string, columns: readonly string[], groups: readonly string[]): string {
  return `${word}s of ${listInWords(groups.map((value, i) => `${value} ${columns[i] ?? ''}`))}`;
}

/** Rows for each kind of case, most worth first, and one for all. */
function rowsOf(study: Study, data: PaymentData, word: string, costPerMinute: number) {
  const latest = new Set(latestPeriods(study).starts);
  const given = { costPerMinute, seed: study.seed, blockOf: blocksOf(study) };
  const rowOf = (
    name: string,
    isOwn: (groups: readonly string[]) => boolean,
    casesOf: readonly CasesOfKind[] = [],
  ): EffortRow => {
    const now = meanMinutes(data.cells.filter(({ period, groups }) => latest.has(period) && isOwn(groups)));
    const audited = data.audited.filter(({ groups }) => isOwn(groups));
    const curve = effortCurve(byChance(audited), { ...given, now, casesOf });
    return { name, curve, now, reading: readingOf(curve, now) };
  };
  const columns = groupColumns(study);
  const same = (a: readonly string[], b: readonly string[]) => a.every((value, i) => value === b[i]);
  const kinds = data.cells
    .map(({ groups }) => groups)
    .filter((groups, i, all) => all.findIndex((other) => same(groups, other)) === i);
  const nameOf = (groups: readonly string[]) => kindName(word, columns, groups);
  const worth = ({ curve: { found } }: EffortRow) => (found.isTold ? (found.window?.perMinute ?? 0) : 0);
  const rows =
    columns.length === 0 ? [] : kinds.map((groups) => rowOf(nameOf(groups), (own) => same(own, groups)));
  const casesOf = kinds.map((groups) => ({
    groups,
    cases: data.cells
      .filter((cell) => latest.has(cell.period) && same(groups, cell.groups))
      .reduce((sum, { cases }) => sum + cases, 0),
  }));
  return {
    all: rowOf(`all ${word}s`, () => true, casesOf),
    rows: rows.toSorted((a, b) => worth(b) - worth(a)),
  };
}

function nextSteps(told: readonly EffortRow[], word: string, lot: string): readonly string[] {
  const more = told.filter(({ reading }) => reading === 'more would pay');
  const guard =
    'See by the same audit that more care does not refuse or underpay people who are owed something.';
  if (more.length === 0) return [lot, guard];
  return [
    `Give more time to ${listInWords(more.map(({ name }) => name))}. Between quick and thorough let a lot decide for the ${word}s at the boundary, and audit both, so that the best time gets known more closely.`,
    guard,
  ];
}

/** How much effort a case is worth, by kind, from audited cases whose minutes had nothing to do with the case. */
export function effortResult(study: Study, data: PaymentData | null): Result | null {
  const { charter } = study.plan;
  const effort = charter.payments?.effort;
  if (!effort || !data) return null;
  const word = caseWord(study);
  const what = effort.what ?? 'work';
  const lot = `For some ${word}s let a lot or the queue set the minutes, not those who do the work, and audit some of them at random.`;
  if (charter.payments?.audit?.drawn !== 'at-random' || data.audited.length === 0)
    return cannotTell(
      study,
      about,
      'no payments were audited at random, and only an audit shows what effort saves',
      lot,
    );
  if (effort.by_chance === undefined)
    return cannotTell(
      study,
      about,
      `those who do the work choose how long they take and give harder ${word}s more, so that what a minute saves cannot be read from it`,
      lot,
    );
  const costPerMinute = charter.assumptions?.find(({ id }) => id === effort.minute_cost)?.value;
  if (costPerMinute === undefined)
    return cannotTell(
      study,
      about,
      'what a minute costs is not one number',
      'Give the assumption on the cost of a minute one value.',
    );
  const { all, rows } = rowsOf(study, data, word, costPerMinute);
  const { found } = all.curve;
  if (!found.isTold)
    return cannotTell(
      study,
      about,
      `too few audited ${word}s had their minutes set by something other than the ${word}`,
      lot,
    );
  const { label } = latestPeriods(study);
  const audits = data.audited.map(({ period }) => period).toSorted();
  const [first, last] = [audits[0] ?? '', audits.at(-1) ?? ''];
  const period = `${periodLabel(study.plan.grain, first)} to ${periodLabel(study.plan.grain, last)}`;
  const timed = data.audited.filter((one) => one.minutes !== null).length;
  const chosen = formatValue(1 - all.curve.cases / Math.max(1, timed), 'share');
  const lines = rows.length > 0 ? rows : [all];
  const told = lines.filter(({ reading }) => reading !== 'cannot tell');
  const condition = study.facts?.english(effort.by_chance) ?? effort.by_chance;
  return {
    id: 'effort',
    question,
    answer: effortInWords(all, lines, { word, what, costPerMinute }),
    status: told.length > 0 ? 'caution' : 'cannot-tell',
    figures: [all, ...rows].flatMap((row, i) => {
      const key = i === 0 ? 'all' : row.name.replaceAll(/\W+/g, '-');
      const { found: own } = row.curve;
      if (!own.isTold)
        return [figure(`best-${key}`, `Best minutes of ${what}, ${row.name}`, null, 'minutes', { period })];
      return [
        ...(own.window
          ? [
              figure(
                `saved-${key}`,
                `What a further minute of ${what} saves, ${row.name}`,
                own.window.perMinute,
                'pounds',
                {
                  interval: savingInterval(own.window),
                  period,
                  note: `between about ${minutesInWords(own.window.from)} and ${minutesInWords(own.window.to)}; a minute costs ${formatValue(costPerMinute, 'pounds')}`,
                },
              ),
            ]
          : []),
        figure(`best-${key}`, `Best minutes of ${what}, ${row.name}`, own.bagged, 'minutes', {
          interval: bestInterval(row.curve),
          period,
          ...(row.now === null ? {} : { note: `${minutesInWords(row.now)} in ${label}: ${row.reading}` }),
        }),
      ];
    }),
    tables: [effortTable([...rows, all], what, label), curveTable(all.curve, what)],
    charts: effortChart(all.curve, { word, what, costPerMinute }),
    caveats: [
      ...standingCaveats(study),
      `What effort saves is read only from audited ${word}s whose minutes had nothing to do with the ${word} (${condition}). For the other ${chosen} of those audited, and outside the audit, it cannot be told: those who do the work choose the minutes, and give harder ${word}s more.`,
      'The best is where a further minute saves what it costs, the mean over 1,000 draws of what was audited: between efforts that were tried it is not known closely, so read its range. A range that ends at the most or least minutes tried may go on beyond.',
      ...(rows.length > 1
        ? [`${rows.length} kinds are looked at: of twenty ranges one may miss the truth by chance.`]
        : []),
    ],
    next: nextSteps(told, word, lot),
    provenance: provenanceOf(study, method, {
      parameters: { pounds_a_minute: costPerMinute },
      recompute: [all, ...rows].flatMap(({ curve, now }) =>
        curve.found.isTold
          ? [
              {
                method: 'effort-return',
                input: {
                  ...{ groups: curve.groups, costPerMinute, assignment: 'quasi-random', seed: study.seed },
                  ...(curve.kinds.length > 1 ? { kinds: curve.kinds } : {}),
                  ...(now === null ? {} : { window: windowFrom(now) }),
                },
              },
            ]
          : [],
      ),
    }),
  };
}

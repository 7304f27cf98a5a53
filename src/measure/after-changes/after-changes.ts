import {
  type Chart,
  dateLabel,
  formatInterval,
  formatValue,
  leastCases,
  type Result,
  type Table,
} from '../../core/index.ts';
import {
  adjustForDiscoveries,
  type BeforeAfter,
  compareBeforeAfter,
  fewestWeeksEachSide,
} from '../../stats/index.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, standingCaveats } from '../wording.ts';
import { around, type Week, weekShares } from './week-shares.ts';

const question = 'Did what we changed make a difference?';
const method =
  'Difference of a share before and after, weeks as clusters (Cochran, 1977, 6.11), Student t (Welch, 1947); false discovery rate of 5% (Benjamini and Yekutieli, 2001)';
const mostWeeksAhead = 520;
const blockWeeks = 4;

interface Row {
  readonly change: { readonly id: string; readonly title: string; readonly on: string };
  readonly measure: { readonly id: string; readonly title: string; readonly direction: 'higher' | 'lower' };
  readonly before: readonly Week[];
  readonly after: readonly Week[];
  readonly found: BeforeAfter | null;
}

/** A row with whether its difference stands when every comparison on the page is allowed for. */
interface Judged extends Row {
  readonly stands: boolean;
}

const sum = (weeks: readonly Week[], of: (week: Week) => number) =>
  weeks.reduce((all, week) => all + of(week), 0);
const points = (value: number) => formatValue(value, 'percentage-points');
const tooFew = ({ before, after }: Row) =>
  Math.min(
    sum(before, ({ n }) => n),
    sum(after, ({ n }) => n),
  ) < leastCases;

function verdict(row: Judged): string {
  const { found, measure } = row;
  if (!found) return 'not enough evidence yet: too few weeks';
  if (!row.stands) return 'not enough evidence yet';
  return found.difference > 0 === (measure.direction === 'higher') ? 'better since' : 'worse since';
}

function moreWeeks(row: Judged): number | null {
  if (!row.found) return Math.max(0, fewestWeeksEachSide - row.after.length);
  const { moreWeeks: weeks } = row.found;
  return row.stands || weeks === null || weeks > mostWeeksAhead ? null : Math.max(1, weeks);
}

function settles(row: Judged): string {
  const more = moreWeeks(row);
  if (more !== null)
    return `About ${formatValue(more, 'count')} more ${more === 1 ? 'week' : 'weeks'} would settle it, if the difference stays as it is.`;
  return 'More weeks alone would not settle it: compare with an office where nothing was changed.';
}

function inWords(row: Judged): string {
  const { change, measure, found } = row;
  const since = `Since "${change.title}" (${dateLabel(change.on)}) "${measure.title}"`;
  if (!found) return `Not enough evidence yet of "${change.title}": it has run for too few weeks.`;
  const stands = `stands at ${formatValue(found.after, 'share')}, against ${formatValue(found.before, 'share')} before: ${points(found.difference)} (95% interval ${formatInterval(found.interval, 'percentage-points')})`;
  if (row.stands)
    return `${since} ${stands}. That is beyond chance, though not yet shown to come from the change.`;
  return `Not enough evidence yet. ${since} ${stands}, which chance alone could do. ${settles(row)}`;
}

/** What is said first: a difference that stands, else the latest change and the measure that carries most weight. */
function leading(rows: readonly Judged[], study: Study): Judged | undefined {
  const weight = ({ measure }: Judged) =>
    study.plan.measures.find((planned) => planned.measure.id === measure.id)?.measure.weight ?? 0;
  const order = (a: Judged, b: Judged) =>
    a.change.on === b.change.on ? weight(b) - weight(a) : a.change.on < b.change.on ? 1 : -1;
  return rows.filter(({ stands }) => stands).toSorted(order)[0] ?? rows.toSorted(order)[0];
}

function table(rows: readonly Judged[]): Table {
  return {
    id: 'before-and-after',
    title: 'Before and after each change',
    columns: [
      { key: 'change', title: 'What was changed', type: 'text' },
      { key: 'on', title: 'From', type: 'date' },
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'before', title: 'Before', type: 'share' },
      { key: 'casesBefore', title: 'Cases before', type: 'count' },
      { key: 'after', title: 'After', type: 'share' },
      { key: 'casesAfter', title: 'Cases after', type: 'count' },
      { key: 'difference', title: 'Difference', type: 'percentage-points' },
      { key: 'low', title: 'Low', type: 'percentage-points' },
      { key: 'high', title: 'High', type: 'percentage-points' },
      { key: 'weeks', title: 'Weeks since', type: 'count', ofNobody: true },
      { key: 'more', title: 'More weeks needed', type: 'count', ofNobody: true },
      { key: 'verdict', title: 'Reading', type: 'text' },
    ],
    rows: rows.map((row) => {
      const isShown = !tooFew(row);
      const found = isShown ? row.found : null;
      return {
        change: row.change.title,
        on: row.change.on,
        measure: row.measure.title,
        before: found?.before ?? null,
        casesBefore: isShown ? sum(row.before, ({ n }) => n) : null,
        after: found?.after ?? null,
        casesAfter: isShown ? sum(row.after, ({ n }) => n) : null,
        difference: found?.difference ?? null,
        low: found?.interval.low ?? null,
        high: found?.interval.high ?? null,
        weeks: row.after.length,
        more: moreWeeks(row),
        verdict: verdict(row),
      };
    }),
    notes: [
      'Before: the weeks since the change before it, a year of them at most. After: the weeks up to the next change. Only whole weeks count; a case counts in the week that counts it as done.',
      'More weeks needed: the weeks after which the range would leave out no difference, if the difference and the ups and downs stay as they are; empty where that would never come.',
    ],
  };
}

/** Four weeks and four weeks of a measure, for the picture. */
function blocks(weeks: readonly Week[]) {
  const parts = Array.from({ length: Math.floor(weeks.length / blockWeeks) }, (_, i) =>
    weeks.slice(i * blockWeeks, (i + 1) * blockWeeks),
  );
  return parts.map((own) => {
    const n = sum(own, (week) => week.n);
    return {
      start: own[0]?.start ?? '',
      n: n < leastCases ? null : n,
      share: n < leastCases ? null : sum(own, ({ has }) => has) / n,
    };
  });
}

function picture(row: Judged, weeks: readonly Week[], study: Study): { table: Table; chart: Chart } {
  const drawn = blocks(weeks);
  return {
    table: {
      id: 'four-weeks',
      title: `"${row.measure.title}" by four weeks`,
      columns: [
        { key: 'start', title: 'From', type: 'date' },
        { key: 'n', title: 'Cases', type: 'count' },
        { key: 'share', title: 'Share', type: 'share' },
      ],
      rows: drawn,
      notes: ['A share of fewer than ten cases is not shown.'],
    },
    chart: {
      kind: 'line',
      id: 'four-weeks',
      title: row.stands
        ? `"${row.measure.title}" moved by ${points(row.found?.difference ?? 0)} after "${row.change.title}"`
        : `"${row.measure.title}" goes up and down by more than it moved after "${row.change.title}"`,
      description: 'The share by four weeks, with the days on which something was changed.',
      table: 'four-weeks',
      yTitle: 'Share',
      yUnit: 'share',
      series: [
        { name: row.measure.title, points: drawn.map(({ start, share }) => ({ x: start, y: share })) },
      ],
      events: (study.plan.charter.changes ?? []).map(({ title, on }) => ({ label: title, x: on })),
    },
  };
}

/** Each change that the charter names, before against after, for every share of cases. Null where it names none. */
export async function afterChangesResult(study: Study): Promise<Result | null> {
  const changes = (study.plan.charter.changes ?? []).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  if (changes.length === 0) return null;
  const byMeasure = new Map<string, readonly Week[]>();
  const rows: Row[] = [];
  for (const planned of study.plan.measures) {
    const weeks = await weekShares(study, planned);
    if (!weeks) continue;
    byMeasure.set(planned.measure.id, weeks);
    changes.forEach((change, i) => {
      const { before, after } = around(weeks, change.on, changes[i - 1]?.on, changes[i + 1]?.on);
      rows.push({
        change,
        measure: planned.measure,
        before,
        after,
        found: compareBeforeAfter(before, after),
      });
    });
  }
  const adjusted = adjustForDiscoveries(
    rows.map(({ found }) => found?.p ?? 1),
    'dependent',
  );
  const judged = rows.map((row, i): Judged => ({ ...row, stands: (adjusted[i] ?? 1) < 0.05 }));
  const lead = leading(judged, study);
  if (!lead)
    return {
      id: 'after-changes',
      question,
      answer: 'Cannot tell: the charter names no measure that is a share of cases.',
      status: 'cannot-tell',
      figures: [],
      tables: [],
      charts: [],
      caveats: standingCaveats(study),
      next: ['Name in the charter, under "quality", a share of cases that the change should move.'],
      provenance: provenanceOf(study, method),
    };
  const others = judged.length - 1;
  const standing = judged.filter(({ stands }) => stands).length;
  const beside =
    others === 0
      ? ''
      : standing === 0
        ? ` The same holds of the other ${others === 1 ? 'comparison' : `${others} comparisons`}: none is beyond chance.`
        : ` ${standing} of ${judged.length} comparisons are beyond chance.`;
  const drawn = picture(lead, byMeasure.get(lead.measure.id) ?? [], study);
  return {
    id: 'after-changes',
    question,
    answer: `${inWords(lead)}${beside}`,
    status: standing > 0 ? 'caution' : 'cannot-tell',
    figures: judged.map((row) =>
      figure(
        `${row.change.id}-${row.measure.id}`,
        `"${row.measure.title}" after "${row.change.title}", less before`,
        tooFew(row) ? null : (row.found?.difference ?? null),
        'percentage-points',
        { interval: row.found?.interval ?? null, note: verdict(row) },
      ),
    ),
    tables: [table(judged), drawn.table],
    charts: [drawn.chart],
    caveats: [
      ...standingCaveats(study),
      'Before against after shows no cause: seasons, staff and what comes in change too. Offices that changed on different days, drawn by lot, would show it.',
      ...(judged.length > 1
        ? [
            `${judged.length} comparisons are made; a difference stands only where it would with all of them allowed for.`,
          ]
        : []),
    ],
    next: judged.some(({ stands }) => !stands)
      ? [
          ...(lead.stands
            ? []
            : [`${settles(lead)} Until then neither keep nor drop "${lead.change.title}" for its figures.`]),
          'Write down now what difference would be worth having, before the weeks are in.',
        ]
      : ['Ask who does the work what else was different, and try it where it has not been tried.'],
    provenance: provenanceOf(study, method, {
      recompute: judged.flatMap(({ before, after, found }) =>
        found
          ? [{ method: 'before-after', input: { before: before.map(counts), after: after.map(counts) } }]
          : [],
      ),
    }),
  };
}

const counts = ({ n, has }: Week) => ({ n, has });

import { addDays, dateLabel, formatInterval, formatValue, type Result } from '../../core/index.ts';
import { adjustForDiscoveries, compareBeforeAfter } from '../../stats/index.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, standingCaveats } from '../wording.ts';
import {
  behindTable,
  comparisonsTable,
  type Judged,
  moreWeeks,
  picture,
  points,
  type Row,
  tooFew,
  verdict,
} from './comparisons.ts';
import { around, type Week, weekShares } from './week-shares.ts';

const question = 'Did what we changed make a difference?';
const method =
  'Difference of a share before and after, weeks as clusters (Cochran, 1977, 6.11), Student t (Welch, 1947); false discovery rate of 5% (Benjamini and Yekutieli, 2001)';
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

/** The latest change first, and of it the measure that carries most weight; before all what stands. */
function inOrder(rows: readonly Judged[], study: Study): readonly Judged[] {
  const weight = ({ measure }: Judged) =>
    study.plan.measures.find((planned) => planned.measure.id === measure.id)?.measure.weight ?? 0;
  const order = (a: Judged, b: Judged) =>
    a.change.on === b.change.on ? weight(b) - weight(a) : a.change.on < b.change.on ? 1 : -1;
  return rows.toSorted((a, b) => Number(b.stands) - Number(a.stands) || order(a, b));
}

/** The weeks after a change, and from when on those before it are held against them. */
function weeksOf({ before, after }: Row): string | null {
  const [first, last, earlier] = [after[0], after.at(-1), before[0]];
  if (!first || !last || !earlier) return null;
  return `${dateLabel(first.start)} to ${dateLabel(addDays(last.start, 6))}, against weeks from ${dateLabel(earlier.start)}`;
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
  const judged = inOrder(
    rows.map((row, i): Judged => ({ ...row, stands: (adjusted[i] ?? 1) < 0.05 })),
    study,
  );
  const [lead] = judged;
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
        { interval: row.found?.interval ?? null, period: weeksOf(row), note: verdict(row) },
      ),
    ),
    tables: [comparisonsTable(judged), drawn.table, behindTable(judged)],
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
            : [`Until the weeks are in, neither keep nor drop "${lead.change.title}" for its figures.`]),
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

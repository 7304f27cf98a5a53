import {
  dateLabel,
  type Figure,
  formatValue,
  leastCases,
  listInWords,
  type Result,
  type Table,
} from '../../core/index.ts';
import type { Change } from '../change.ts';
import { weeksCompared } from '../comparison.ts';
import type { Study } from '../study.ts';
import { besideInWords, type Moved, toldOf } from '../verdict.ts';
import { figure } from '../wording.ts';
import type { CheckedGroup } from './checked-groups.ts';
import { likenessInWords } from './likeness.ts';
import { changeWithout } from './routes.ts';

/** Growth of something in the headline comparison with every group, and without one of them. */
interface WithoutGroup {
  readonly checked: CheckedGroup;
  readonly moved: Moved | null;
  readonly missing: string | null;
}

/** What is read off a change: its growth and range. */
type Reading = (change: Change) => Pick<Moved, 'growth' | 'interval'> | null;

/** The growth that a reading gives without each group of the charter in turn. */
export function withoutEachGroup(study: Study, headline: Change, reading: Reading): readonly WithoutGroup[] {
  return study.groups.map((checked) => {
    const { change, missing } = changeWithout(study, headline, checked);
    const read = change && reading(change);
    const told = read && toldOf(read.interval, weeksCompared(headline.comparison));
    return { checked, moved: read && told ? { ...read, told } : null, missing };
  });
}

function routesInWords(study: Study, { group }: CheckedGroup): string {
  return listInWords(group.places.map((o) => study.plan.outputs[o]?.title ?? ''));
}

/** One row a group: what it joins, why, who answers for it, and growth with and without it. Null without groups. */
export function groupsTable(
  study: Study,
  what: string,
  growth: number,
  without: readonly WithoutGroup[],
): Table | null {
  if (without.length === 0) return null;
  return {
    id: 'equivalence',
    title: `Routes to the same service under one weight: growth of ${what} with and without each group`,
    columns: [
      { key: 'group', title: 'Group', type: 'text' },
      { key: 'with', title: 'With the group', type: 'growth' },
      { key: 'without', title: 'Without it', type: 'growth' },
      { key: 'taken', title: 'The answer takes it', type: 'text' },
      { key: 'low', title: 'Of the other: low', type: 'growth' },
      { key: 'high', title: 'Of the other: high', type: 'growth' },
      { key: 'outcomes', title: 'Are the outcomes alike?', type: 'text' },
      { key: 'owner', title: 'Owner', type: 'text' },
      { key: 'since', title: 'Since', type: 'text' },
    ],
    rows: without.map((row) => ({
      group: row.checked.group.id,
      with: row.checked.isApart ? (row.moved?.growth ?? null) : growth,
      without: row.checked.isApart ? growth : (row.moved?.growth ?? null),
      taken: row.checked.isApart ? 'apart' : 'together',
      low: row.moved?.interval?.low ?? null,
      high: row.moved?.interval?.high ?? null,
      outcomes: likenessInWords(row.checked.likeness, row.checked.group.margin),
      owner: row.checked.group.owner ?? 'not stated',
      since: row.checked.group.since === null ? 'not stated' : dateLabel(row.checked.group.since),
    })),
    notes: [
      ...without.map(
        ({ checked }) =>
          `"${checked.group.id}" is ${routesInWords(study, checked)}. Why, as the charter has it: ${checked.group.reason}`,
      ),
      'With the group its routes share one weight, their mean unit cost in the earlier periods. Without it each keeps its own, so that a move to a cheaper route reads as lost output.',
      ...without.flatMap(({ checked, missing }) =>
        missing === null
          ? []
          : [
              `Growth ${checked.isApart ? 'with' : 'without'} the group "${checked.group.id}" cannot be told: ${missing}.`,
            ],
      ),
    ],
  };
}

function marginsInWords(study: Study): string {
  const margins = study.groups.map(
    ({ group }) => `${formatValue(100 * group.margin, 'number')} points in "${group.id}"`,
  );
  return listInWords(margins);
}

/** Every share of quality by route, with the interval of its difference from the largest. Null where none was compared. */
export function likenessTable(study: Study): Table | null {
  const rows = study.groups.flatMap(({ group, likeness }) =>
    likeness.rows.map((row) => ({
      group: group.id,
      measure: row.measure,
      route: row.route,
      n: row.n >= leastCases ? row.n : null,
      share: row.share,
      // The route that the others are compared with differs from itself by nothing.
      difference: row.likeness === null ? 0 : row.difference,
      low: row.likeness === null ? 0 : (row.interval?.low ?? null),
      high: row.likeness === null ? 0 : (row.interval?.high ?? null),
      verdict: row.likeness ?? 'the one compared with',
    })),
  );
  if (rows.length === 0) return null;
  const period = study.headline?.comparison.laterLabel;
  return {
    id: 'equivalence-check',
    title: `Are the outcomes of the routes alike${period === undefined ? '' : `, in ${period}`}?`,
    columns: [
      { key: 'group', title: 'Group', type: 'text' },
      { key: 'measure', title: 'Quality', type: 'text' },
      { key: 'route', title: 'Route', type: 'text' },
      { key: 'n', title: 'Cases', type: 'count' },
      { key: 'share', title: 'Share', type: 'share' },
      { key: 'difference', title: 'Difference', type: 'percentage-points' },
      { key: 'low', title: 'Low', type: 'percentage-points' },
      { key: 'high', title: 'High', type: 'percentage-points' },
      { key: 'verdict', title: 'Alike?', type: 'text' },
    ],
    rows,
    notes: [
      `Each route is measured against the one with most cases. Alike: the whole 95% interval of the difference lies within what it may be (${marginsInWords(study)}). Not alike: all of it lies beyond. Else it cannot be told.`,
      'People choose a route: those of one may have had a better or worse outcome by any. Averages are not compared.',
    ],
  };
}

/** What a reader must know of groups: outcomes that are not alike or not checked, and who answers for the group. */
export function equivalenceCaveats(study: Study): readonly string[] {
  return study.groups.flatMap(({ group, likeness, isApart }) => {
    const words = likenessInWords(likeness, group.margin);
    const unsaid = [
      ...(group.owner === null ? ['who answers for it'] : []),
      ...(group.since === null ? ['since when it holds'] : []),
    ];
    return [
      ...(likeness.likeness === 'alike'
        ? []
        : isApart
          ? [
              `The group "${group.id}" is taken apart here, each route at its own unit cost and with the quality of the whole group, since its check has failed; the outcomes of its routes: ${words}.`,
            ]
          : [
              `Outputs of the group "${group.id}" share one weight as the same service; their outcomes: ${words}.${likeness.likeness === 'not alike' ? ' Not every output has a unit cost by which to take them apart.' : ''}`,
            ]),
      ...(unsaid.length > 0
        ? [`Of the group "${group.id}" the charter does not say ${listInWords(unsaid)}.`]
        : []),
    ];
  });
}

/** One sentence a group on growth of something without it. */
export function withoutInWords(what: string, without: readonly WithoutGroup[]): readonly string[] {
  return without.flatMap(({ checked, moved }) =>
    moved === null
      ? []
      : [
          checked.isApart
            ? `Growth of ${what} with the group "${checked.group.id}" under one weight, as the charter has it: ${besideInWords(moved)}.`
            : `Growth of ${what} without the group "${checked.group.id}", each route at its own weight: ${besideInWords(moved)}.`,
        ],
  );
}

/** Groups without which something is not told to have moved the same way. */
function decisive(growth: number, without: readonly WithoutGroup[]): readonly WithoutGroup[] {
  return without.filter(
    ({ moved }) => moved !== null && (moved.told !== 'told' || moved.growth * growth <= 0),
  );
}

/** What an answer adds where a told change hangs on a group: "; without the group "a" it fell by 7.4%". */
export function hangsOnGroups(main: Moved, without: readonly WithoutGroup[]): string {
  if (main.told !== 'told') return '';
  return decisive(main.growth, without)
    .flatMap(({ checked, moved }) =>
      moved
        ? [
            `; ${checked.isApart ? 'with' : 'without'} the group "${checked.group.id}"${checked.isApart ? ' under one weight' : ''} ${besideInWords(moved)}`,
          ]
        : [],
    )
    .join('');
}

/**
 * No better than a caution where routes that stay under one weight were found not to have the same outcome, or where a
 * change hangs on a group whose routes were not found to have it.
 */
export function heedLikeness(
  study: Study,
  status: Result['status'],
  growth: number | null = null,
  without: readonly WithoutGroup[] = [],
): Result['status'] {
  const differs = study.groups.some(({ likeness, isApart }) => likeness.likeness === 'not alike' && !isApart);
  const hangs =
    growth !== null &&
    decisive(growth, without).some(
      ({ checked }) => checked.likeness.likeness !== 'alike' && !checked.isApart,
    );
  return status === 'sound' && (differs || hangs) ? 'caution' : status;
}

/** What to do of groups that fail their check. */
export function equivalenceNext(study: Study): readonly string[] {
  return study.groups.flatMap(({ group, likeness, isApart }) =>
    likeness.likeness === 'not alike'
      ? [
          `Take the group "${group.id}" apart in the charter${isApart ? ', as the figures do' : ', with a unit cost for each route'}, or state a margin and why the difference does not matter.`,
        ]
      : [],
  );
}

/** A figure for each group without which growth can be told. */
export function withoutFigures(
  what: string,
  without: readonly WithoutGroup[],
  headline: Change,
): readonly Figure[] {
  return without.flatMap(({ checked, moved }) =>
    moved === null
      ? []
      : [
          figure(
            `${checked.isApart ? 'with' : 'without'}-group-${checked.group.id}`,
            `Growth of ${what} ${checked.isApart ? 'with' : 'without'} the group "${checked.group.id}"${checked.isApart ? ' under one weight' : ''}`,
            moved.growth,
            'growth',
            {
              interval: moved.interval,
              period: headline.comparison.laterLabel,
              note: `on ${headline.comparison.earlierLabel}`,
            },
          ),
        ],
  );
}

import { type Facts, shownColumns } from '../../define/index.ts';
import { identifier, joinSql, type RowClass, type RowTrail, type Sql, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';
import { inRanges, type Span } from './spans.ts';

/** A share or mean of the charter over cases. */
export interface CaseMeasure {
  readonly title: string;
  readonly share?: string | undefined;
  readonly mean?: string | undefined;
  readonly of?: string | undefined;
}

/** A way in which a case of a span is counted, or why it is left out; the first that holds. */
export interface CasePart {
  readonly id: string;
  readonly title: string;
  readonly used: boolean;
  /** Null on the last, which takes the rest. */
  readonly where: Sql | null;
}

/** What places cases in the spans: a time on the wall, and the conditions of what is counted. */
export interface CaseScope {
  /** For each output, or for all cases together: when a case is placed and which cases it takes; no condition takes all. */
  readonly counted: readonly { readonly at: string; readonly where: Sql | null }[];
  /** Why a case with a time is not among them. */
  readonly otherwise: string;
}

/** "closed" as "Not closed yet", "decided_at" as "No time for decided at". */
function notThere(times: readonly string[]): string {
  return times.every((time) => time === 'closed')
    ? 'Not closed'
    : `Without a time in ${times.map((time) => `"${time.replaceAll('_', ' ')}"`).join(' or ')}`;
}

/** The scope of outputs that come from cases, by their places in the charter's list. */
export function scopeOfOutputs({ plan }: Study, facts: Facts, outputs: readonly number[]): CaseScope {
  const own = outputs.flatMap((o) => {
    const output = plan.outputs[o];
    return output?.from === 'cases' ? [output] : [];
  });
  return {
    counted: own.map(({ at, where }) => ({
      at: at ?? 'closed',
      where: where === undefined ? null : facts.condition(where),
    })),
    otherwise:
      own.length === plan.outputs.length
        ? 'Ended in a way that is no output'
        : 'Counted by another output, or by none',
  };
}

/** A trail over all cases: those of each span by its parts, then why the others are left out. */
export function caseTrail(
  study: Study,
  facts: Facts,
  scope: CaseScope,
  spans: readonly Span[],
  parts: readonly CasePart[],
  own: Pick<RowTrail, 'id' | 'title' | 'gives'> & Partial<Pick<RowTrail, 'value'>>,
): RowTrail {
  const { dialect } = study.workspace.warehouse;
  const takes = (where: Sql | null) => (where === null ? sql`` : sql` and ${where}`);
  const within = (span: Span) =>
    joinSql(
      scope.counted.map(
        ({ at, where }) => sql`(${inRanges(dialect, 'time', facts.wall(at), span.ranges)}${takes(where)})`,
      ),
      ' or ',
    );
  const several = spans.length > 1;
  const ofSpans = spans.flatMap((span) =>
    parts.map(
      ({ id, title, used, where }): RowClass => ({
        id: several ? `${span.id}-${id}` : id,
        title: several ? `${title}, ${span.label}` : title,
        used,
        where: where === null ? sql`(${within(span)})` : sql`(${within(span)}) and ${where}`,
      }),
    ),
  );
  const times = [...new Set(scope.counted.map(({ at }) => at))];
  const anyTime = joinSql(
    scope.counted.map(({ at, where }) => sql`(${facts.wall(at)} is not null${takes(where)})`),
    ' or ',
  );
  const noTime = joinSql(
    times.map((time) => sql`${facts.wall(time)} is null`),
    ' and ',
  );
  const labels = spans.map(({ label }) => label).join(' and ');
  return {
    ...own,
    table: 'cases',
    from: sql`${identifier(facts.table)}`,
    columns: shownColumns(facts),
    order: [sql`${identifier('case_id')}`],
    classes: [
      ...ofSpans,
      {
        id: 'other-periods',
        title: times.every((time) => time === 'closed')
          ? `Closed outside ${labels}`
          : `Counted outside ${labels}`,
        used: false,
        where: sql`(${anyTime})`,
      },
      { id: 'no-time', title: notThere(times), used: false, where: noTime },
      { id: 'open', title: 'Still open', used: false, where: sql`${facts.ends.at} is null` },
      { id: 'otherwise', title: scope.otherwise, used: false, where: null },
    ],
  };
}

/** How the cases of a span are counted by a share or mean of the charter. */
function partsOfMeasure(facts: Facts, { share, mean, of }: CaseMeasure): readonly CasePart[] {
  const notCovered =
    of === undefined
      ? []
      : [
          {
            id: 'not-covered',
            title: `Not covered: it speaks only of ${facts.english(of)}`,
            used: false,
            where: sql`not ${facts.condition(of)}`,
          },
        ];
  const unknown = { id: 'unknown', title: 'Not known: a value that it needs is missing', used: false };
  if (share !== undefined)
    return [
      ...notCovered,
      { ...unknown, where: facts.unknown(share) },
      { id: 'met', title: 'Counted: met', used: true, where: facts.condition(share) },
      { id: 'not-met', title: 'Counted: not met', used: true, where: null },
    ];
  return [
    ...notCovered,
    { ...unknown, where: sql`${facts.number(mean ?? '')} is null` },
    { id: 'counted', title: 'Counted', used: true, where: null },
  ];
}

/** The cases behind a share or mean over some spans, those of `before` left out; with one span they give its value. */
export function measureTrail(
  study: Study,
  facts: Facts,
  scope: CaseScope,
  spans: readonly Span[],
  measure: CaseMeasure,
  id: string,
  before: readonly CasePart[] = [],
): RowTrail {
  const alone = spans.length === 1;
  const isShare = measure.share !== undefined;
  return caseTrail(study, facts, scope, spans, [...before, ...partsOfMeasure(facts, measure)], {
    id,
    title: `Cases: ${measure.title}`,
    gives: !alone
      ? null
      : isShare
        ? { kind: 'share', part: ['met'], of: ['met', 'not-met'] }
        : { kind: 'mean', of: ['counted'] },
    ...(isShare ? {} : { value: { title: measure.title, sql: facts.number(measure.mean ?? '') } }),
  });
}

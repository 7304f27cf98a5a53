import type { Result } from '../../core/index.ts';
import { leastCases } from '../../core/index.ts';
import { type FigureRows, identifier, joinSql, type Row, sql } from '../../stores/index.ts';
import { placeCases } from '../compare/place-cases.ts';
import { clockRestartFinding, restartConditions } from '../findings/clock-restart.ts';
import { conditionsOfTarget, targetGaps } from '../findings/target-covers-part.ts';
import { stagesOfCases } from '../queries/front-back.ts';
import { commonVariants } from '../queries/variants.ts';
import { effortRows } from './event-rows.ts';
import type { Tracing } from './tracing.ts';
import { affectedTrail, casesTrail, hasSteps, leftOut, only, used } from './trails.ts';

const noRows = (why: string): FigureRows => ({ noRows: why });

const days = { title: 'Days, first to last step', sql: sql`duration_days` };

async function hasClosing({ workspace }: Tracing): Promise<boolean> {
  const [state] = await workspace.warehouse.query<Row & { said: number }>(
    sql`select count(closed) as said from case_facts`,
  );
  return (state?.said ?? 0) > 0;
}

/** Closed cases with their days, or the cases still open. */
export async function throughputRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const open = (await hasClosing(tracing)) ? sql`closed is null` : sql`false`;
  if (figure === 'open-cases')
    return only(
      casesTrail(tracing, [used('open', 'Still open', open), leftOut('closed', 'Closed', null)], {
        gives: { kind: 'count', of: ['open'] },
      }),
    );
  const of = ['counted'];
  return only(
    casesTrail(
      tracing,
      [
        leftOut('open', 'Still open', open),
        leftOut('no-steps', 'Without a step that has a time', sql`duration_days is null`),
        used('counted', 'Counted', null),
      ],
      {
        value: days,
        gives:
          figure === 'closed-cases'
            ? { kind: 'count', of }
            : { kind: 'quantile', p: figure === 'median-days' ? 0.5 : 0.9, of },
      },
    ),
  );
}

/** Cases by how they end; the figure's id ends in the ending. */
export function endingRows(
  tracing: Tracing,
  figure: { readonly id: string; readonly name: string },
): FigureRows {
  const declared = (tracing.workspace.loaded.charter.endings ?? []).length > 0;
  const column = identifier(declared ? 'ending' : 'last_step');
  const ending = figure.id.slice('ending-'.length);
  // An ending that is not named has this id, and so may a step: the figure's name tells them apart.
  const isNone = ending === 'none' && /^No (ending|step) /.test(figure.name);
  return only(
    casesTrail(
      tracing,
      [
        used('these', figure.name, isNone ? sql`${column} is null` : sql`${column} = ${ending}`),
        used('others', 'Ended otherwise', null),
      ],
      { gives: { kind: 'share', part: ['these'], of: ['these', 'others'] } },
    ),
  );
}

/** Cases that follow the ten most common sequences, or a sequence of their own. */
export async function variantRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const none = leftOut('no-steps', 'Without a step that has a time', sql`variant is null`);
  if (figure === 'single')
    return only(
      casesTrail(
        tracing,
        [
          none,
          used('alone', 'The only case that goes this way', sql`of_variant = 1`),
          leftOut('shared', 'Goes a way that others go too', null),
        ],
        {
          from: sql`(select f.*, count(*) over (partition by variant) as of_variant from case_facts as f) as case_rows`,
          gives: { kind: 'count', of: ['alone'] },
        },
      ),
    );
  const top = (await commonVariants(tracing.workspace.warehouse, 10, [])).map(
    ({ variant }) => sql`${variant}`,
  );
  return only(
    casesTrail(
      tracing,
      [
        none,
        used(
          'common',
          'One of the ten most common ways',
          top.length === 0 ? sql`false` : sql`variant in (${joinSql(top, ', ')})`,
        ),
        used('others', 'Another way', null),
      ],
      { gives: { kind: 'share', part: ['common'], of: ['common', 'others'] } },
    ),
  );
}

/** Cases with time before the eyes of the person and time behind the scenes. */
export function frontBackRows(tracing: Tracing, figure: string): FigureRows {
  const front = tracing.workspace.loaded.charter.steps?.front ?? [];
  if (front.length === 0) return noRows('The charter does not say which steps the person sees.');
  const stages = stagesOfCases(tracing.workspace.warehouse, front, tracing.costs.minutes, null);
  const from = sql`(select k.*, v.case_id is not null as has_both, v.front as front, v.hidden as hidden, v.shifted as shifted,
  v.systems as systems from case_facts as k left join (${stages}) as v on v.case_id = k.case_id) as case_rows`;
  const none = leftOut(
    'not-both',
    'Without steps of both kinds, the one that the person sees first',
    sql`not has_both`,
  );
  const counts = {
    'channel-shift': ['shifted', 'Began online, went on another way'],
    'two-systems': ['systems', 'Worked on in two systems'],
  } as const;
  const counted = counts[figure as keyof typeof counts];
  if (counted) {
    const [column, title] = counted;
    return only(
      casesTrail(
        tracing,
        [none, used('these', title, sql`${identifier(column)} = 1`), leftOut('others', 'Not so', null)],
        { from, gives: { kind: 'count', of: ['these'] } },
      ),
    );
  }
  const isFront = figure === 'front-days';
  return only(
    casesTrail(tracing, [none, used('counted', 'Counted', null)], {
      from,
      value: isFront
        ? { title: 'Days that the person sees', sql: sql`front` }
        : { title: 'Days behind the scenes', sql: sql`hidden` },
      gives: figure === 'gap' ? null : { kind: 'quantile', p: 0.5, of: ['counted'] },
    }),
  );
}

/** Finished cases whose clock started again, and what goes with it, of the first clock that does so in ten cases. */
export async function restartRows(tracing: Tracing, figure: string, clockId?: string): Promise<FigureRows> {
  const { workspace, facts, costs, outcome } = tracing;
  const { charter } = workspace.loaded;
  for (const clock of charter.clocks ?? []) {
    if (!clock.restart?.length || (clockId !== undefined && clock.id !== clockId)) continue;
    const found = await clockRestartFinding(workspace, facts, clock, costs, null, []);
    if (!found) continue;
    const { restarted, finished, understated } = restartConditions(workspace, clock);
    const open = leftOut('not-finished', 'Not finished: it may yet start again', sql`not (${finished})`);
    const again = used('restarted', 'The clock started again', restarted);
    const others = used('others', 'It did not', null);
    const share = { kind: 'share', part: ['restarted'], of: ['restarted', 'others'] } as const;
    if (figure === 'restarted')
      return only(
        casesTrail(tracing, [open, again, leftOut('others', 'It did not', null)], {
          gives: { kind: 'count', of: ['restarted'] },
        }),
      );
    if (figure === 'restart-share') return only(casesTrail(tracing, [open, again, others], { gives: share }));
    if (figure === 'effort-share') return effortRows(tracing, sql`(${finished}) and ${restarted}`, finished);
    if (figure === 'understated-days')
      return only(
        casesTrail(tracing, [open, again, leftOut('others', 'It did not', null)], {
          value: { title: 'Days by which recorded age is too short', sql: understated },
          gives: { kind: 'quantile', p: 0.5, of: ['restarted'] },
        }),
      );
    if (figure === 'missed-share') {
      if (!outcome) return noRows('The charter names no outcome that cases can miss.');
      return only(
        casesTrail(
          tracing,
          [
            leftOut('not-counted', `Not counted by "${outcome.title}"`, sql`not (${outcome.counted})`),
            leftOut('met', 'Met it', outcome.good),
            again,
            used('others', 'Missed it, and the clock did not start again', null),
          ],
          { gives: share },
        ),
      );
    }
    const marked = joinSql(
      found.restart.precursors.map(({ affected }) => sql`case_id in (${affected})`),
      ' or ',
    );
    if (found.restart.precursors.length === 0) return noRows('No mark goes with starting again.');
    const isOthers = figure === 'others-preceded-share';
    return only(
      casesTrail(
        tracing,
        [
          open,
          isOthers
            ? leftOut('restarted', 'The clock started again', restarted)
            : leftOut('others', 'It did not start again', sql`not (${restarted})`),
          used('marked', 'With one of the marks', marked),
          used('unmarked', 'With none of them', null),
        ],
        { gives: { kind: 'share', part: ['marked'], of: ['marked', 'unmarked'] } },
      ),
    );
  }
  return noRows('No clock of the charter starts again in ten finished cases or more.');
}

/** Cases behind the target that reads furthest from what everyone gets: as it counts, for everyone, or what it covers. */
export async function targetRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const { workspace, facts } = tracing;
  const gaps = await targetGaps(workspace, facts, []);
  const [widest] = gaps.toSorted(
    (a, b) => b.targetShare - b.everyoneShare - (a.targetShare - a.everyoneShare),
  );
  const found = widest && conditionsOfTarget(workspace, facts, widest.id);
  if (!found) return noRows('No target of the charter is compared with a measure for everyone.');
  const { covers, met, everyone, good } = found;
  const share = { kind: 'share', part: ['met'], of: ['met', 'not-met'] } as const;
  if (figure === 'target-share')
    return only(
      casesTrail(
        tracing,
        [
          leftOut('not-covered', 'Not counted by the target, or not known', sql`not (${covers})`),
          used('met', 'Counted: met', met),
          used('not-met', 'Counted: not met', null),
        ],
        { gives: share },
      ),
    );
  const nobody = leftOut(
    'not-served',
    'No output that the measure speaks for, or not known',
    sql`not (${everyone})`,
  );
  if (figure === 'everyone-share')
    return only(
      casesTrail(
        tracing,
        [nobody, used('met', 'Counted: met', good), used('not-met', 'Counted: not met', null)],
        {
          gives: share,
        },
      ),
    );
  return only(
    casesTrail(
      tracing,
      [nobody, used('met', 'Covered by the target', covers), used('not-met', 'Left out by it', null)],
      { gives: share },
    ),
  );
}

/** Cases turned back that came back, and what that took; or checked before another check turned them down. */
export async function turnedRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const evidence = await tracing.turned();
  if (!evidence) return noRows('The charter names no step that turns a case back.');
  const isCheck = /^(checked|order)-/.test(figure);
  const kept = isCheck ? sql`checked_in_vain` : sql`rejection_loops`;
  const vain = evidence.checks?.checks.filter(({ inVain }) => inVain.cases >= leastCases) ?? [];
  const steps = joinSql(
    vain.map(({ step }) => sql`${step}`),
    ', ',
  );
  const narrowed = !isCheck ? sql`` : vain.length === 0 ? sql` where false` : sql` where step in (${steps})`;
  const dayColumn = isCheck ? sql`0` : sql`sum(days)`;
  const from = sql`(select f.*, r.case_id is not null as is_found, r.minutes as took_minutes, r.pounds as took_pounds, r.took_days as took_days
  from case_facts as f left join (select case_id, sum(minutes) as minutes, sum(pounds) as pounds, ${dayColumn} as took_days
    from ${kept}${narrowed} group by case_id) as r on r.case_id = f.case_id) as case_rows`;
  if (figure.startsWith('order-')) {
    const had = joinSql(
      (evidence.checks?.checks ?? []).map(({ step }) => sql`${step}`),
      ', ',
    );
    return only(
      affectedTrail(tracing, sql`select case_id from work_steps where step in (${had})`, {
        named: 'With one of the checks',
        gives: null,
      }),
    );
  }
  const value = figure.endsWith('hours')
    ? { title: 'Hours', sql: sql`took_minutes / 60.0` }
    : figure.endsWith('pounds')
      ? { title: 'Pounds', sql: sql`took_pounds` }
      : { title: 'Days', sql: sql`took_days` };
  const isShare = figure === 'loop-cases' || figure === 'loop-returned';
  const turned = sql`case_id in (select case_id from turned_rows)`;
  const isAmongTurned = figure === 'loop-returned';
  const found = used(
    'found',
    isCheck ? 'Checked before another check turned it down' : 'Turned back, and came back',
    sql`is_found`,
  );
  const rest = [
    leftOut('others', 'Other cases with steps', hasSteps),
    leftOut('no-steps', 'Without a step that has a time', null),
  ];
  const classes = isCheck
    ? [found, ...rest]
    : isAmongTurned
      ? [found, used('turned', 'Turned back or down, and did not come back', turned), ...rest]
      : [
          found,
          used('turned', 'Turned back or down, and did not come back', turned),
          used('others', 'Not turned back', hasSteps),
          leftOut('no-steps', 'Without a step that has a time', null),
        ];
  const of = isAmongTurned ? ['found', 'turned'] : ['found', 'turned', 'others'];
  return only(
    casesTrail(
      tracing,
      isShare || isCheck
        ? classes
        : [found, leftOut('turned', 'Turned back or down, and did not come back', turned), ...rest],
      {
        from,
        ...(isShare ? {} : { value }),
        gives: isShare
          ? { kind: 'share', part: ['found'], of }
          : figure === 'loop-delay'
            ? null
            : { kind: 'sum', of: ['found'] },
      },
    ),
  );
}

/** Cases on one of the two sides that a Result compares. */
export async function compareRows(tracing: Tracing, result: Result, figure: string): Promise<FigureRows> {
  const { by, first, second } = result.provenance.parameters;
  const side = figure.startsWith('first-') ? first : second;
  const { dimensions } = await placeCases(tracing.workspace, tracing.facts, []);
  const dimension = dimensions.find(({ id }) => id === by);
  const value = dimension?.values.find((one) => dimension.label(one.value) === side)?.value;
  if (!dimension || value === undefined) return noRows('The two sides cannot be told from the data.');
  const on = sql`case_id in (select compared_id from compared where dimension = ${dimension.id} and side = ${value})`;
  const placed = sql`case_id in (select compared_id from compared where dimension = ${dimension.id})`;
  const others = [
    leftOut('other-sides', 'On another side', placed),
    leftOut('no-side', 'On no side that is compared', null),
  ];
  const these = used('these', String(side), on);
  if (figure.endsWith('-cases'))
    return only(casesTrail(tracing, [these, ...others], { gives: { kind: 'count', of: ['these'] } }));
  const isOpen = (await hasClosing(tracing)) ? sql`closed is null` : sql`false`;
  const untimed = sql`(duration_days is null or ${isOpen})`;
  return only(
    casesTrail(
      tracing,
      [
        leftOut('untimed', 'Still open, or without a step that has a time', sql`(${on}) and ${untimed}`),
        these,
        ...others,
      ],
      {
        value: days,
        gives: { kind: 'quantile', p: figure.endsWith('median') ? 0.5 : 0.9, of: ['these'] },
      },
    ),
  );
}

import { nextPeriod, periodLabel, type Result } from '../../core/index.ts';
import {
  type FigureRows,
  identifier,
  joinSql,
  leftOutRows,
  type Sql,
  sql,
  usedRows,
} from '../../stores/index.ts';
import { placeCases } from '../compare/place-cases.ts';
import { conditionsOfTarget, targetGaps } from '../findings/target-covers-part.ts';
import { stagesOfCases } from '../queries/front-back.ts';
import { commonVariants, waysOfWork } from '../queries/variants.ts';
import type { Tracing } from './tracing.ts';
import { casesTrail, noRows, only } from './trails.ts';

const days = { title: 'Days, first to last step', sql: sql`duration_days` };

/** Cases that have not ended. */
function stillOpen({ facts: { ends } }: Tracing): Sql {
  return ends.rule === 'last-step' ? sql`false` : sql`${ends.at} is null`;
}

/** Closed cases with their days, or the cases still open. */
export async function throughputRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const open = stillOpen(tracing);
  if (figure === 'open-cases')
    return only(
      casesTrail(tracing, [usedRows('open', 'Still open', open), leftOutRows('closed', 'Closed', null)], {
        gives: { kind: 'count', of: ['open'] },
      }),
    );
  const of = ['counted'];
  return only(
    casesTrail(
      tracing,
      [
        leftOutRows('open', 'Still open', open),
        leftOutRows('no-steps', 'Without a step that has a time', sql`duration_days is null`),
        usedRows('counted', 'Counted', null),
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

/** Cases that ended in one period, by its first day. */
export async function closedInPeriodRows(tracing: Tracing, start: string): Promise<FigureRows> {
  const { loaded, warehouse } = tracing.workspace;
  const { dialect } = warehouse;
  const { grain } = loaded.charter.reporting;
  const ended = tracing.facts.ends.wall;
  const within = sql`${ended} >= ${dialect.timestampValue(`${start}T00:00:00Z`)} and ${ended} < ${dialect.timestampValue(`${nextPeriod(grain, start)}T00:00:00Z`)}`;
  return only(
    casesTrail(
      tracing,
      [
        leftOutRows('open', 'Still open', stillOpen(tracing)),
        leftOutRows('no-steps', 'Without a step that has a time', sql`duration_days is null`),
        usedRows('these', `Ended in ${periodLabel(grain, start)}`, within),
        leftOutRows('other-periods', 'Ended in another period', null),
      ],
      { value: days, gives: { kind: 'count', of: ['these'] } },
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
        usedRows('these', figure.name, isNone ? sql`${column} is null` : sql`${column} = ${ending}`),
        usedRows('others', 'Ended otherwise', null),
      ],
      { gives: { kind: 'share', part: ['these'], of: ['these', 'others'] } },
    ),
  );
}

/** Cases that follow the ten most common sequences, or a sequence of their own. */
export async function variantRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const none = leftOutRows('no-steps', 'Without a step that has a time', sql`way is null`);
  const from = (more: Sql) =>
    sql`(select f.*, w.way as way${more} from case_facts as f left join work_ways as w on w.case_id = f.case_id) as case_rows`;
  if (figure === 'single')
    return only(
      casesTrail(
        tracing,
        [
          none,
          usedRows('alone', 'The only case that goes this way', sql`of_way = 1`),
          leftOutRows('shared', 'Goes a way that others go too', null),
        ],
        {
          from: from(sql`, count(*) over (partition by w.way) as of_way`),
          gives: { kind: 'count', of: ['alone'] },
        },
      ),
    );
  const top = (await commonVariants(tracing.workspace.warehouse, waysOfWork, 10, [])).map(
    ({ way }) => sql`${way}`,
  );
  return only(
    casesTrail(
      tracing,
      [
        none,
        usedRows(
          'common',
          'One of the ten most common ways',
          top.length === 0 ? sql`false` : sql`way in (${joinSql(top, ', ')})`,
        ),
        usedRows('others', 'Another way', null),
      ],
      { from: from(sql``), gives: { kind: 'share', part: ['common'], of: ['common', 'others'] } },
    ),
  );
}

/** Cases that end in one way, by its title. */
export function endedRows(tracing: Tracing, title: string): FigureRows {
  const endings = tracing.workspace.loaded.charter.endings ?? [];
  const isNone = /^No (ending of the charter holds|step with a time)$/.test(title);
  const id = isNone ? 'none' : (endings.find((one) => one.title === title)?.id ?? title);
  const rows = endingRows(tracing, { id: `ending-${id}`, name: title });
  return 'noRows' in rows ? rows : only({ ...rows.trails[0], gives: { kind: 'count', of: ['these'] } });
}

/** Cases of one group, or all, with time before the eyes of the person and time behind the scenes; titles as in the table. */
export function stagesOfGroupRows(tracing: Tracing, group: string, value: string): FigureRows {
  const { workspace, costs } = tracing;
  const { groups, steps } = workspace.loaded.charter;
  const front = steps?.front ?? [];
  const column = groups?.find(({ title }) => title === group)?.column;
  if (front.length === 0) return noRows('The charter does not say which steps the person sees.');
  const stages = stagesOfCases(workspace.warehouse, front, costs.minutes, column ?? null);
  const from = sql`(select k.*, v.case_id is not null as has_both, v.value as group_value, v.hidden as hidden from case_facts as k left join (${stages}) as v on v.case_id = k.case_id) as case_rows`;
  return only(
    casesTrail(
      tracing,
      [
        leftOutRows(
          'not-both',
          'Without steps of both kinds, the one that the person sees first',
          sql`not has_both`,
        ),
        usedRows('these', column ? value : 'All cases', sql`group_value = ${column ? value : 'all'}`),
        leftOutRows('others', 'Of another group, or of none', null),
      ],
      {
        from,
        gives: { kind: 'count', of: ['these'] },
        value: { title: 'Days behind the scenes', sql: sql`hidden` },
      },
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
  const none = leftOutRows(
    'not-both',
    'Without steps of both kinds, the one that the person sees first',
    sql`not has_both`,
  );
  const counts = {
    'channel-shift': [
      'shifted',
      'Began online, went on another way',
      'Without a channel at the first step, or, begun online, at any later one',
    ],
    'two-systems': ['systems', 'Worked on in two systems', 'Without a system at any step'],
  } as const;
  const counted = counts[figure as keyof typeof counts];
  if (counted) {
    const [column, title, untold] = counted;
    return only(
      casesTrail(
        tracing,
        [
          none,
          leftOutRows('not-known', untold, sql`${identifier(column)} is null`),
          usedRows('these', title, sql`${identifier(column)} = 1`),
          leftOutRows('others', 'Not so', null),
        ],
        { from, gives: { kind: 'count', of: ['these'] } },
      ),
    );
  }
  const isFront = figure === 'front-days';
  return only(
    casesTrail(tracing, [none, usedRows('counted', 'Counted', null)], {
      from,
      value: isFront
        ? { title: 'Days that the person sees', sql: sql`front` }
        : { title: 'Days behind the scenes', sql: sql`hidden` },
      gives: figure === 'gap' ? null : { kind: 'quantile', p: 0.5, of: ['counted'] },
    }),
  );
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
          leftOutRows('not-covered', 'Not counted by the target, or not known', sql`not (${covers})`),
          usedRows('met', 'Counted: met', met),
          usedRows('not-met', 'Counted: not met', null),
        ],
        { gives: share },
      ),
    );
  const nobody = leftOutRows(
    'not-served',
    'No output that the measure speaks for, or not known',
    sql`not (${everyone})`,
  );
  if (figure === 'everyone-share')
    return only(
      casesTrail(
        tracing,
        [nobody, usedRows('met', 'Counted: met', good), usedRows('not-met', 'Counted: not met', null)],
        {
          gives: share,
        },
      ),
    );
  return only(
    casesTrail(
      tracing,
      [nobody, usedRows('met', 'Covered by the target', covers), usedRows('not-met', 'Left out by it', null)],
      { gives: share },
    ),
  );
}

/** Cases on one of the two sides that a Result compares. */
export async function compareRows(tracing: Tracing, result: Result, figure: string): Promise<FigureRows> {
  const { by, first, second } = result.provenance.parameters;
  const side = figure.startsWith('first-') ? first : second;
  const { dimensions } = await placeCases(tracing.workspace, tracing.facts, [], await tracing.sample());
  const dimension = dimensions.find(({ id }) => id === by);
  const value = dimension?.values.find((one) => dimension.label(one.value) === side)?.value;
  if (!dimension || value === undefined) return noRows('The two sides cannot be told from the data.');
  const on = sql`case_id in (select compared_id from compared where dimension = ${dimension.id} and side = ${value})`;
  const placed = sql`case_id in (select compared_id from compared where dimension = ${dimension.id})`;
  const others = [
    leftOutRows('other-sides', 'On another side', placed),
    leftOutRows('no-side', 'On no side that is compared', null),
  ];
  const these = usedRows('these', String(side), on);
  if (figure.endsWith('-cases'))
    return only(casesTrail(tracing, [these, ...others], { gives: { kind: 'count', of: ['these'] } }));
  const isOpen = stillOpen(tracing);
  const untimed = sql`(duration_days is null or ${isOpen})`;
  return only(
    casesTrail(
      tracing,
      [
        leftOutRows('untimed', 'Still open, or without a step that has a time', sql`(${on}) and ${untimed}`),
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

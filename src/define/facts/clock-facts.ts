import { type Dialect, identifier, joinSql, type QueryStep, type Sql, sql } from '../../stores/index.ts';
import type { Clock } from '../charter/ways-of-working.ts';
import { elapsedDays, type Moment } from '../days.ts';
import { clockPrefix } from './fact-columns.ts';
import { type StepNeeds, stepTable } from './step-facts.ts';

type ClockMoment = Clock['start'];

const at = identifier('at');

function stepsOfMoment(moment: ClockMoment): readonly string[] | undefined {
  if ('column' in moment) return undefined;
  return typeof moment.step === 'string' ? [moment.step] : moment.step;
}

function whichOf(moment: ClockMoment, otherwise: 'first' | 'last'): 'first' | 'last' {
  return 'column' in moment ? otherwise : (moment.which ?? otherwise);
}

/** Asks for the times that a clock starts and stops by. */
export function needForClock(clock: Clock, needs: StepNeeds): void {
  const start = stepsOfMoment(clock.start);
  const stop = stepsOfMoment(clock.stop);
  if (start) needs.need(start, whichOf(clock.start, 'first'));
  if (stop) {
    const which = whichOf(clock.stop, 'last');
    needs.need(stop, which, which === 'first' ? 'position' : 'last_position');
  }
}

/** Where a clock's times stand after its steps have run: in a table of its own. */
export interface ClockFacts {
  readonly clock: Clock;
  readonly table: string;
  readonly steps: readonly QueryStep[];
  /** Tables that are only needed until `case_facts` is made. */
  readonly temporary: readonly string[];
}

function momentSql(
  moment: ClockMoment,
  otherwise: 'first' | 'last',
  needs: StepNeeds,
  caseColumns: ReadonlySet<string>,
): Moment {
  if ('column' in moment) {
    const wall = `${moment.column}_wall`;
    const own = sql`cast(c.${identifier(moment.column)} as timestamp)`;
    return {
      at: own,
      wall: caseColumns.has(wall) ? sql`coalesce(c.${identifier(wall)}, ${own})` : own,
    };
  }
  const column = needs.columnOf(stepsOfMoment(moment) ?? [], whichOf(moment, otherwise)) ?? '';
  return { at: sql`s.${identifier(column)}`, wall: sql`s.${identifier(`${column}_wall`)}` };
}

function listOf(steps: readonly string[]): Sql {
  return joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
}

/** Of two moments the later (or earlier), each instant with its own clock on the wall; a missing second gives the first. */
function choose(a: Moment, sign: 'later' | 'earlier', b: Moment): Moment {
  const keepsFirst =
    sign === 'later'
      ? sql`${b.at} is null or ${a.at} >= ${b.at}`
      : sql`${b.at} is null or ${a.at} <= ${b.at}`;
  return {
    at: sql`(case when ${keepsFirst} then ${a.at} else ${b.at} end)`,
    wall: sql`(case when ${keepsFirst} then ${a.wall} else ${b.wall} end)`,
  };
}

/** The named queries that work out one clock for every case, ending in a table with one row a case. */
export function clockFacts(
  clock: Clock,
  dialect: Dialect,
  needs: StepNeeds,
  caseColumns: ReadonlySet<string>,
): ClockFacts {
  const prefix = clockPrefix(clock);
  const table = (end: string) => `facts_${prefix}_${end}`;
  const make = (name: string, purpose: string, body: Sql): QueryStep => ({
    name,
    purpose,
    sql: dialect.createTemporary('table', identifier(name), body),
  });
  const steps: QueryStep[] = [];

  const start = momentSql(clock.start, 'first', needs, caseColumns);
  const stop = momentSql(clock.stop, 'last', needs, caseColumns);
  const stopSteps = stepsOfMoment(clock.stop);
  const positionPart = whichOf(clock.stop, 'last') === 'first' ? 'position' : 'last_position';
  const stopPosition = stopSteps && needs.columnOf(stopSteps, positionPart);
  steps.push(
    make(
      table('bounds'),
      `When the clock "${clock.title}" first starts and when it stops, for each case.`,
      sql`select c.case_id, ${start.at} as started, ${start.wall} as started_wall,
        ${stop.at} as stopped, ${stop.wall} as stopped_wall,
        ${stopPosition ? sql`s.${identifier(stopPosition)}` : sql`cast(null as bigint)`} as stop_position
      from cases c left join ${identifier(stepTable)} s on s.case_id = c.case_id`,
    ),
  );
  let running = table('bounds');

  if (clock.restart) {
    steps.push(
      make(
        table('restarts'),
        `The last restart of the clock "${clock.title}" after its start and before its stop.`,
        sql`select e.case_id, count(*) as restarts, max(e.${at}) as restarted,
          max(coalesce(e.at_wall, e.${at})) as restarted_wall
        from events e join ${identifier(running)} b on b.case_id = e.case_id
        where e.step in (${listOf(clock.restart)}) and e.${at} >= b.started
          and (b.stopped is null or e.${at} < b.stopped
            or (e.${at} = b.stopped and e.position < b.stop_position))
        group by e.case_id`,
      ),
      make(
        table('running'),
        `The clock "${clock.title}" counted from its last restart.`,
        sql`select b.case_id, coalesce(r.restarted, b.started) as started,
          coalesce(r.restarted_wall, b.started_wall) as started_wall,
          b.stopped, b.stopped_wall, coalesce(r.restarts, 0) as restarts
        from ${identifier(running)} b left join ${identifier(table('restarts'))} r on r.case_id = b.case_id`,
      ),
    );
    running = table('running');
  }

  if (clock.pause) {
    const spans = clock.pause.map((pause) => pauseSpans(pause.from, pause.to));
    const from = { at: sql`p.started`, wall: sql`p.started_wall` };
    const to = { at: sql`p.stopped`, wall: sql`p.stopped_wall` };
    const clockStart = { at: sql`b.started`, wall: sql`b.started_wall` };
    const clockStop = { at: sql`b.stopped`, wall: sql`b.stopped_wall` };
    const begun = choose(from, 'later', clockStart);
    const ended = choose(clockStop, 'earlier', to);
    const free = choose({ at: sql`started`, wall: sql`started_wall` }, 'later', {
      at: sql`earlier`,
      wall: sql`earlier_wall`,
    });
    steps.push(
      make(
        table('pauses'),
        `The times for which the clock "${clock.title}" stands still: from each pausing step to the next resuming step, or to the stop.`,
        sql`select b.case_id, ${begun.at} as started, ${begun.wall} as started_wall,
          ${ended.at} as stopped, ${ended.wall} as stopped_wall
        from (${joinSql(spans, ' union all ')}) p
        join ${identifier(running)} b on b.case_id = p.case_id
        where b.stopped is not null and ${begun.at} < ${ended.at}`,
      ),
      make(
        table('paused'),
        'The days paused in each case; time inside two pauses at once counts once.',
        sql`select case_id, sum(${elapsedDays(dialect, free, { at: sql`stopped`, wall: sql`stopped_wall` })}) as paused_days
        from (
          select case_id, started, started_wall, stopped, stopped_wall,
            max(stopped) over earlier_pauses as earlier, max(stopped_wall) over earlier_pauses as earlier_wall
          from ${identifier(table('pauses'))}
          window earlier_pauses as (partition by case_id
            order by started, stopped, started_wall, stopped_wall rows between unbounded preceding and 1 preceding)
        ) q
        where earlier is null or stopped > earlier
        group by case_id`,
      ),
    );
  }

  const bounds = {
    from: { at: sql`b.started`, wall: sql`b.started_wall` },
    to: { at: sql`b.stopped`, wall: sql`b.stopped_wall` },
  };
  const running_days = elapsedDays(dialect, bounds.from, bounds.to);
  const days = clock.pause ? sql`${running_days} - coalesce(p.paused_days, 0)` : running_days;
  const column = (value: Sql, end: string) => sql`${value} as ${identifier(`${prefix}_${end}`)}`;
  const columns = [
    sql`b.case_id`,
    column(bounds.from.at, 'started'),
    column(bounds.from.wall, 'started_wall'),
    column(bounds.to.at, 'stopped'),
    column(bounds.to.wall, 'stopped_wall'),
    column(sql`case when b.stopped >= b.started then ${days} end`, 'days'),
    ...(clock.restart ? [column(sql`b.restarts`, 'restarts')] : []),
    ...(clock.pause ? [column(sql`coalesce(p.paused_days, 0)`, 'paused_days')] : []),
  ];
  const pausedJoin = clock.pause
    ? sql` left join ${identifier(table('paused'))} p on p.case_id = b.case_id`
    : sql``;
  steps.push(
    make(
      table('clock'),
      `The clock "${clock.title}" for each case, in days; null while it has not stopped.`,
      sql`select ${joinSql(columns, ', ')} from ${identifier(running)} b${pausedJoin}`,
    ),
  );
  return { clock, table: table('clock'), steps, temporary: steps.map((step) => step.name) };
}

/** From each pausing step to the next resuming step; a second pausing step inside a pause changes nothing. */
function pauseSpans(from: string, to: string): Sql {
  return sql`select case_id, marked as started, marked_wall as started_wall, next_marked as stopped, next_wall as stopped_wall
    from (
      select case_id, mark, marked, marked_wall,
        lead(marked) over in_order as next_marked, lead(marked_wall) over in_order as next_wall
      from (
        select case_id, seq, step as mark, ${at} as marked, coalesce(at_wall, ${at}) as marked_wall,
          lag(step) over (partition by case_id order by ${at}, seq) as before
        from events where step in (${from}, ${to}) and ${at} is not null
      ) marks
      where before is null or before <> mark
      window in_order as (partition by case_id order by marked, seq)
    ) turns
    where mark = ${from}`;
}

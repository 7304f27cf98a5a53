import { periodLabel, type QueryRecord } from '../../../core/index.ts';
import { identifier, joinSql, keyword, type Row, runStep, type Sql, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import { numberColumns } from '../columns.ts';
import type { DataShape } from '../data-shape.ts';
import type { FoundPattern, PatternDetector } from '../detector.ts';

/** Factors between units that people mix up: hours and minutes, days and hours, pence and pounds, and lost decimal points. */
const factors = [10, 24, 60, 100, 1000] as const;
const leastJump = 10;
const leastRows = 10;
const steadyWithin = 3;
const columnsAtMost = 12;

interface MonthMedian extends Row {
  readonly grp: string | null;
  readonly month: string;
  readonly rows: number;
  readonly median: number | null;
}

/** The factor that a jump is nearest to, on a ratio scale. */
function nearestFactor(jump: number): number {
  const size = Math.max(jump, 1 / jump);
  const distance = (factor: number) => Math.abs(Math.log(size / factor));
  return factors.reduce((best: number, factor) => (distance(factor) < distance(best) ? factor : best), 10);
}

/** The month from which a group's median stays ten times as large or as small; null where it does not. */
function jumpOf(months: readonly MonthMedian[]): { readonly month: string; readonly jump: number } | null {
  const known = months.filter(({ rows, median }) => rows >= leastRows && median !== null && median > 0);
  for (let i = 1; i < known.length; i++) {
    const jump = (known[i]?.median ?? 1) / (known[i - 1]?.median ?? 1);
    if (jump < leastJump && jump > 1 / leastJump) continue;
    // A single odd month is no switch: the months on each side must agree among themselves.
    const steady = (part: readonly MonthMedian[]) => {
      const medians = part.map(({ median }) => median ?? 1);
      return Math.max(...medians) <= steadyWithin * Math.min(...medians);
    };
    if (steady(known.slice(0, i)) && steady(known.slice(i))) return { month: known[i]?.month ?? '', jump };
  }
  return null;
}

function mediansQuery(data: CheckedData, table: 'events' | 'cases', value: Sql, group: Sql, wall: Sql): Sql {
  const { dialect } = data.warehouse;
  return sql`select grp, month, count(*) as rows, ${dialect.quantile(sql`value`, 0.5)} as median
from (select ${group} as grp, ${dialect.periodStart('month', wall)} as month, ${value} as value from ${identifier(table)} where ${wall} is not null) as dated
where value > 0 group by grp, month order by grp nulls last, month`;
}

async function jumps(
  data: CheckedData,
  log: QueryRecord[],
  asked: {
    readonly name: string;
    readonly says: string;
    readonly column: string;
    readonly by: 'team' | 'step' | null;
    readonly sql: Sql;
  },
): Promise<readonly FoundPattern[]> {
  const rows = await runStep<MonthMedian>(
    data.warehouse,
    {
      name: asked.name,
      purpose: `Monthly medians of ${asked.says}, to find a jump of ten times or more.`,
      sql: asked.sql,
    },
    log,
  );
  return [...Map.groupBy(rows, ({ grp }) => grp)].flatMap(([group, months]): FoundPattern[] => {
    const found = jumpOf(months);
    if (!found) return [];
    const factor = nearestFactor(found.jump);
    const where = group === null || asked.by === null ? '' : ` for ${asked.by} "${group}"`;
    return [
      {
        says: `From ${periodLabel('month', found.month)}, ${asked.says}${where} is about ${factor} times as ${found.jump > 1 ? 'large' : 'small'} as before.`,
        step: asked.by === 'step' ? group : null,
        team: asked.by === 'team' ? group : null,
        on: found.month,
        hits: months.reduce((sum, { rows: n }) => sum + n, 0),
        facts: { column: asked.column, factor, jump: found.jump },
      },
    ];
  });
}

/** Names of totals and of what they add up: "totalpaymentamount" is the running sum of "paymentamount". */
function runningTotals(names: readonly string[]): readonly (readonly [string, string])[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const bare = (name: string) =>
    plain(name).replaceAll(/^(total|sum|cumulative|running)+|(total|sum|todate|cumulative)+$/g, '');
  return names.flatMap((part) =>
    names
      .filter((total) => total !== part && bare(total) === plain(part) && plain(total) !== plain(part))
      .map((total) => [part, total] as const),
  );
}

const matchShare = 0.9;
const leastMatches = 20;

async function againstTotals(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly FoundPattern[]> {
  const found: FoundPattern[] = [];
  const at = identifier('at');
  for (const [part, total] of runningTotals(numberColumns(shape, 'events'))) {
    const matches = factors.map(
      (factor) =>
        sql`sum(case when abs(ratio - ${factor}) <= 0.001 * ${factor} then 1 else 0 end) as ${identifier(`times_${factor}`)}`,
    );
    const [row] = await runStep<Row>(
      data.warehouse,
      {
        name: `running_sum_of_${part}`,
        purpose: `The running sum of ${part} in a case over ${total}: 1 if both count in the same unit.`,
        sql: sql`select count(*) as rows, ${joinSql(matches, ', ')}
from (select sum(${identifier(part)}) over (partition by case_id order by ${at}, seq rows between unbounded preceding and current row) / ${identifier(total)} as ratio, ${identifier(part)} as part
  from events where ${at} is not null and (${identifier(part)} is not null or ${identifier(total)} is not null) and coalesce(${identifier(total)}, 1) <> 0) as ratios
where ratio is not null and part is not null`,
      },
      log,
    );
    const rows = Number(row?.rows ?? 0);
    for (const factor of factors) {
      const n = Number(row?.[`times_${factor}`] ?? 0);
      if (n < leastMatches || n < matchShare * rows) continue;
      found.push({
        says: `"${part}" adds up to ${factor} times "${total}" in ${n.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')} rows: one of the two has lost its decimal point or changed its unit.`,
        step: null,
        team: null,
        on: null,
        hits: n,
        facts: { column: part, total, factor, rows },
      });
    }
  }
  return found;
}

/** A number whose unit changes: minutes that become hours, pounds that become pence, a lost decimal point. */
export const unitSwitch: PatternDetector = {
  kind: 'patterns',
  id: 'unit-switch',
  title: 'A number changes its unit',
  rule: 'The monthly median of minutes stated over minutes between start and finish, by team, or of a number itself, by step, that jumps by 10 times or more and stays; or a number whose running sum is 10, 24, 60, 100 or 1,000 times the total beside it in 90% of rows.',
  distorts: 'Hours, costs and amounts on one side of the change are wrong by that factor.',
  remedy: 'Ask the source for the unit on each side, and convert one of them in the extract.',
  touches: ['effort', 'amounts', 'trend'],
  level: 'alarm',
  needs: (shape) =>
    (shape.filled.minutes > 0 && shape.filled.started > 0) ||
    numberColumns(shape, 'events').length > 0 ||
    numberColumns(shape, 'cases').length > 0
      ? null
      : 'minutes of work beside start and finish, or another number',
  find: async (data, shape, log) => {
    const found: FoundPattern[] = [];
    if (shape.filled.minutes > 0 && shape.filled.started > 0) {
      const value = sql`case when processing > 0 then minutes / (processing / 60.0) end`;
      found.push(
        ...(await jumps(data, log, {
          name: 'minutes_stated_by_month',
          says: 'the minutes stated, against the time from start to finish,',
          column: 'minutes',
          by: 'team',
          sql: mediansQuery(data, 'events', value, sql`team`, sql`at_wall`),
        })),
      );
    } else if (shape.filled.minutes > 0) {
      found.push(
        ...(await jumps(data, log, {
          name: 'minutes_by_month',
          says: 'the minutes stated',
          column: 'minutes',
          by: 'step',
          sql: mediansQuery(data, 'events', sql`minutes`, sql`step`, sql`at_wall`),
        })),
      );
    }
    for (const table of ['events', 'cases'] as const) {
      const wall =
        table === 'events' ? 'at_wall' : shape.filledCases.opened > 0 ? 'opened_wall' : 'closed_wall';
      for (const column of numberColumns(shape, table).slice(0, columnsAtMost)) {
        found.push(
          ...(await jumps(data, log, {
            name: `${column}_by_month`,
            says: `"${column}"`,
            column,
            by: table === 'events' ? 'step' : null,
            sql: mediansQuery(
              data,
              table,
              sql`${identifier(column)}`,
              table === 'events' ? sql`step` : keyword('cast(null as varchar)'),
              keyword(wall),
            ),
          })),
        );
      }
    }
    return [...found, ...(await againstTotals(data, shape, log))];
  },
};

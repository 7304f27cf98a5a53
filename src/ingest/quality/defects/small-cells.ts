import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { FoundPattern, PatternDetector } from '../detector.ts';

const leastCases = 10;

/** Groups with so few cases that no figure about them may be published. */
export const smallCells: PatternDetector = {
  kind: 'patterns',
  id: 'small-cells',
  title: 'Groups too small to publish',
  rule: 'Values of a way to split figures (team, case type, outcome, and the groups of the charter) that hold fewer than 10 cases. They are counted, not named.',
  distorts: 'Figures about them would be about persons, and mean little.',
  remedy: 'They are hidden wherever figures are split. Join them with a larger group if you need them.',
  touches: [],
  level: 'know',
  needs: (shape) => (shape.cases > 0 ? null : 'cases'),
  find: async (data, shape, log) => {
    const found: FoundPattern[] = [];
    const known = new Set((shape.columns.cases ?? []).map(({ name }) => name));
    const groups = (data.charter?.groups ?? [])
      .map(({ column }) => column)
      .filter((column) => known.has(column));
    const splits = [
      ...(shape.teams > 0 ? [{ table: 'events', column: 'team' }] : []),
      ...[...new Set(['type', 'outcome', ...groups])].map((column) => ({ table: 'cases', column })),
    ];
    for (const { table, column } of splits) {
      const cell = identifier(column);
      const [row] = await runStep<Row & { few: number; cells: number }>(
        data.warehouse,
        {
          name: `small_cells_of_${column}`,
          purpose: `How many values of ${column} hold fewer than ${leastCases} cases.`,
          // A value of that many times the rows of the longest case is on ten cases or more: they need not be told apart.
          sql: sql`with v as (select ${cell} as cell, count(*) as held from ${identifier(table)} where ${cell} is not null group by ${cell}),
few as (select cell from v where held < ${leastCases} * (select max(${table === 'cases' ? sql`1` : sql`events`}) from cases)),
c as (select ${cell} as cell, count(distinct case_id) as cases from ${identifier(table)} where ${cell} in (select cell from few) group by ${cell})
select (select count(*) from v) as cells, (select count(*) from c where cases < ${leastCases}) as few`,
        },
        log,
      );
      if (!row || row.few === 0) continue;
      found.push({
        says: `${row.few} of ${row.cells} values of "${column}" hold fewer than ${leastCases} cases.`,
        step: null,
        team: null,
        on: null,
        hits: row.few,
        facts: { column },
      });
    }
    return found;
  },
};

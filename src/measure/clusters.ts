import type { QueryRecord } from '../core/index.ts';
import type { Facts } from '../define/index.ts';
import { identifier, joinSql, keyword, runStep, sql } from '../stores/index.ts';
import type { Cell } from './cells.ts';
import { type CountedOutput, countedOutputs } from './collect-cases.ts';
import type { MeasurePlan } from './plan.ts';
import type { MeasureWorkspace } from './workspace.ts';

/** The cases of one person or household: places in the list of cells, and how many of its cases lie in each. */
export type ClusterCases = readonly { readonly cell: number; readonly n: number }[];

const clusterName = 'of_cluster';

/** What tells cells from cases apart, as it can be read off a cell and off a row of the query. */
const keyOf = (output: number, period: string, block: string, flags: readonly (number | null)[]) =>
  `${output} ${period} ${block} ${flags.join(',')}`;

function flagOf(stat: Cell['stats'][number] | undefined): number | null {
  if (!stat) return null;
  return stat.sum === stat.n ? 1 : 0;
}

/**
 * The persons or households with more than one case, by the column that the charter names: what is resampled together
 * (method note, section 8, step 1). Those with one case need no listing, since they are resampled as cases.
 */
export async function collectClusters(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  cells: readonly Cell[],
  log: QueryRecord[],
): Promise<readonly ClusterCases[]> {
  const { cluster } = plan.charter.reporting;
  if (cluster === undefined) return [];
  const outputs: readonly CountedOutput[] = countedOutputs(
    plan,
    facts,
    sql`${identifier(cluster)} as ${identifier(clusterName)}`,
  );
  const sharesOf = new Map(outputs.map(({ place, shares }) => [place, shares]));
  const places = new Map(
    cells.flatMap(({ kind, output, period, block, stats }, i) =>
      kind === 'cases'
        ? [
            [
              keyOf(
                output,
                period,
                block,
                (sharesOf.get(output) ?? []).map((k) => flagOf(stats[k])),
              ),
              i,
            ] as const,
          ]
        : [],
    ),
  );
  const byCluster = new Map<string, { cell: number; n: number }[]>();
  const name = identifier(clusterName);
  const { dialect } = workspace.warehouse;
  for (const { place, id, title, rows, shares } of outputs) {
    const at = sql`${identifier('counted_at')}`;
    const keys = [
      sql`${dialect.toText(sql`${name}`)}`,
      dialect.periodStart(plan.grain, at),
      dialect.periodStart(plan.blockGrain, at),
      ...shares.map((k) => sql`${identifier(`share_${k}`)}`),
    ];
    const found = await runStep(
      workspace.warehouse,
      {
        name: `clusters-of-${id}`,
        purpose: `Counts the cases of "${title}" by "${cluster}", period and quality, of those with more than one case.`,
        sql: sql`select ${keys[0] ?? sql``} as ${name}, ${keys[1] ?? sql``} as ${identifier('period')}, ${keys[2] ?? sql``} as ${identifier('block')},
          ${joinSql([...keys.slice(3), sql`count(*) as ${identifier('n')}`], ', ')}
          from (${rows}) counted
          where ${name} in (select ${identifier(cluster)} from ${identifier(facts.table)} where ${identifier(cluster)} is not null group by ${identifier(cluster)} having count(*) > 1)
          group by ${joinSql(keys, ', ')}
          order by ${joinSql(
            keys.map((_, i) => keyword(`${i + 1} nulls last`)),
            ', ',
          )}`,
      },
      log,
    );
    for (const row of found) {
      const flags = shares.map((k) => {
        const flag = row[`share_${k}`];
        return flag === null || flag === undefined ? null : Number(flag);
      });
      const cell = places.get(keyOf(place, String(row.period), String(row.block), flags));
      if (cell === undefined) continue;
      const of = String(row[clusterName]);
      byCluster.set(of, [...(byCluster.get(of) ?? []), { cell, n: Number(row.n) }]);
    }
  }
  return [...byCluster.values()].filter((own) => own.reduce((sum, { n }) => sum + n, 0) > 1);
}

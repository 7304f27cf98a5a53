/** What a sample of cases finds of what a search of all cases finds: `sampled-search.ts WORKSPACE STEPS`. */
import { wilson } from '../src/core/index.ts';
import { type CaseSample, sampleCases } from '../src/find/queries/case-sample.ts';
import { prepareWorkSteps } from '../src/find/queries/work-steps.ts';
import { possibleWorkarounds, workaroundKey } from '../src/find/workarounds/index.ts';
import { openWorkspace } from '../src/ingest/index.ts';
import { identifier, type Row, sql, type Warehouse } from '../src/stores/index.ts';

async function namesOf(warehouse: Warehouse, column: 'step' | 'team'): Promise<ReadonlyMap<number, string>> {
  const rows = await warehouse.query<Row & { name: string; number: number }>(
    sql`select name, number from ${identifier(`pattern_${column}_names`)}`,
  );
  return new Map(rows.map(({ name, number }) => [number, name]));
}

/** What is found, by its key; among all cases, or in a sample. */
async function search(warehouse: Warehouse, sample?: CaseSample) {
  const { found } = await possibleWorkarounds(warehouse, [], [], sample ? { sample } : {});
  const names = {
    step: await namesOf(warehouse, 'step'),
    team: await namesOf(warehouse, 'team'),
    groups: new Map(),
  };
  return new Map(found.map((one) => [workaroundKey(one, names), one]));
}

const sizes = [5, 40, 100, 500, Number.POSITIVE_INFINITY] as const;

const [folder = '', steps = '125000'] = process.argv.slice(2);
const { warehouse, close } = await openWorkspace(folder);
await prepareWorkSteps(warehouse, []);
const all = await search(warehouse);
const sample = await sampleCases(warehouse, { above: 1, most: Number(steps) }, []);
const seen = await search(warehouse, sample);
const known = [...seen].flatMap(([key, one]) => {
  const whole = all.get(key);
  return whole ? [{ one, cases: whole.cases }] : [];
});
const held = known.filter(({ one, cases }) => {
  const n = sample.cases / (1 - sample.cases / sample.of);
  const { low, high } = wilson((one.seen / sample.cases) * n, n);
  return low * sample.of <= cases && cases <= high * sample.of;
});
const bySize = sizes.slice(0, -1).map((from, i) => {
  const keys = [...all].filter(([, { cases }]) => cases >= from && cases < (sizes[i + 1] ?? 0));
  return { from, found: keys.filter(([key]) => seen.has(key)).length, of: keys.length };
});
process.stdout.write(
  `${JSON.stringify({ sample, all: all.size, seen: seen.size, alsoInAll: known.length, inInterval: held.length, bySize }, null, 2)}\n`,
);
await close();

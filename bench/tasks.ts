/** One piece of work in a process of its own, for `run.ts` to measure: `tasks.ts NAME ...`. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAnswers } from '../src/answers/index.ts';
import { directlyFollows, workEdges } from '../src/find/queries/edges.ts';
import { handovers } from '../src/find/queries/handovers.ts';
import { reworkTotals } from '../src/find/queries/rework.ts';
import { throughput } from '../src/find/queries/throughput.ts';
import { topVariants, variantCounts, waysOfEvents } from '../src/find/queries/variants.ts';
import { prepareWorkSteps } from '../src/find/queries/work-steps.ts';
import { gatherWaits } from '../src/find/waits/evidence.ts';
import { usualGapSeconds, usualThreshold } from '../src/find/waits/explain-waits.ts';
import { noMarks } from '../src/find/waits/marks.ts';
import { importFiles } from '../src/ingest/import-files.ts';
import { pseudonymsWith } from '../src/ingest/pseudonyms.ts';
import { openTable } from '../src/ingest/readers/open-table.ts';
import { readManifest } from '../src/ingest/store/manifest.ts';
import { showTables } from '../src/ingest/store/views.ts';
import { openDuckdb, type Warehouse } from '../src/stores/index.ts';

const analytics: Readonly<Record<string, (warehouse: Warehouse) => Promise<unknown>>> = {
  'directly-follows': (warehouse) => directlyFollows(warehouse, []),
  'directly-follows-cases': (warehouse) => workEdges(warehouse, []),
  variants: async (warehouse) => [
    await variantCounts(warehouse, waysOfEvents, []),
    await topVariants(warehouse, waysOfEvents, 10, []),
  ],
  throughput: (warehouse) => throughput(warehouse, []),
  handovers: (warehouse) => handovers(warehouse, 10, []),
  waits: (warehouse) =>
    gatherWaits(
      warehouse,
      { hours: null, marks: noMarks, gapSeconds: usualGapSeconds, threshold: usualThreshold },
      [],
    ),
  rework: (warehouse) => reworkTotals(warehouse, [], []),
};

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

async function timed(work: () => Promise<unknown>): Promise<void> {
  const cpu = cpuSeconds();
  const from = performance.now();
  await work();
  const wall = (performance.now() - from) / 1000;
  process.stdout.write(`${JSON.stringify({ workCpu: cpuSeconds() - cpu, workWall: wall })}\n`);
}

async function analytic(name: string, store: string): Promise<void> {
  const work = analytics[name];
  if (!work) throw new Error(`the analytics are ${Object.keys(analytics).join(', ')}`);
  const warehouse = await openDuckdb({ folders: [store] });
  await showTables(warehouse, store, readManifest(store));
  await prepareWorkSteps(warehouse, []);
  await timed(() => work(warehouse));
  await warehouse.close();
}

async function importLog(file: string, store: string): Promise<void> {
  // A file that is there already is not brought in again, which would be quick.
  if (existsSync(join(store, 'manifest.json')))
    throw new Error(`${store} holds a log already: name a new folder`);
  mkdirSync(store, { recursive: true });
  const rules = { as: 'events', map: {}, timezone: 'UTC' } as const;
  const files = [{ path: file, shown: 'log', rules }];
  await timed(() => importFiles({ store, files, pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)) }));
}

async function readOnly(file: string): Promise<void> {
  const { table } = await openTable(file, {});
  await timed(async () => {
    for await (const _ of table.batches());
  });
}

const [task = '', first = '', second = ''] = process.argv.slice(2);
if (task === 'prepare') await timed(() => prepareAnswers(first));
else if (task === 'import') await importLog(first, second);
else if (task === 'read') await readOnly(first);
else await analytic(task, first);

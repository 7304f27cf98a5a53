/**
 * Workarounds planted in a made-up log and found again, over seeds: recall and precision by type in each regime,
 * and false findings where nothing was planted; the same where work is done again by chance. `workarounds.ts [SEEDS] [CASES]`.
 */
import {
  type PlantedType,
  type Planting,
  plantedLog,
  plantedTypes,
  warehouseOf,
} from '../src/find/workarounds/planted.test-support.ts';
import { possibleWorkarounds } from '../src/find/workarounds/possible-workarounds.ts';
import type { Row } from '../src/stores/index.ts';

const [seeds = '20', count = '10000'] = process.argv.slice(2);
const habitSteps = ['Check', 'Assess', 'Decide', 'Notify'];

interface Tally {
  planted: number;
  found: number;
}

const byType = new Map<string, Tally>();
const byRegime = new Map<
  string,
  { planted: number; hits: number; flagged: number; findings: number; runs: number }
>();

async function run(seed: number, regime: string, planting: Planting): Promise<void> {
  const log = plantedLog(seed, Number(count), planting);
  const warehouse = await warehouseOf(log);
  const { found } = await possibleWorkarounds(warehouse, [], []);
  const flagged = new Set<string>();
  for (const { affected } of found)
    for (const row of await warehouse.query<Row & { case_id: string }>(affected)) flagged.add(row.case_id);
  await warehouse.close();
  const total = byRegime.get(regime) ?? { planted: 0, hits: 0, flagged: 0, findings: 0, runs: 0 };
  byRegime.set(regime, total);
  total.runs += 1;
  total.findings += found.length;
  total.flagged += flagged.size;
  for (const [id, type] of log.planted) {
    const key = `${regime} ${type satisfies PlantedType}`;
    const tally = byType.get(key) ?? { planted: 0, found: 0 };
    byType.set(key, tally);
    tally.planted += 1;
    total.planted += 1;
    if (flagged.has(id)) {
      tally.found += 1;
      total.hits += 1;
    }
  }
}

/** After any step but the first, how often chance has it done again, or the step before it and it again. */
const some = { again: 0.02, back: 0.01 };
const much = { again: 0.1, back: 0.05 };

for (let seed = 1; seed <= Number(seeds); seed++) {
  await run(seed, 'clean', { kind: 'clean' });
  await run(seed, 'rare', { kind: 'rare', share: 0.02 });
  const step = habitSteps[seed % habitSteps.length] as string;
  const type = plantedTypes[seed % plantedTypes.length] as PlantedType;
  await run(seed, 'habit', { kind: 'habit', share: 0.3, type, step });
  await run(seed, 'every team', { kind: 'habit', share: 0.015, type, step, everywhere: true });
  await run(seed, 'clean, some rework', { kind: 'clean', rework: some });
  await run(seed, 'clean, much rework', { kind: 'clean', rework: much });
  await run(seed, 'rare, some rework', { kind: 'rare', share: 0.02, rework: some });
  await run(seed, 'habit, some rework', { kind: 'habit', share: 0.3, type, step, rework: some });
}
const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((1000 * part) / whole) / 1000;
for (const [regime, { planted, hits, flagged, findings, runs }] of byRegime)
  process.stdout.write(
    `${JSON.stringify({ regime, logs: runs, planted, recall: share(hits, planted), precision: share(hits, flagged), findingsEach: findings / runs })}\n`,
  );
for (const [type, { planted, found }] of [...byType].toSorted())
  process.stdout.write(`${JSON.stringify({ type, planted, recall: share(found, planted) })}\n`);

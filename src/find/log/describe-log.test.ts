import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../ingest/index.ts';
import { describeLog } from './describe-log.ts';

const logs = new URL('../../../../shared/data/eventlogs/', import.meta.url);

interface Reference {
  readonly cases: number;
  readonly events: number;
  readonly activities: number;
  readonly variants: number;
  readonly variants_with_one_case: number;
  readonly variants_top10: readonly { readonly cases: number; readonly steps: readonly string[] }[];
  readonly dfg_edges: number;
  readonly dfg_transitions: number;
  readonly dfg: readonly { readonly source: string; readonly target: string; readonly count: number }[];
  readonly start_activities: Readonly<Record<string, number>>;
  readonly end_activities: Readonly<Record<string, number>>;
  readonly throughput_s: { readonly mean: number; readonly median: number; readonly p90: number };
  readonly single_event_cases: number;
  readonly events_same_timestamp_as_previous: number;
}

const fines = { case_id: 'case_id', step: 'activity', finished: 'timestamp' };
const pm4py = {
  case_id: 'case:concept:name',
  step: 'concept:name',
  finished: 'time:timestamp',
};
const sources = [
  ['logs/receipt.xes.gz', 'receipt', {}],
  ['logs/receipt.csv', 'receipt', {}],
  ['logs/receipt.parquet', 'receipt', { timezone: 'Europe/Amsterdam' }],
  ['logs/BPI_2020_DomesticDeclarations.xes.gz', 'BPI_2020_DomesticDeclarations', {}],
  ['logs/BPI_2020_InternationalDeclarations.xes.gz', 'BPI_2020_InternationalDeclarations', {}],
  ['logs/traffic_fines.csv.gz', 'traffic_fines', { map: fines }],
  ['logs/callcenter_iso.csv', 'callcenter_iso', {}],
  ['pm4py/running-example.xes', 'running-example', {}],
  ['pm4py/running-example.csv', 'running-example', { map: pm4py }],
  ['pm4py/running-example.parquet', 'running-example', { timezone: 'Europe/Berlin', map: pm4py }],
  ['pm4py/interval_event_log.csv', 'interval_event_log_by_finish', {}],
  ['pm4py/interval_event_log.xes.gz', 'interval_event_log_by_finish', {}],
] as const;

describe.skipIf(!existsSync(logs))('a public log described without a charter', () => {
  it.for(sources)('%s agrees with every figure of reference/%s.json', async ([file, name, options]) => {
    const reference = JSON.parse(readFileSync(new URL(`reference/${name}.json`, logs), 'utf8')) as Reference;
    const handle = await openLog(new URL(file, logs).pathname, options);
    try {
      const found = await describeLog(handle);
      expect({
        cases: found.cases,
        events: found.events,
        steps: found.steps,
        variants: found.variants,
        edges: found.edges,
        edgeTotal: found.edgeTotal,
        singleEventCases: found.singleEventCases,
        tiedEvents: found.tiedEvents,
      }).toEqual({
        cases: reference.cases,
        events: reference.events,
        steps: reference.activities,
        variants: reference.variants,
        edges: reference.dfg_edges,
        edgeTotal: reference.dfg_transitions,
        singleEventCases: reference.single_event_cases,
        tiedEvents: reference.events_same_timestamp_as_previous,
      });
      const byStep = (ends: typeof found.endSteps) =>
        Object.fromEntries(ends.map(({ step, cases }) => [step, cases]));
      expect(byStep(found.startSteps)).toEqual(reference.start_activities);
      expect(byStep(found.endSteps)).toEqual(reference.end_activities);
      expect(found.topEdges.map(({ count }) => count)).toEqual(
        reference.dfg
          .map(({ count }) => count)
          .sort((a, b) => b - a)
          .slice(0, 20),
      );
      for (const edge of found.topEdges) {
        expect(reference.dfg).toContainEqual(
          expect.objectContaining({ source: edge.from, target: edge.to, count: edge.count }),
        );
      }
      for (const part of ['mean', 'median', 'p90'] as const) {
        expect(
          Math.abs((found.throughputDays[part] ?? 0) * 86_400 - reference.throughput_s[part]),
        ).toBeLessThan(0.001);
      }
      expect(found.topVariants.map(({ cases }) => cases)).toEqual(
        reference.variants_top10.map(({ cases }) => cases),
      );
      const shown = (steps: readonly string[]) => steps.join(' > ');
      const unique = reference.variants_top10.filter(
        ({ cases }, _, all) => all.filter((other) => other.cases === cases).length === 1,
      );
      for (const variant of unique.slice(0, -1)) {
        const ours = found.topVariants.find(({ cases }) => cases === variant.cases);
        expect(shown(ours?.steps ?? [])).toBe(shown(variant.steps));
      }
    } finally {
      await handle.close();
    }
  });
});

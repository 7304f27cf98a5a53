import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallWorkspace } from '../small-workspace.test-support.ts';

/** Every event of a log: no two agree in case, step and finish. */
const log = Array.from({ length: 12 }, (_, i) => ({
  case_id: `${1 + (i % 3)}`,
  step: i % 2 === 0 ? 'apply' : 'check',
  started: `2026-04-0${1 + (i % 9)} 09:00`,
  finished: `2026-04-${10 + i} 10:00`,
  worker: `w${i % 4}`,
  team: `team ${i % 5}`,
}));
type Event = (typeof log)[number];
const optional = ['started', 'worker', 'team'] as const;

interface Part {
  readonly rows: readonly number[];
  readonly columns: readonly (typeof optional)[number][];
}

const part: fc.Arbitrary<Part> = fc.record({
  rows: fc.uniqueArray(fc.nat(log.length - 1), { minLength: 2, maxLength: log.length }),
  columns: fc.subarray([...optional]),
});

function csvOf({ rows, columns }: Part): string {
  const names = ['case_id', 'step', 'finished', ...columns] as const;
  const lines = rows.map((at) => names.map((name) => (log[at] as Event)[name]).join());
  return `${[names.join(), ...lines].join('\n')}\n`;
}

/** What parts of the log say together, by finish. */
function unionOf(parts: readonly Part[]): ReadonlyMap<string, object> {
  const known = new Map<string, object>();
  for (const { rows, columns } of parts)
    for (const at of rows) {
      const event = log[at] as Event;
      const before = known.get(event.finished) ?? { started: null, worker: null, team: null };
      const says = columns.map((name) => [name, name === 'worker' ? 'known' : event[name]]);
      known.set(event.finished, { ...before, ...Object.fromEntries(says) });
    }
  return known;
}

it('any parts of one log, with any of its columns, in any order, give their union and lose no value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 2, maxLength: 3 }), async (parts) => {
      const small = await smallWorkspace();
      try {
        for (const [i, each] of parts.entries()) await small.add(`part-${i}.csv`, csvOf(each));
        const has = new Set((await small.workspace.warehouse.columns('events')).map(({ name }) => name));
        const team = has.has('team') ? 'team' : 'null';
        const found = await small.query(
          `select strftime(finished, '%Y-%m-%d %H:%M') as finished, strftime(started, '%Y-%m-%d %H:%M') as started, case when worker is not null then 'known' end as worker, ${team} as team from events`,
        );
        const events = found.map(({ finished, ...says }) => [finished, says] as const);
        expect(events.length).toBe(new Set(events.map(([finished]) => finished)).size);
        expect(new Map(events)).toEqual(unionOf(parts));
        for (const { rowsIn, rowsUsed, rowsSetAside } of small.workspace.sources)
          expect(rowsUsed + rowsSetAside).toBe(rowsIn);
      } finally {
        await small.close();
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

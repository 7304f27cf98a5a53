import { numberAt } from '../cast/coded-numbers.ts';
import { fewSteps, longAmong, type StepEvidence } from '../lifecycle/doubtful-steps.ts';
import type { HeldRows } from './held-rows.ts';
import type { OrderedEvents } from './ordered-events.ts';

const second = 1_000_000;

/** How often work at each step has both its times, and how many seconds it took in all. */
function meansByStep(rows: HeldRows): Map<string, { n: number; sum: number }> {
  const found = new Map<string, { n: number; sum: number }>();
  const started = rows.numbers('started');
  const finished = started && rows.numbers('finished');
  const steps = finished && rows.texts('step');
  if (!steps) return found;
  for (let row = 0, end = steps.codes.length; row < end; row++) {
    const seconds = (numberAt(finished, row) - numberAt(started, row)) / second;
    if (Number.isNaN(seconds)) continue;
    const step = steps.words[steps.codes[row] as number] ?? '';
    const known = found.get(step) ?? { n: 0, sum: 0 };
    found.set(step, known);
    known.n += 1;
    known.sum += seconds;
  }
  return found;
}

/** The most cases in which one step follows directly on itself. */
function mostRepeated({ order, at, steps, stepNames }: OrderedEvents): number {
  const cases = new Int32Array(stepNames.length);
  const lastCase = new Int32Array(stepNames.length).fill(-1);
  for (let each = 0; each + 1 < order.starts.length; each++) {
    for (let row = (order.starts[each] as number) + 1; row < (order.starts[each + 1] as number); row++) {
      const step = steps[row] as number;
      if (Number.isNaN(at[row]) || step !== steps[row - 1] || lastCase[step] === each) continue;
      lastCase[step] = each;
      cases[step] = (cases[step] as number) + 1;
    }
  }
  return cases.reduce((most, n) => Math.max(most, n), 0);
}

/** What events in memory tell of their steps. */
export function evidenceInMemory(rows: HeldRows, ordered: OrderedEvents): StepEvidence {
  return {
    longSteps: async () =>
      longAmong([...meansByStep(rows)].map(([step, { n, sum }]) => ({ step, mean: sum / n }))),
    lookLikeStatuses: async () => {
      const words = rows.words('lifecycle');
      // Texts that are few have one code each.
      const isFew = ordered.stepNames.length < fewSteps;
      if (!isFew || new Set(words.map((word) => word.toLowerCase())).size < 2) return false;
      return mostRepeated(ordered) * 2 > ordered.order.starts.length - 1;
    },
  };
}

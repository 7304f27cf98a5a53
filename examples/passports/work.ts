import { drawsFor } from '../../src/core/index.ts';
import type { Fate } from './fate.ts';
import { planted } from './planted.ts';

/** Relative minutes of each step of work; steps not named here take none. */
const effort: Readonly<Record<string, number>> = {
  'documents received': 0.6,
  'photo and document check': 3,
  triage: 1,
  'fraud check': 2.4,
  examined: 6,
  'information requested': 1.2,
  'information received': 0.8,
  referred: 1.5,
  checked: 1.5,
  decision: 1.6,
  'moved to paper': 5,
  printed: 1,
  packed: 0.6,
  dispatched: 0.4,
};

const meanType = 0.46 * 0.9 + 0.2 * 0.85 + 0.16 * 1.1 + 0.12 * 1.5 + 0.06 * 1.1;
const infoFactor = 1.3;

function infoShare(moved: boolean): number {
  const movedInfo = planted.movedShare * planted.infoRequestedShareOfMoved;
  return moved
    ? planted.infoRequestedShareOfMoved
    : (planted.infoRequestedShare - movedInfo) / (1 - planted.movedShare);
}

/** Minutes of work by step: the case's total is 18 on average (41 where it moved), shared out by the steps it took. */
export function minutesFor(
  seed: number,
): (item: number, steps: readonly string[], fate: Fate, type: number) => readonly (number | null)[] {
  const draw = drawsFor(seed, 'minutes');
  return (item, steps, fate, type) => {
    const mean = fate.moved ? planted.minutesMoved : planted.minutesNotMoved;
    const asked = (fate.infoRequested ? infoFactor : 1) / (1 + (infoFactor - 1) * infoShare(fate.moved));
    const total = mean * asked * (type / meanType) * (0.75 + 0.5 * draw(item));
    const weights = steps.map((step, k) => (effort[step] ?? 0) * (0.7 + 0.6 * draw(item, k + 1)));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => (weight === 0 ? null : Math.round((1000 * total * weight) / sum) / 1000));
  };
}

const pools: Readonly<Record<string, readonly [prefix: string, size: number]>> = {
  intake: ['N', 14],
  fraud: ['F', 10],
  'digital examination': ['D', 24],
  'paper examination': ['P', 12],
  print: ['R', 10],
};

/** The code of the officer who did a step: a made-up pseudonym such as D07. */
export function officerFor(seed: number): (team: string, item: number, step: number) => string {
  const draw = drawsFor(seed, 'officer');
  return (team, item, step) => {
    const pool = pools[team];
    if (!pool) return '';
    return `${pool[0]}${String(1 + Math.floor(draw(item, step) * pool[1])).padStart(2, '0')}`;
  };
}

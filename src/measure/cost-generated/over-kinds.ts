/** What the next minute brings between two efforts on a falling curve, pounds. */
interface FallingStep {
  readonly from: number;
  readonly to: number;
  readonly fitted: number;
}

/** The falling curve of one kind of case, and its share of all cases. */
export interface KindCurve {
  readonly share: number;
  readonly steps: readonly FallingStep[];
}

/** What a minute brings at an effort: nothing is known beyond the most tried, and before the least it brings what it does there. */
function at(steps: readonly FallingStep[], minutes: number): number {
  return steps.find(({ to }) => minutes < to)?.fitted ?? 0;
}

/** What the next minute brings if every case, of whatever kind, gets the same effort: the mean over kinds, falling since each falls. */
export function overKinds(kinds: readonly KindCurve[]): readonly FallingStep[] {
  const ends = kinds.flatMap(({ steps }) => steps.map(({ to }) => to));
  const starts = kinds.flatMap(({ steps }) => steps.slice(0, 1).map(({ from }) => from));
  const knots = [...new Set([Math.min(...starts), ...ends])].sort((a, b) => a - b);
  return knots.slice(1).map((to, i) => {
    const from = knots[i] ?? 0;
    return { from, to, fitted: kinds.reduce((sum, { share, steps }) => sum + share * at(steps, from), 0) };
  });
}

/** The mean of a falling curve from one effort to another. */
export function meanBetween(steps: readonly FallingStep[], from: number, to: number): number {
  const area = steps.reduce(
    (sum, step) => sum + step.fitted * Math.max(0, Math.min(to, step.to) - Math.max(from, step.from)),
    0,
  );
  const first = steps[0];
  // Before the least effort of every kind the curve is as high as there.
  const before = first ? first.fitted * Math.max(0, Math.min(to, first.from) - from) : 0;
  return (area + before) / (to - from);
}

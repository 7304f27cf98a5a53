import { uniformStream } from './uniform-stream.ts';
import { dirichletDraw, type SmallestShift, smallestShift } from './weight-simplex.ts';

/** Units scored by several measures: `values[u][k]` is what unit u scores with all weight on measure k. */
export interface RankedScores {
  readonly values: readonly (readonly number[])[];
  /** Weight of each measure; they add to 1. */
  readonly weights: readonly number[];
}

/** How far an order of units hangs on the weights: sensitivity to a choice, never part of an interval. */
export interface RankSensitivity {
  readonly scores: readonly number[];
  /** Place of each unit, 1 the highest score. */
  readonly ranks: readonly number[];
  /** `shares[u][r - 1]`: share of evenly drawn weights under which unit u has place r. */
  readonly shares: readonly (readonly number[])[];
  /** The same for weights near the given ones: Dirichlet(50 × weights). */
  readonly nearby: readonly (readonly number[])[];
  /** Share of evenly drawn weights under which the whole order is that of the given weights. */
  readonly sameOrder: number;
  /** `alone[k][u]`: the place of unit u with all weight on measure k. */
  readonly alone: readonly (readonly number[])[];
}

/** The weight of one measure beyond which a unit has another place, the others sharing the rest as given. */
export interface TurningWeight {
  readonly weight: number;
  /** Whether the place differs with more weight than that, or with less. */
  readonly side: 'above' | 'below';
}

const weighted = (values: readonly number[], weights: readonly number[]) =>
  values.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0);

/** Places by score, 1 the highest; ties share the better place. */
export function ranksOf(scores: readonly number[]): readonly number[] {
  return scores.map((own) => 1 + scores.filter((other) => other > own).length);
}

/** Weights drawn evenly from all that add to 1, or near the given ones. */
export function drawWeights(
  concentrations: readonly number[],
  purpose: string,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): readonly (readonly number[])[] {
  return Array.from({ length: draws }, (_, i) =>
    dirichletDraw(concentrations, uniformStream(seed, purpose, i)),
  );
}

/** Share of the given draws under which a unit has a place. */
export function shareOfPlace(
  values: RankedScores['values'],
  unit: number,
  place: number,
  drawn: readonly (readonly number[])[],
): number {
  let count = 0;
  for (const weights of drawn) {
    const own = weighted(values[unit] ?? [], weights);
    let above = 0;
    for (const other of values) if (weighted(other, weights) > own) above += 1;
    if (above + 1 === place) count += 1;
  }
  return count / drawn.length;
}

function placeShares(
  { values }: RankedScores,
  drawn: readonly (readonly number[])[],
): { readonly shares: readonly (readonly number[])[]; readonly orders: readonly string[] } {
  const counts = values.map(() => values.map(() => 0));
  const orders: string[] = [];
  for (const weights of drawn) {
    const ranks = ranksOf(values.map((own) => weighted(own, weights)));
    ranks.forEach((rank, u) => {
      const own = counts[u];
      if (own) own[rank - 1] = (own[rank - 1] ?? 0) + 1;
    });
    orders.push(ranks.join());
  }
  return { shares: counts.map((own) => own.map((count) => count / drawn.length)), orders };
}

/** The order of units under all other weights (method note, section 8.4), from Dirichlet draws over the simplex. */
export function rankSensitivity(
  scored: RankedScores,
  options: { readonly seed: number; readonly draws: number },
): RankSensitivity {
  const { values, weights } = scored;
  const scores = values.map((own) => weighted(own, weights));
  const ranks = ranksOf(scores);
  const even = placeShares(
    scored,
    drawWeights(
      weights.map(() => 1),
      'ranking weights',
      options,
    ),
  );
  const near = placeShares(
    scored,
    drawWeights(
      weights.map((weight) => 50 * weight),
      'ranking weights nearby',
      options,
    ),
  );
  return {
    scores,
    ranks,
    shares: even.shares,
    nearby: near.shares,
    sameOrder: even.orders.filter((order) => order === ranks.join()).length / options.draws,
    alone: weights.map((_, k) => ranksOf(values.map((own) => own[k] ?? 0))),
  };
}

/** For each measure, the nearest weights above and below the given one at which a unit's place turns. */
export function turningWeights({ values, weights }: RankedScores, unit: number): readonly TurningWeight[][] {
  const own = values[unit] ?? [];
  return weights.map((weight, k) => {
    const rest = (scores: readonly number[]) =>
      weight < 1 ? (weighted(scores, weights) - weight * (scores[k] ?? 0)) / (1 - weight) : 0;
    const crossings = values.flatMap((other, u) => {
      if (u === unit) return [];
      const [atNone, atAll] = [rest(own) - rest(other), (own[k] ?? 0) - (other[k] ?? 0)];
      const at = atNone / (atNone - atAll);
      return Number.isFinite(at) && at >= 0 && at <= 1 ? [at] : [];
    });
    const above = crossings.filter((at) => at > weight).sort((a, b) => a - b)[0];
    const below = crossings.filter((at) => at < weight).sort((a, b) => b - a)[0];
    return [
      ...(above === undefined ? [] : [{ weight: above, side: 'above' as const }]),
      ...(below === undefined ? [] : [{ weight: below, side: 'below' as const }]),
    ];
  });
}

/** The least weight that must move for a unit to change places with another. */
export interface SmallestTurn extends SmallestShift {
  /** The place of the other in the list of units. */
  readonly other: number;
}

/** The unit that is nearest to changing places with a given one, the least weight to move, and from which measure to which. */
export function smallestTurn({ values, weights }: RankedScores, unit: number): SmallestTurn | null {
  const turns = values.flatMap((other, u) => {
    if (u === unit) return [];
    const differences = (values[unit] ?? []).map((value, k) => value - (other[k] ?? 0));
    const found = smallestShift([{ values: differences, weights }]);
    return found && found.moves.length > 0 ? [{ other: u, ...found }] : [];
  });
  return turns.sort((a, b) => a.shift - b.shift)[0] ?? null;
}

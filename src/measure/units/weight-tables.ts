import type { Table } from '../../core/index.ts';
import type { UnitStudy } from './study-units.ts';
import { ordinal, percent, unitTitle } from './unit-words.ts';

/** Under which weights each unit has which place. */
export function placesTable(found: UnitStudy): Table | null {
  const { weights } = found;
  if (!weights) return null;
  const places = found.plan.members.map((_, place) => place + 1);
  return {
    id: 'places',
    title: 'Places under all other weights of the parts',
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'rank', title: "Place at the charter's weights", type: 'count', ofNobody: true },
      ...places.map((place) => ({
        key: `share${place}`,
        title: `Share of weights: ${ordinal(place)}`,
        type: 'share' as const,
        ofNobody: true as const,
      })),
      { key: 'near', title: "Same place with weights near the charter's", type: 'share', ofNobody: true },
    ],
    rows: found.plan.members.map(({ title }, u) => {
      const rank = weights.sensitivity.ranks[u] ?? 1;
      return {
        unit: title,
        rank,
        ...Object.fromEntries(
          places.map((place) => [`share${place}`, weights.sensitivity.shares[u]?.[place - 1] ?? null]),
        ),
        near: weights.sensitivity.nearby[u]?.[rank - 1] ?? null,
      };
    }),
    notes: [
      `${weights.draws.toLocaleString('en-GB')} sets of weights drawn evenly from all that add to 1. This shows how far the order hangs on a choice; it is no part of any range.`,
    ],
  };
}

/** The weights at which the unit in question has another place. */
export function turnsTable(found: UnitStudy): Table | null {
  const { weights, focus } = found;
  if (!weights) return null;
  const own = unitTitle(found, focus);
  return {
    id: 'turns',
    title: `The weight at which ${own} has another place`,
    columns: [
      { key: 'part', title: 'Part', type: 'text' },
      { key: 'weight', title: "Charter's weight", type: 'share', ofNobody: true },
      { key: 'alone', title: 'Place with all weight on it', type: 'count', ofNobody: true },
      { key: 'turn', title: `${own} has another place`, type: 'text' },
    ],
    rows: weights.titles.map((part, k) => ({
      part,
      weight: weights.scored.weights[k] ?? null,
      alone: weights.sensitivity.alone[k]?.[focus] ?? null,
      turn:
        weights.turns[k]?.map(({ weight, side }) => `${side} ${percent(weight)}`).join(', ') ||
        'at no weight',
    })),
    notes: ["The other parts share the rest of the weight in the charter's proportions."],
  };
}

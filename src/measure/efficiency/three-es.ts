import { anyOf, type Truth } from '../../core/index.ts';
import type { Effect } from './claim.ts';
import { isAbove, isBelow, isNotLower } from './effects.ts';

/** What is known of economy, efficiency and effectiveness; null where it is not measured. */
export interface ThreeEs {
  /** Change of input prices and mix at fixed volume: lower is more economical. */
  readonly economy: Effect | null;
  /** Change of output per input. */
  readonly efficiency: Effect | null;
  /** Change of actual against intended results. */
  readonly effectiveness: Effect | null;
  readonly floorBroken: Truth;
  /** Whether the objectives were delivered. */
  readonly delivered: Truth;
}

/** The panel of the three Es. An efficiency figure is not shown where effectiveness is not measured. */
export interface ThreeEsPanel {
  readonly verdict: string;
  readonly why: string;
  readonly showsEfficiency: boolean;
  readonly economy: 'cheaper' | 'dearer' | 'no clear change' | 'not measured';
}

function economyOf(effect: Effect | null): ThreeEsPanel['economy'] {
  if (!effect) return 'not measured';
  if (isBelow(effect)) return 'cheaper';
  return isAbove(effect) ? 'dearer' : 'no clear change';
}

/** Up, down or neither, by whether the interval excludes 0. */
function directionOf(effect: Effect | null): 'up' | 'down' | 'unclear' | null {
  if (!effect) return null;
  if (isAbove(effect) === true) return 'up';
  return isBelow(effect) === true ? 'down' : 'unclear';
}

const verdicts: Readonly<Record<string, readonly [string, string]>> = {
  'up up': ['better value', 'More is achieved of what is intended, and each pound buys more.'],
  'up down': ['efficiently doing the wrong thing', 'More is produced for the money, and less comes of it.'],
  'down up': [
    'paying more for more: see marginal cost per outcome',
    'More is achieved, and each pound buys less output.',
  ],
  'down down': ['worse value', 'Less is achieved, and each pound buys less.'],
};

/**
 * Value for money is "the optimal use of resources to achieve the intended outcomes" (National Audit Office).
 * Without effectiveness it cannot be stated; a broken floor or an objective not delivered decides alone.
 */
export function threeEs(known: ThreeEs): ThreeEsPanel {
  const economy = economyOf(known.economy);
  const showsEfficiency = known.effectiveness !== null;
  const panel = (verdict: string, why: string): ThreeEsPanel => ({ verdict, why, showsEfficiency, economy });
  if (anyOf(known.floorBroken, known.delivered === null ? null : !known.delivered) === true) {
    const why =
      known.floorBroken === true ? 'An essential floor is broken' : 'The objectives were not delivered';
    return panel('not good value', `${why}, whatever the rest.`);
  }
  const effectiveness = directionOf(known.effectiveness);
  if (effectiveness === null)
    return panel('value for money cannot be stated', 'Whether it achieves what it is for is not measured.');
  const efficiency = directionOf(known.efficiency);
  if (efficiency === null)
    return panel('value for money cannot be stated', 'What it produces for the money is not measured.');
  const decided = verdicts[`${efficiency} ${effectiveness}`];
  if (decided) return panel(...decided);
  if (efficiency === 'up' && isNotLower(known.effectiveness, 0.01) === true)
    return panel('better value', 'Each pound buys more, and no less is achieved within the margin.');
  return panel('cannot tell yet', 'The ranges do not exclude that nothing changed.');
}

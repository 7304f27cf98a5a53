import { anyOf, formatInterval, formatValue, listInWords, type Truth } from '../../core/index.ts';
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
  /** Measures of what is intended that moved apart beyond chance, in words; none where they did not. */
  readonly apart?: MovedApart | null;
}

/** Measures that got better and measures that got worse, such as '"Paid in time" rose from 60.0% to 90.0%'. */
export interface MovedApart {
  readonly better: readonly string[];
  readonly worse: readonly string[];
}

/** The panel of the three Es. An efficiency figure is not shown where effectiveness is not measured. */
export interface ThreeEsPanel {
  readonly verdict: string;
  readonly why: string;
  /** How the reason follows the verdict: as a sentence of its own, or after a colon. */
  readonly join: 'stop' | 'colon';
  readonly showsEfficiency: boolean;
  readonly economy: 'cheaper' | 'dearer' | 'no clear change' | 'not measured';
}

function economyOf(effect: Effect | null): ThreeEsPanel['economy'] {
  if (!effect) return 'not measured';
  if (isBelow(effect)) return 'cheaper';
  return isAbove(effect) ? 'dearer' : 'no clear change';
}

/** Up, down or neither, by whether the interval excludes 0. */
function directionOf(effect: Effect): 'up' | 'down' | 'unclear' {
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

const partsInWords = {
  efficiency: {
    up: 'Each pound buys more output',
    down: 'Each pound buys less output',
    open: 'whether each pound buys more output or less',
  },
  effectiveness: {
    up: 'More is achieved of what is intended',
    down: 'Less is achieved of what is intended',
    open: 'whether more or less is achieved of what is intended',
  },
};

function rangeOf([growth, low, high]: Effect): string {
  const range = low === null || high === null ? '' : `, range ${formatInterval({ low, high }, 'growth')}`;
  return ` (${formatValue(growth, 'growth')}${range})`;
}

/** Which of efficiency and effectiveness can be told, and which cannot. */
function whatIsOpen(efficiency: Effect, effectiveness: Effect): string {
  const parts = [
    { words: partsInWords.efficiency, effect: efficiency },
    { words: partsInWords.effectiveness, effect: effectiveness },
  ].map(({ words, effect }) => ({ words, range: rangeOf(effect), direction: directionOf(effect) }));
  const told = parts.find(({ direction }) => direction !== 'unclear');
  const open = parts.find(({ direction }) => direction === 'unclear');
  if (!told || !open || told.direction === 'unclear')
    return 'The ranges of efficiency and effectiveness do not exclude that nothing changed.';
  return `${told.words[told.direction]}${told.range}; ${open.words.open} cannot be told${open.range}.`;
}

/** The verdict where one thing intended gets worse and another better, by what became of efficiency. */
const apartVerdicts = {
  up: 'efficiently doing the wrong thing, in part',
  down: 'paying more, for more of one thing and less of another',
  unclear: 'more of one thing and less of another',
};

/** What got better and what got worse, then what each pound buys, then that weights let one pay for the other. */
function apartInWords({ better, worse }: MovedApart, efficiency: Effect, effectiveness: Effect): string {
  const buys = directionOf(efficiency);
  const pound = buys === 'unclear' ? '' : ` ${partsInWords.efficiency[buys]}${rangeOf(efficiency)}.`;
  return `${listInWords(better)}, but ${listInWords(worse)}.${pound} The weighted figure of quality${rangeOf(effectiveness)} hides that: in it, what got better pays for what got worse.`;
}

/**
 * Value for money is "the optimal use of resources to achieve the intended outcomes" (National Audit Office).
 * Without effectiveness it cannot be stated; a broken floor or an objective not delivered decides alone. Where one
 * measure of what is intended gets worse beyond chance while another gets better, that is said first (product rule).
 */
export function threeEs(known: ThreeEs): ThreeEsPanel {
  const economy = economyOf(known.economy);
  const showsEfficiency = known.effectiveness !== null;
  const panel = (verdict: string, why: string, join: ThreeEsPanel['join'] = 'stop'): ThreeEsPanel => ({
    verdict,
    why,
    join,
    showsEfficiency,
    economy,
  });
  if (anyOf(known.floorBroken, known.delivered === null ? null : !known.delivered) === true) {
    const why =
      known.floorBroken === true ? 'An essential floor is broken' : 'The objectives were not delivered';
    return panel('not good value', `${why}, whatever the rest.`);
  }
  if (!known.effectiveness)
    return panel('value for money cannot be stated', 'Whether it achieves what it is for is not measured.');
  if (!known.efficiency)
    return panel('value for money cannot be stated', 'What it produces for the money is not measured.');
  const [efficiency, effectiveness] = [directionOf(known.efficiency), directionOf(known.effectiveness)];
  const { apart } = known;
  if (apart && effectiveness !== 'down')
    return panel(
      apartVerdicts[efficiency],
      apartInWords(apart, known.efficiency, known.effectiveness),
      'colon',
    );
  const decided = verdicts[`${efficiency} ${effectiveness}`];
  if (decided) return panel(...decided);
  if (efficiency === 'up' && isNotLower(known.effectiveness, 0.01) === true)
    return panel('better value', 'Each pound buys more, and no less is achieved within the margin.');
  return panel('cannot tell yet', whatIsOpen(known.efficiency, known.effectiveness));
}

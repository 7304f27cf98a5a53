import { percentileInterval } from '../bootstrap.ts';
import { levelOfEach, type PairedBlocks, pairedBlockChange, pairedDraws } from '../paired-blocks.ts';
import { type CaseRow, logGrowth, observedTotals, poolRows, resampledTotals } from './case-growth.ts';
import { type DeclaredError, errorFactor } from './declared-error.ts';

/** What growth is worked out from, and all that is known of its errors. */
export interface GrowthRequest {
  readonly cases: readonly CaseRow[];
  /** Pounds for one, by item, in the earlier period. */
  readonly unitCosts: Readonly<Record<string, number>>;
  /** Growth of inputs as a share, for productivity; 0 for output. */
  readonly inputGrowth: number;
  /** Output by block of weeks, the same weeks in both years; null without. */
  readonly blocks: PairedBlocks | null;
  readonly weeksPerBlock: number;
  readonly errors: readonly DeclaredError[];
  readonly level: number;
  readonly replicates: number;
  readonly seed: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Growth with its interval, what made it wide, and whether it can be told from none. */
interface GrowthInterval {
  readonly growth: number;
  /** From chance arrivals alone, and from weeks that vary more; null where it cannot be given. */
  readonly cases: Range | null;
  readonly weeks: Range | null;
  /** Which of the two is wider and so stands for chance. */
  readonly chance: 'cases' | 'weeks';
  /** Chance and every declared error together. */
  readonly all: Range;
  /** Variance of ln(1 + growth) with all, and without each in turn. */
  readonly variance: number;
  readonly components: readonly { readonly component: string; readonly varianceWithout: number }[];
  readonly pairedWeeks: number;
  readonly verdict: 'rose' | 'fell' | 'cannot tell yet';
  /** Weeks that would make the interval half as wide as the growth is large; null where it already is or growth is none. */
  readonly weeksNeeded: number | null;
  /** Items whose unit cost has no declared error: it counts as none, and is said. */
  readonly undeclared: readonly string[];
}

/** Weeks that must be paired with the year before for a change to be told from chance. */
export const fewestWeeks = 26;

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

const asGrowth = ({ low, high }: Range): Range => ({ low: Math.expm1(low), high: Math.expm1(high) });

/** ln(1 + growth) of every replicate that has cases in both periods, with chance or without and with the errors that are left. */
type Replay = (parts: {
  readonly chance: boolean;
  readonly errors: readonly DeclaredError[];
}) => readonly number[];

function replayer(request: GrowthRequest, rows: readonly CaseRow[], chance: 'cases' | 'weeks'): Replay {
  const { unitCosts, seed, replicates, inputGrowth } = request;
  const observed = observedTotals(rows);
  const spread = chance === 'weeks' && request.blocks ? pairedBlockChange(request.blocks) : null;
  const noises = spread ? pairedDraws(spread, seed, replicates) : [];
  return ({ chance: isOn, errors }) =>
    Array.from({ length: replicates }, (_, replicate) => {
      const costs: Record<string, number> = { ...unitCosts };
      let factor = 1 / (1 + inputGrowth);
      for (const error of errors) {
        const drawn = errorFactor(error, seed, replicate);
        if (error.on === 'inputs') factor /= drawn;
        else if (error.on === 'output') factor *= drawn;
        else costs[error.on.unitCost] = (costs[error.on.unitCost] ?? 0) * drawn;
      }
      const totals = isOn && chance === 'cases' ? resampledTotals(rows, seed, replicate) : observed;
      const noise = isOn ? (noises[replicate] ?? 0) : 0;
      return logGrowth(totals, (item) => costs[item] ?? 0) + Math.log(factor) + noise;
    }).filter(Number.isFinite);
}

/**
 * Growth of output or productivity with its interval (method note, section 8): a Poisson bootstrap over cases and
 * paired blocks of weeks with Student's t, the wider of which stands for chance (each at 94% for a wider of 95%); declared errors drawn jointly
 * with it. Under 26 paired weeks, or where the interval holds zero, the answer is "cannot tell yet". Null where there
 * are too few cases for any interval: more than a tenth of resamples hold none in a period, and no blocks are given.
 */
export function growthInterval(request: GrowthRequest): GrowthInterval | null {
  const { blocks, errors, level, weeksPerBlock, unitCosts, inputGrowth, replicates } = request;
  const rows = poolRows(request.cases);
  const estimate = logGrowth(observedTotals(rows), (item) => unitCosts[item] ?? 0) - Math.log1p(inputGrowth);
  const resampled = replayer(request, rows, 'cases')({ chance: true, errors: [] });
  const hasCases = resampled.length >= 0.9 * replicates;
  const canPair = blocks !== null && pairedBlockChange(blocks) !== null;
  const each = hasCases && canPair ? levelOfEach(level) : level;
  const fromCases = hasCases ? percentileInterval(resampled, each) : null;
  const paired = canPair && blocks ? pairedBlockChange(blocks, null, each) : null;
  const fromWeeks = paired
    ? {
        low: estimate - (Math.log1p(paired.growth) - Math.log1p(paired.low)),
        high: estimate + (Math.log1p(paired.high) - Math.log1p(paired.growth)),
      }
    : null;
  if (!fromCases && !fromWeeks) return null;
  const width = (range: Range | null) => (range ? range.high - range.low : 0);
  const isWeeks = width(fromWeeks) > width(fromCases) || !fromCases;
  const chance = isWeeks ? 'weeks' : 'cases';
  const replay = replayer(request, rows, chance);
  const whole = replay({ chance: true, errors });
  const chanceAlone = isWeeks ? fromWeeks : fromCases;
  const all = errors.length === 0 && chanceAlone ? chanceAlone : percentileInterval(whole, level);
  const pairedWeeks = (paired?.blocks ?? 0) * weeksPerBlock;
  const excludesZero = all.low > 0 || all.high < 0;
  const isTold = excludesZero && pairedWeeks >= fewestWeeks;
  const half = (all.high - all.low) / 2;
  const declared = new Set(errors.flatMap(({ on }) => (typeof on === 'object' ? [on.unitCost] : [])));
  return {
    growth: Math.expm1(estimate),
    cases: fromCases ? asGrowth(fromCases) : null,
    weeks: fromWeeks ? asGrowth(fromWeeks) : null,
    chance,
    all: asGrowth(all),
    variance: variance(whole),
    components: [
      { component: chance, varianceWithout: variance(replay({ chance: false, errors })) },
      ...[...new Set(errors.map(({ id }) => id))].map((id) => ({
        component: id,
        varianceWithout: variance(replay({ chance: true, errors: errors.filter((one) => one.id !== id) })),
      })),
    ],
    pairedWeeks,
    verdict: isTold ? (estimate > 0 ? 'rose' : 'fell') : 'cannot tell yet',
    weeksNeeded:
      isTold || estimate === 0 || pairedWeeks === 0
        ? null
        : Math.max(fewestWeeks, Math.ceil(pairedWeeks * (half / Math.abs(estimate)) ** 2)),
    undeclared: Object.keys(unitCosts).filter((item) => !declared.has(item)),
  };
}

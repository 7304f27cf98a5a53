import { drawsFor, type Interval } from '../../core/index.ts';
import { percentileInterval, poissonDraw, standardNormal } from '../../stats/index.ts';
import type { CheckFacts, UsualOrder } from './check-facts.ts';
import { cheapestOrder, costOfOrder } from './check-order.ts';

/** An amount with its 95% interval. */
export interface Saved {
  readonly value: number;
  readonly interval: Interval;
}

/** What the cheapest permitted order would save over the usual one. */
export interface OrderSaving {
  /** Places of the checks, cheapest permitted order. */
  readonly order: readonly number[];
  /** What the order was chosen by: pounds where every check has them, else hours. */
  readonly by: 'pounds' | 'hours';
  readonly hours: Saved | null;
  readonly pounds: Saved | null;
}

const draws = 1000;
const seed = 1;

type Unit = 'minutes' | 'pounds';

const known = (checks: readonly CheckFacts[], unit: Unit) =>
  checks.every((check) => check[unit] !== null && check.cases > 0);

const costed = (checks: readonly CheckFacts[], unit: Unit) =>
  checks.map((check) => ({ share: check.turnedDown / check.cases, cost: check[unit]?.mean ?? 0 }));

/**
 * What a draw of the log would save: cases turned down and let through as Poisson counts, which is a bootstrap of
 * cases with Poisson weights, and mean costs by the normal distribution of their error. The order stays.
 */
function saving(
  checks: readonly CheckFacts[],
  usual: readonly number[],
  best: readonly number[],
  unit: Unit,
): Saved {
  const scale = unit === 'minutes' ? 1 / 60 : 1;
  const first = usual[0] ?? 0;
  const of = (all: readonly { share: number; cost: number }[], cases: number) =>
    scale * cases * (costOfOrder(all, usual) - costOfOrder(all, best));
  const draw = drawsFor(seed, `order of checks, ${unit}`);
  const samples = Array.from({ length: draws }, (_, k) => {
    let visit = 0;
    const uniform = () => draw(k, visit++);
    let cases = 0;
    const drawn = checks.map((check, place) => {
      const down = poissonDraw(check.turnedDown, uniform);
      const through = poissonDraw(check.cases - check.turnedDown, uniform);
      if (place === first) cases = down + through;
      const { mean, variance } = check[unit] as NonNullable<CheckFacts[Unit]>;
      return {
        share: down + through === 0 ? 0 : down / (down + through),
        cost: Math.max(0, mean + Math.sqrt(variance) * standardNormal(uniform)),
      };
    });
    return of(drawn, cases);
  });
  return {
    value: of(costed(checks, unit), checks[first]?.cases ?? 0),
    interval: {
      ...percentileInterval(samples),
      level: 0.95,
      method: `Bootstrap of cases with Poisson weights, ${draws} draws, percentile`,
      meaning:
        'The range that would hold the saving in 95 of 100 such periods, if checks turn cases down independently.',
    },
  };
}

/** What another order of the checks would save; null where no order is permitted or what the checks take is not known. */
export function orderSaving(checks: readonly CheckFacts[], { order: usual }: UsualOrder): OrderSaving | null {
  const unit = (['pounds', 'minutes'] as const).find((each) => known(checks, each));
  if (unit === undefined) return null;
  const order = cheapestOrder(
    costed(checks, unit),
    checks.map(({ after }) => after),
  );
  if (order === null) return null;
  return {
    order,
    by: unit === 'pounds' ? 'pounds' : 'hours',
    hours: known(checks, 'minutes') ? saving(checks, usual, order, 'minutes') : null,
    pounds: known(checks, 'pounds') ? saving(checks, usual, order, 'pounds') : null,
  };
}

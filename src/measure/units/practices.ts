import type { QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { adjustForDiscoveries, standardiseUnits } from '../../stats/index.ts';
import type { Study } from '../study.ts';
import { type CaseValue, collectUnitRows, flagSql, type UnitRow } from './collect-units.ts';
import { byGroup, noSums, strataOf, tallyRows, type UnitStratum, without } from './tally-units.ts';
import type { UnitPlan } from './unit-plan.ts';
import { type Ranged, type Replicates, ranged } from './unit-ranges.ts';

/** What differs between alike cases of one unit that were handled so and those that were not. */
export interface PracticeEffect {
  readonly id: string;
  readonly title: string;
  readonly kind: 'effort' | 'share' | 'mean';
  /** Effort as a share of the others'; else the difference. */
  readonly difference: Ranged;
  /** Whether that is better, worse, or no more than chance. */
  readonly reading: 'better' | 'worse' | 'no difference';
}

/** A way of working in all units. */
export interface PracticeFigures {
  readonly id: string;
  readonly title: string;
  readonly direction: 'higher' | 'lower';
  readonly remedy: string | null;
  /** By unit: share of its cases, at the mix of all units. */
  readonly shares: readonly Ranged[];
  /** The place of the unit that is furthest in the direction thought better. */
  readonly leader: number;
  /** By unit: how far it is from the leader, in shares of cases. */
  readonly gaps: readonly Ranged[];
  readonly effects: readonly PracticeEffect[];
  /** True where alike cases fare as thought in something beyond chance, and the other way in no part of quality. */
  readonly isBorneOut: boolean;
}

/** A value of cases that a way of working may change. */
export interface PracticeValue extends CaseValue {
  readonly title: string;
  readonly kind: PracticeEffect['kind'];
  readonly direction: 'higher' | 'lower';
}

const discoveries = 0.05;

interface Contrast {
  readonly shares: readonly number[];
  readonly effects: readonly number[];
}

/** Each unit twice: its cases handled so, and its others. */
const halves = (units: readonly string[]) => units.flatMap((unit) => [`${unit} so`, `${unit} not`]);

const split = (rows: readonly UnitRow[]) =>
  rows.map((row) => ({ ...row, unit: `${row.unit} ${row.flag ? 'so' : 'not'}` }));

/** Differences within unit and stratum, weighed by n1·n0/(n1 + n0) as Mantel and Haenszel weigh them (1959). */
function contrast(strata: readonly UnitStratum[], units: number, values: readonly PracticeValue[]): Contrast {
  const each = Array.from({ length: units }, (_, u) => u);
  const standard = standardiseUnits(
    strata.map(({ cases }) =>
      each.map((u) => {
        const [so, not] = [cases[2 * u] ?? 0, cases[2 * u + 1] ?? 0];
        return { n: so + not, sum: so, squares: so };
      }),
    ),
  );
  const effects = values.map(({ kind }, k) => {
    let [weights, differences, others] = [0, 0, 0];
    for (const own of strata)
      for (const u of each) {
        const so = own.values[k]?.[2 * u] ?? noSums;
        const not = own.values[k]?.[2 * u + 1] ?? noSums;
        if (so.n === 0 || not.n === 0) continue;
        const weight = (so.n * not.n) / (so.n + not.n);
        weights += weight;
        differences += weight * (so.sum / so.n - not.sum / not.n);
        others += weight * (not.sum / not.n);
      }
    return kind === 'effort' ? differences / others : differences / weights;
  });
  return { shares: each.map((u) => standard?.units[u]?.standardised ?? Number.NaN), effects };
}

function readingOf(
  difference: Ranged,
  adjustedP: number,
  direction: 'higher' | 'lower',
): PracticeEffect['reading'] {
  if (!(adjustedP < discoveries)) return 'no difference';
  return difference.value > 0 === (direction === 'higher') ? 'better' : 'worse';
}

/** Each way of working that the charter names: where it is used, and what differs for alike cases of one unit. */
export async function studyPractices(
  study: Study,
  facts: Facts,
  plan: UnitPlan,
  values: readonly PracticeValue[],
  log: QueryRecord[],
): Promise<readonly PracticeFigures[]> {
  const units = plan.members.map(({ unit }) => unit);
  const found: PracticeFigures[] = [];
  for (const { id, title, share, of, direction, remedy } of plan.section.practices ?? []) {
    const rows = await collectUnitRows(
      study,
      facts,
      plan,
      {
        name: `units-practice-${id}`,
        purpose: `Sums over cases handled so and not: "${title}".`,
        by: 'cases',
      },
      values,
      flagSql(facts, share, of),
      log,
    );
    if (rows.length === 0) continue;
    const own = halves(units);
    const pooled = strataOf(rows, units);
    const whole = tallyRows(split(rows), own, pooled, values.length);
    const replicates: Replicates<Contrast> = {
      whole: contrast(whole, units.length, values),
      cases: [...byGroup(split(rows)).values()].map((group) =>
        contrast(without(whole, tallyRows(group, own, pooled, values.length)), units.length, values),
      ),
      periods: [],
    };
    const differences = values.map((_, k) =>
      ranged(replicates, ({ effects: each }) => each[k] ?? Number.NaN),
    );
    const adjusted = adjustForDiscoveries(
      differences.map(({ p }) => p),
      'dependent',
    );
    const effects = values.map(({ name, title: what, kind, direction: better }, k): PracticeEffect => {
      const difference = differences[k] ?? { value: Number.NaN, interval: null, p: 1 };
      return {
        id: name,
        title: what,
        kind,
        difference,
        reading: readingOf(difference, adjusted[k] ?? 1, better),
      };
    });
    const shares = units.map((_, u) => ranged(replicates, (one) => one.shares[u] ?? Number.NaN));
    const sign = direction === 'higher' ? 1 : -1;
    const leader = shares.reduce(
      (best, own, u) => (sign * own.value > sign * (shares[best]?.value ?? Number.NaN) ? u : best),
      0,
    );
    const gaps = units.map((_, u) =>
      ranged(replicates, (one) => (one.shares[leader] ?? Number.NaN) - (one.shares[u] ?? Number.NaN)),
    );
    const held = adjustForDiscoveries(
      gaps.map(({ p }, u) => (u === leader ? 1 : p)),
      'dependent',
    );
    const fares = direction === 'higher' ? 'better' : 'worse';
    const against = direction === 'higher' ? 'worse' : 'better';
    found.push({
      id,
      title,
      direction,
      remedy: remedy ?? null,
      shares,
      leader,
      gaps: gaps.map((gap, u) => ({ ...gap, p: held[u] ?? 1 })),
      effects,
      isBorneOut:
        effects.some(({ reading }) => reading === fares) &&
        !effects.some(({ kind, reading }) => kind !== 'effort' && reading === against),
    });
  }
  return found;
}

/** Staff of one grade: hours or full-time equivalents in two periods, and base pay of one, pounds. */
interface GradeVolume {
  readonly grade: string;
  readonly base: number;
  readonly current: number;
  readonly pay: number;
}

/** An input whose volume is spending over a deflator, or whose volume ratio is known. */
type OtherInput =
  | { readonly spendBase: number; readonly spendCurrent: number; readonly deflator: number }
  | { readonly spendBase: number; readonly volumeRatio: number };

/** What a service used in two periods; "none" is a declaration that there is none of it. */
interface InputAccount {
  readonly labour: readonly GradeVolume[];
  readonly labourIndirect: OtherInput | 'none';
  readonly goodsServices: OtherInput | 'none';
  readonly capital: OtherInput | 'none';
}

type Component = 'labour-direct' | 'labour-indirect' | 'goods-services' | 'capital';

/** Growth of inputs and of each component, with its share of base cost. */
interface InputVolume {
  readonly headcountGrowth: number;
  readonly components: readonly {
    readonly component: Component;
    readonly weight: number;
    readonly growth: number;
    /** weight × growth; these add to the growth of inputs exactly. */
    readonly contribution: number;
  }[];
  readonly growth: number;
}

function growthOf(input: OtherInput): number {
  if ('volumeRatio' in input) return input.volumeRatio - 1;
  return input.spendCurrent / input.deflator / input.spendBase - 1;
}

/**
 * Growth of input volume at base cost shares, gI = Σ w·g (Laspeyres): direct labour by grade at base pay, other
 * spending deflated, the "mixed" method. Null where nothing was spent in the base period.
 */
export function inputVolume(account: InputAccount): InputVolume | null {
  const sum = (of: (grade: GradeVolume) => number) => account.labour.reduce((all, one) => all + of(one), 0);
  const payBill = sum((one) => one.base * one.pay);
  const raw = [
    ...(payBill > 0
      ? [
          {
            component: 'labour-direct' as const,
            cost: payBill,
            growth: sum((one) => one.current * one.pay) / payBill - 1,
          },
        ]
      : []),
    ...(
      [
        ['labour-indirect', account.labourIndirect],
        ['goods-services', account.goodsServices],
        ['capital', account.capital],
      ] as const
    ).flatMap(([component, input]) =>
      input === 'none' ? [] : [{ component, cost: input.spendBase, growth: growthOf(input) }],
    ),
  ];
  const total = raw.reduce((all, one) => all + one.cost, 0);
  if (!(total > 0)) return null;
  const components = raw.map(({ component, cost, growth }) => {
    const weight = cost / total;
    return { component, weight, growth, contribution: weight * growth };
  });
  return {
    headcountGrowth: sum((one) => one.current) / sum((one) => one.base) - 1,
    components,
    growth: components.reduce((all, one) => all + one.contribution, 0),
  };
}

/** Productivity with and without the time of the people served among the inputs. */
interface CitizenProductivity {
  readonly productivity: number;
  readonly withCitizens: number;
  /** True where the body gains and, with citizens' time, the whole loses. */
  readonly isPaidForByCitizens: boolean;
}

/**
 * Growth of output over inputs of the body alone, and over inputs with the hours of the people served valued at
 * a declared rate; never merged in silence. All growth as shares; costs in pounds of the base period.
 */
export function productivityWithCitizens(given: {
  readonly outputGrowth: number;
  readonly inputGrowth: number;
  readonly inputCost: number;
  readonly hoursBase: number;
  readonly hoursCurrent: number;
  readonly poundsAnHour: number;
}): CitizenProductivity {
  const time = given.hoursBase * given.poundsAnHour;
  const whole =
    (given.inputCost * (1 + given.inputGrowth) + given.hoursCurrent * given.poundsAnHour) /
    (given.inputCost + time);
  const productivity = (1 + given.outputGrowth) / (1 + given.inputGrowth) - 1;
  const withCitizens = (1 + given.outputGrowth) / whole - 1;
  return { productivity, withCitizens, isPaidForByCitizens: productivity > 0 && withCitizens < 0 };
}

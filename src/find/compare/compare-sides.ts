import {
  completeResult,
  formatValue,
  formatWithUnit,
  leastCases,
  listInWords,
  overPeriod,
  type ProcessMapChart,
  type Result,
  type Table,
  WellspentError,
} from '../../core/index.ts';
import { type Difference, differencesOf } from './differences.ts';
import type { Comparisons, Dimension, Side } from './sides.ts';

/** Which two sides to hold side by side; what is left out is chosen by size, and of periods the latest two. */
export interface SidesChosen {
  readonly of?: string | undefined;
  readonly first?: string | undefined;
  readonly second?: string | undefined;
}

const mostSteps = 10;
const mostPaths = 15;

function chosenFrom<T>(what: string, found: T | undefined, wanted: string, known: readonly string[]): T {
  if (found !== undefined) return found;
  throw new WellspentError('USAGE', `There is no ${what} "${wanted}" to compare.`, {
    found: wanted,
    hint: `known: ${known.join(', ')}`,
  });
}

/** The dimension and the two sides that a choice means. `USAGE` where it names what there is not. */
export function chooseSides(
  { dimensions }: Comparisons,
  { of, first, second }: SidesChosen,
): { readonly dimension: Dimension; readonly first: Side; readonly second: Side } {
  const ids = dimensions.map(({ id }) => id);
  const dimension = chosenFrom(
    'group, team or period',
    of === undefined ? dimensions[0] : dimensions.find(({ id }) => id === of),
    of ?? '',
    ids,
  );
  const { sides } = dimension;
  const values = sides.map(({ value }) => value);
  const named = (wanted: string | undefined, other: string | undefined) =>
    chosenFrom(
      'side',
      wanted === undefined
        ? sides.find(({ value }) => value !== other)
        : sides.find(({ value }) => value === wanted && value !== other),
      wanted ?? '',
      values,
    );
  const one = named(first, first === undefined ? second : undefined);
  return { dimension, first: one, second: named(second, one.value) };
}

function rowsOf(differences: readonly Difference[]): Table['rows'] {
  return differences.map((row) => ({
    measure: row.name,
    firstCases: row.firstCases,
    first: row.first,
    secondCases: row.secondCases,
    second: row.second,
    difference: row.difference,
    low: row.low,
    high: row.high,
    adjusted: row.adjusted,
    beyond: row.isBeyondChance ? 'yes' : 'no',
  }));
}

function tableOf(
  id: string,
  title: string,
  [a, b]: readonly [Side, Side],
  unit: 'days' | 'share',
  differences: readonly Difference[],
): Table {
  const gap = unit === 'days' ? 'days' : 'percentage-points';
  return {
    id,
    title,
    columns: [
      { key: 'measure', title: unit === 'days' ? 'Days' : 'Share of cases that', type: 'text' },
      { key: 'firstCases', title: `Cases: ${a.value}`, type: 'count' },
      { key: 'first', title: a.value, type: unit },
      { key: 'secondCases', title: `Cases: ${b.value}`, type: 'count' },
      { key: 'second', title: b.value, type: unit },
      { key: 'difference', title: 'Difference', type: gap, derivedFrom: ['first', 'second'] },
      { key: 'low', title: 'At least (95%)', type: gap, derivedFrom: ['difference'] },
      { key: 'high', title: 'At most (95%)', type: gap, derivedFrom: ['difference'] },
      {
        key: 'adjusted',
        title: 'Chance of such a difference',
        type: 'number',
        derivedFrom: ['difference'],
        forMachines: true,
      },
      { key: 'beyond', title: 'Beyond chance', type: 'text' },
    ],
    rows: rowsOf(differences),
  };
}

function pathsTable([a, b]: readonly [Side, Side]): Table {
  const key = (from: string, to: string) => JSON.stringify([from, to]);
  const other = new Map(b.map.edges.map((edge) => [key(edge.from, edge.to), edge]));
  const rows = a.map.edges.flatMap((edge) => {
    const second = other.get(key(edge.from, edge.to));
    return second
      ? [
          {
            from: edge.from,
            to: edge.to,
            first: edge.count,
            firstMedian: (edge.medianSeconds ?? 0) / 86_400,
            second: second.count,
            secondMedian: (second.medianSeconds ?? 0) / 86_400,
          },
        ]
      : [];
  });
  return {
    id: 'paths',
    folded: true,
    title: 'The paths that both take, most taken first',
    columns: [
      { key: 'from', title: 'From', type: 'text' },
      { key: 'to', title: 'To', type: 'text' },
      { key: 'first', title: `Times: ${a.value}`, type: 'count' },
      { key: 'firstMedian', title: `Median days: ${a.value}`, type: 'days' },
      { key: 'second', title: `Times: ${b.value}`, type: 'count' },
      { key: 'secondMedian', title: `Median days: ${b.value}`, type: 'days' },
    ],
    rows: rows.slice(0, mostPaths),
    notes: ['Paths of fewer than 10 cases on either side are left out.'],
  };
}

function mapOf(id: string, { value, cases, map }: Side): ProcessMapChart {
  return {
    ...map,
    id,
    kind: 'process-map',
    title: `${value}: ${formatValue(cases, 'count')} cases`,
    description: `A map of the steps of cases on the side "${value}" and the paths between them. The outline gives the same in words.`,
    table: 'paths',
  };
}

const wholeCase = 'duration';

/** How long whole cases of a side take; undefined where fewer than ten tell. */
function durationOf({ times }: Side) {
  return times.find(({ id, cases }) => id === wholeCase && cases >= leastCases);
}

/** A difference with its interval, in one unit; where the interval holds both signs it says which way each end lies. */
export function differenceInDays({
  difference,
  low,
  high,
}: Pick<Difference, 'difference' | 'low' | 'high'>): string {
  const [unit, times] =
    difference !== 0 && Math.abs(difference) < 0.05 ? (['hours', 24] as const) : (['days', 1] as const);
  const [value, from, to] = [difference * times, low * times, high * times];
  const side = value >= 0 ? 'more' : 'fewer';
  const size = (x: number) => formatValue(Math.abs(x), unit);
  const range =
    from < 0 && to > 0
      ? `${size(from)} ${unit} fewer to ${size(to)} ${unit} more`
      : value >= 0
        ? `${size(from)} to ${size(to)} ${unit}`
        : `${size(to)} to ${size(from)} ${unit}`;
  return `${formatWithUnit(Math.abs(value), unit)} ${side} (95% interval ${range})`;
}

function sentence(a: Side, b: Side, differences: readonly Difference[]): string {
  // The median of whole cases comes before what one case in ten exceeds.
  const time = differences.find(({ of }) => of === wholeCase);
  const beyond = differences.filter(({ isBeyondChance }) => isBeyondChance).length;
  const count = `${beyond} of ${differences.length} differences looked at are beyond chance.`;
  if (!time) {
    const untold = [a, b].filter((side) => !durationOf(side)).map(({ value }) => `"${value}"`);
    return `How long whole cases take cannot be compared: fewer than ten of ${listInWords(untold)} are finished and have a time. ${count}`;
  }
  return (
    `Half of the cases of "${a.value}" take ${formatWithUnit(time.first, 'days')} or less, those of "${b.value}" ${formatWithUnit(time.second, 'days')}: ` +
    `${differenceInDays(time)}${time.isBeyondChance ? '' : ', which chance alone could make'}. ${count}`
  );
}

function figures(a: Side, b: Side): NonNullable<Parameters<typeof completeResult>[0]['figures']> {
  return [a, b].flatMap((side, i) => {
    const time = durationOf(side);
    const id = i === 0 ? 'first' : 'second';
    const figure = (
      part: string,
      name: string,
      spread: typeof time extends undefined ? never : { value: number; low: number; high: number },
    ) => ({
      id: `${id}-${part}`,
      name: `${side.value}: ${name}`,
      value: spread.value,
      unit: 'days' as const,
      interval: {
        low: spread.low,
        high: spread.high,
        level: 0.95,
        method: 'order statistics, free of any distribution',
        meaning: 'The range that would hold the true value in 95 of 100 such services.',
      },
      period: null,
    });
    return [
      {
        id: `${id}-cases`,
        name: `${side.value}: cases`,
        value: side.cases,
        unit: 'count' as const,
        interval: null,
        period: null,
      },
      ...(time
        ? [
            figure('median', 'median days', time.median),
            figure('p90', 'days that one case in ten exceeds', time.p90),
          ]
        : []),
    ];
  });
}

/** Holds two sides side by side: times, waits, outcome, rework, findings and steps, and a map of each. */
export function compareSides(comparisons: Comparisons, choice: SidesChosen = {}): Result {
  const { dimension, first, second } = chooseSides(comparisons, choice);
  const pair = [first, second] as const;
  const differences = differencesOf(first, second);
  const byWidth = (a: Difference, b: Difference) => Math.abs(b.difference) - Math.abs(a.difference);
  const of = (...kinds: readonly Difference['kind'][]) =>
    differences.filter(({ kind }) => kinds.includes(kind));
  const { oneIn } = comparisons;
  const result = completeResult(
    {
      id: 'compare',
      question: 'How do two groups, teams or periods differ?',
      answer: sentence(first, second, differences),
      status: 'caution',
      figures: figures(first, second),
      tables: [
        tableOf('times', 'How long, in days', pair, 'days', of('time')),
        tableOf('shares', 'Outcome, rework and findings', pair, 'share', of('outcome', 'rework', 'finding')),
        {
          ...tableOf(
            'steps',
            'Steps that differ most',
            pair,
            'share',
            of('step').toSorted(byWidth).slice(0, mostSteps),
          ),
          folded: true,
        },
        pathsTable(pair),
      ],
      charts: [mapOf('map-first', first), mapOf('map-second', second)],
      caveats: [
        ...(comparisons.missing ?? []),
        'The two may differ in who their cases are: nothing here adjusts for it, and no difference says what caused it.',
        dimension.rule,
        '"Beyond chance" allows for all differences on this page, and not for choosing these two sides after seeing others.',
        'Groups, teams and periods only: nobody is compared with anybody, and nothing is put in order of merit.',
        ...(oneIn > 1
          ? [
              `Worked out from one case in ${oneIn}, taken by a hash of its id, since the log is large: counts are of those.`,
            ]
          : []),
      ],
      next: ['Ask both sides what they do differently where the difference is beyond chance.'],
      method:
        'Medians and 90th percentiles of cases with intervals from order statistics; their difference by square and add (Zou and Donner, 2008); shares by Newcombe (1998), method 10; beyond chance where the p-value, adjusted for all differences looked at under any dependence (Benjamini and Yekutieli, 2001), is 0.05 or less',
      queries: comparisons.queries,
      parameters: { by: dimension.id, first: first.value, second: second.value, leastCases: 30, oneIn },
    },
    comparisons.from,
    comparisons.demonstration ? ['These are demonstration data, made up with a known truth.'] : [],
  );
  return overPeriod(result, comparisons.period);
}

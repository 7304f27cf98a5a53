import { leastCases, type Table } from '../../core/index.ts';
import { sentence } from '../wording.ts';
import type { UnitStudy } from './study-units.ts';
import { endsOf, ranged } from './unit-ranges.ts';
import { perOne, unitTitle } from './unit-words.ts';

/** Each unit from what is counted to what counts. */
export function stepsTable(found: UnitStudy, label: string): Table {
  const { whole } = found.replicates;
  return {
    id: 'steps',
    title: `${found.plan.section.title}: from what is counted to what counts, ${label}`,
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'counted', title: `Counted ${perOne(found)}`, type: 'number' },
      { key: 'countedRank', title: 'Place', type: 'count', ofNobody: true },
      { key: 'rate', title: `Of these, ${found.plan.section.counts}`, type: 'number' },
      { key: 'weighed', title: 'Allowing for who comes', type: 'number' },
      { key: 'adjusted', title: 'Allowing also for what comes of it', type: 'number' },
      { key: 'low', title: 'Low', type: 'number' },
      { key: 'high', title: 'High', type: 'number' },
      { key: 'rank', title: 'Place then', type: 'count', ofNobody: true },
    ],
    rows: whole.map((own, u) => {
      const adjusted = ranged(found.replicates, (scored) => scored[u]?.score ?? Number.NaN, 'log');
      return {
        unit: unitTitle(found, u),
        counted: own.countedRate,
        countedRank: found.ranks.counted[u] ?? null,
        rate: own.rate,
        weighed: own.weighedRate,
        adjusted: own.score,
        ...endsOf(adjusted),
        rank: found.ranks.adjusted[u] ?? null,
      };
    }),
    notes: [
      `Each case counts by what alike cases take in all ${found.plan.section.title.toLowerCase()} together, and by the parts of quality against all of them at the charter's weights. A figure of the last steps reads as ${found.plan.section.counts} of average difficulty and quality.`,
    ],
  };
}

/** Each quality measure by unit, as it is and allowing for who comes: shares in one table, other measures in another. */
export function partsTables(found: UnitStudy, label: string): readonly Table[] {
  return ([true, false] as const).flatMap((isShare) => {
    const rows = found.plan.parts.flatMap((part, k) =>
      part.isShare === isShare ? found.plan.members.map((_, u) => partRow(found, k, u)) : [],
    );
    if (rows.length === 0) return [];
    const type = isShare ? ('share' as const) : ('number' as const);
    const notAllowed = found.plan.parts.filter((part) => part.asTheyCome && part.isShare === isShare);
    return [
      {
        id: isShare ? 'parts' : 'parts-measured',
        title: `What comes of it, by unit${isShare ? '' : ': other measures'}, ${label}`,
        columns: [
          { key: 'measure', title: 'Measure', type: 'text' },
          { key: 'unit', title: 'Unit', type: 'text' },
          { key: 'weight', title: 'Weight', type: 'share', ofNobody: true },
          { key: 'crude', title: 'As it is', type },
          { key: 'adjusted', title: 'Allowing for who comes', type },
          { key: 'low', title: 'Low', type },
          { key: 'high', title: 'High', type },
        ],
        rows,
        notes: [
          'Allowing for who comes: each unit at the mix of all units together (direct standardisation).',
          ...notAllowed.map(
            ({ measure }) =>
              `"${measure.title}" tells who comes, not what is done, so nothing is allowed for in it.`,
          ),
        ],
      },
    ] satisfies readonly Table[];
  });
}

function partRow(found: UnitStudy, k: number, u: number) {
  const { measure } = found.plan.parts[k] ?? { measure: null };
  const adjusted = ranged(found.replicates, (scored) => scored[u]?.levels[k]?.adjusted ?? Number.NaN);
  return {
    measure: measure?.title ?? '',
    unit: unitTitle(found, u),
    weight: measure?.weight ?? null,
    crude: found.replicates.whole[u]?.levels[k]?.crude ?? null,
    adjusted: Number.isFinite(adjusted.value) ? adjusted.value : null,
    ...endsOf(adjusted),
  };
}

/** How long cases waited by unit. */
export function waitsTable(found: UnitStudy, label: string): Table | null {
  const rows = found.plan.members.flatMap(({ unit, title }) => {
    const own = found.waits.get(unit);
    if (!own) return [];
    const [median, long, low, high] = own.quantiles.map((days) => days / 7);
    return [
      {
        unit: title,
        n: own.n,
        median: median ?? null,
        low: low ?? null,
        high: high ?? null,
        long: long ?? null,
      },
    ];
  });
  if (rows.length === 0) return null;
  return {
    id: 'unit-waits',
    title: `Weeks waited, by unit, ${label}`,
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'n', title: 'Cases', type: 'count' },
      { key: 'median', title: 'Half waited at most', type: 'number' },
      { key: 'low', title: 'Low', type: 'number' },
      { key: 'high', title: 'High', type: 'number' },
      { key: 'long', title: 'Eight in ten waited at most', type: 'number' },
    ],
    rows,
  };
}

/** What the figure in use counts, by unit and ending. */
export function countedTable(found: UnitStudy, titleOf: (ending: string) => string, label: string): Table {
  const rows = found.plan.members.flatMap(({ unit, title }) => {
    const own = found.counted.filter((row) => row.unit === unit);
    const endings = [...new Set(own.map(({ ending }) => ending))];
    const sum = (ending: string, is: (row: (typeof own)[number]) => boolean) =>
      own.filter((row) => row.ending === ending && is(row)).reduce((all, { n }) => all + n, 0);
    return endings.map((ending) => {
      const cases = sum(ending, () => true);
      const isShown = cases >= leastCases;
      return {
        unit: title,
        ending: titleOf(ending),
        cases: isShown ? cases : null,
        counted: isShown ? sum(ending, ({ isCounted }) => isCounted) / cases : null,
        output: isShown ? sum(ending, ({ isOutput }) => isOutput) / cases : null,
      };
    });
  });
  return {
    id: 'counted',
    title: `What is counted, by unit and how cases ended, ${label}`,
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'ending', title: 'How cases ended', type: 'text' },
      { key: 'cases', title: 'Cases', type: 'count' },
      { key: 'counted', title: 'Share in the figure in use', type: 'share', ofNobody: true },
      { key: 'output', title: `Share that are ${found.plan.section.counts}`, type: 'share', ofNobody: true },
    ],
    rows,
    notes: [
      'Every case of these periods is in one row. The shares tell of the rules of counting, not of people. Endings with fewer than ten cases are not shown.',
    ],
  };
}

/** Who comes to each unit. */
export function mixTable(found: UnitStudy): Table {
  return {
    id: 'mix',
    title: 'Who comes to each unit',
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'mix', title: 'How demanding its cases are, against all cases', type: 'growth' },
      { key: 'low', title: 'Low', type: 'growth' },
      { key: 'high', title: 'High', type: 'growth' },
      { key: 'reading', title: 'Reading', type: 'text' },
    ],
    rows: found.mix.map(({ unit, mix, reading }) => ({
      unit: unitTitle(found, unit),
      mix: mix.value,
      ...endsOf(mix),
      reading: reading === 'alike' ? 'like all cases, or too near to say' : `${reading} cases than all`,
    })),
    notes: [
      'By what alike cases take in all units together. Easier or harder is said from 2% on, beyond chance, all units allowed for.',
    ],
  };
}

/** Every two units by what is counted and by what counts. */
export function unitPairsTable(found: UnitStudy): Table {
  return {
    id: 'unit-pairs',
    title: 'Do what is counted and what counts order the units alike?',
    columns: [
      { key: 'first', title: 'Counts more', type: 'text' },
      { key: 'counted', title: 'Ahead by', type: 'growth' },
      { key: 'countedLow', title: 'Low', type: 'growth' },
      { key: 'countedHigh', title: 'High', type: 'growth' },
      { key: 'second', title: 'The other', type: 'text' },
      { key: 'adjusted', title: 'Its lead, all allowed for', type: 'growth' },
      { key: 'low', title: 'Low', type: 'growth' },
      { key: 'high', title: 'High', type: 'growth' },
      { key: 'reading', title: 'Reading', type: 'text' },
    ],
    rows: found.pairs.map(({ first, second, counted, adjusted, isReversed }) => ({
      first: unitTitle(found, first),
      counted: counted.value,
      countedLow: counted.interval?.low ?? null,
      countedHigh: counted.interval?.high ?? null,
      second: unitTitle(found, second),
      adjusted: adjusted.value,
      ...endsOf(adjusted),
      reading: isReversed
        ? 'what is counted points the wrong way'
        : adjusted.value < 0 && (adjusted.interval?.high ?? 0) < 0
          ? 'the two agree'
          : 'not told apart beyond chance',
    })),
  };
}

/** The four-part formula by unit. */
export function healthTable(found: UnitStudy): Table | null {
  if (found.replicates.whole.some(({ health }) => health === null)) return null;
  return {
    id: 'health',
    title: 'By the four-part health formula (unverified)',
    columns: [
      { key: 'unit', title: 'Unit', type: 'text' },
      { key: 'quality', title: 'Quality against all units', type: 'number' },
      {
        key: 'asTheyCome',
        title: `${sentence(found.plan.section.counts)} ${perOne(found)}`,
        type: 'number',
      },
      { key: 'asLow', title: 'Low', type: 'number' },
      { key: 'asHigh', title: 'High', type: 'number' },
      { key: 'sameLife', title: 'With the same life expectancy for all', type: 'number' },
      { key: 'low', title: 'Low', type: 'number' },
      { key: 'high', title: 'High', type: 'number' },
    ],
    rows: found.plan.members.map(({ title }, u) => {
      const asTheyCome = ranged(found.replicates, (scored) => scored[u]?.health?.score ?? Number.NaN, 'log');
      const sameLife = ranged(
        found.replicates,
        (scored) => scored[u]?.health?.sameLifeScore ?? Number.NaN,
        'log',
      );
      return {
        unit: title,
        quality: found.replicates.whole[u]?.health?.quality ?? null,
        asTheyCome: asTheyCome.value,
        asLow: asTheyCome.interval?.low ?? null,
        asHigh: asTheyCome.interval?.high ?? null,
        sameLife: sameLife.value,
        ...endsOf(sameLife),
      };
    }),
    notes: [
      'Survival, health gain, wait and life expectancy multiplied, by output, against all units together. Longer life of those who come is no work of the unit, so the last columns leave it out. Waits enter at the 80th percentile, taken as exact in the ranges.',
    ],
  };
}

import { type BarChart, formatValue, type Table } from '../../core/index.ts';
import { type Screened, screenNames } from '../gaming/screen.ts';
import type { MetricReading } from '../metric-linter/lint-metric.ts';
import { levelInWords, type ScreenedTarget } from './screen-target.ts';

/** A target with what its definition says of it. */
export interface ReadTarget {
  readonly title: string;
  readonly reading: MetricReading;
}

/** Every rule that fires on a target, and every one that could not be checked. */
export function rulesTable(targets: readonly ReadTarget[]): Table {
  return {
    id: 'rules',
    title: 'What the definitions of the targets say',
    columns: [
      { key: 'target', title: 'Target', type: 'text' },
      { key: 'rule', title: 'Rule', type: 'text' },
      { key: 'name', title: 'Fault', type: 'text' },
      { key: 'state', title: 'Found', type: 'text' },
      { key: 'misleads', title: 'How it misleads', type: 'text' },
      { key: 'repair', title: 'Repair', type: 'text' },
    ],
    rows: targets.flatMap(({ title, reading }) => [
      ...reading.flags.map(({ rule, name, misleads, repair }) => ({
        target: title,
        rule,
        name,
        state: 'yes',
        misleads,
        repair,
      })),
      ...reading.notChecked.map(({ rule, name, missing }) => ({
        target: title,
        rule,
        name,
        state: 'not checked',
        misleads: null,
        repair: `Say in the charter, under the target's definition: ${missing.join(', ')}.`,
      })),
    ]),
    notes: ['Rules that were checked and do not fire are left out.'],
  };
}

/** Every screen with its p-value, alone and within its family, and what it says. */
export function screensTable(
  screened: readonly { readonly title: string; readonly screened: readonly Screened[] }[],
): Table {
  return {
    id: 'screens',
    title: 'Screens for patterns in the data',
    columns: [
      { key: 'target', title: 'Target', type: 'text' },
      { key: 'screen', title: 'Screen', type: 'text' },
      { key: 'n', title: 'Rests on', type: 'count' },
      { key: 'p', title: 'Chance alone would give as much', type: 'share' },
      { key: 'adjusted', title: 'Allowing for all screens', type: 'share' },
      { key: 'statement', title: 'What it says', type: 'text' },
    ],
    rows: screened.flatMap(({ title, screened: own }) =>
      own.map(({ screen, adjusted, statement }) => ({
        target: title,
        screen: `${screen.test} ${screenNames[screen.test]}`,
        n: screen.isTestable ? screen.n : null,
        p: screen.isTestable ? screen.p : null,
        adjusted,
        statement,
      })),
    ),
    notes: [
      'Screening, not proof. All screens together are held to a false discovery rate of 5% (Benjamini and Hochberg, 1995).',
    ],
  };
}

/** The result under every window and bandwidth, not the best alone. */
export function windowsTable(targets: readonly ScreenedTarget[]): Table {
  return {
    id: 'windows',
    title: 'The same screens under other windows',
    columns: [
      { key: 'target', title: 'Target', type: 'text' },
      { key: 'test', title: 'Test', type: 'text' },
      { key: 'reach', title: 'Points each side', type: 'number' },
      { key: 'below', title: 'Units below', type: 'count' },
      { key: 'above', title: 'Units above', type: 'count' },
      { key: 'p', title: 'Chance alone would give as much', type: 'share' },
      { key: 'declared', title: 'Declared beforehand', type: 'text' },
    ],
    rows: targets.flatMap(({ target, density, window }) => [
      ...(window?.isTestable
        ? window.windows.map(({ width, below, above, p }, i, all) => ({
            target: target.title,
            test: 'counts, exact',
            reach: 100 * width,
            below,
            above,
            p,
            declared: i === all.length - 1,
          }))
        : []),
      ...(window?.isTestable && window.clustered
        ? [
            {
              target: target.title,
              test: 'counts, each unit once',
              reach: 100 * (window.windows.at(-1)?.width ?? 0),
              below: window.below,
              above: window.above,
              p: window.clustered.p,
              declared: true,
            },
          ]
        : []),
      ...(density?.isTestable
        ? density.jumps.map(({ bandwidth, nLeft, nRight, p }, i) => ({
            target: target.title,
            test: 'density',
            reach: 100 * bandwidth,
            below: nLeft,
            above: nRight,
            p,
            declared: i === 0,
          }))
        : []),
    ]),
  };
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

/** Unit-periods by share in bins of the declared window, ten each side of the target. */
function binsAround({ target, units }: ScreenedTarget): readonly Bin[] {
  if (!units) return [];
  const edge = (i: number) => Number((target.at_least + i * units.window).toFixed(12));
  return Array.from({ length: 20 }, (_, i) => ({ from: edge(i - 10), to: edge(i - 9) }))
    .filter(({ from }) => from >= 0 && from < 1)
    .map(({ from, to }) => ({
      from,
      to,
      units: units.shares.filter(({ share }) => share >= from && (share < to || (to >= 1 && share <= 1)))
        .length,
    }));
}

/** The distribution of units around each target, as a table. */
export function distributionTable(targets: readonly ScreenedTarget[]): Table {
  return {
    id: 'distribution',
    title: 'How the shares of units lie around the target',
    columns: [
      { key: 'target', title: 'Target', type: 'text' },
      { key: 'from', title: 'From', type: 'share' },
      { key: 'to', title: 'To below', type: 'share' },
      { key: 'units', title: 'Units and periods', type: 'count' },
    ],
    rows: targets.flatMap((screened) =>
      binsAround(screened).map((bin) => ({ target: screened.target.title, ...bin })),
    ),
  };
}

/** Bars each side of the target: more would not be drawn. */
const barsEachSide = 6;

/** The same as bars, in the order of the shares, those nearest the target. */
export function distributionChart(screened: ScreenedTarget): BarChart | null {
  const reach = (barsEachSide + 0.5) * (screened.units?.window ?? 0);
  const bins = binsAround(screened).filter(
    ({ from, to }) => from > screened.target.at_least - reach && to < screened.target.at_least + reach,
  );
  if (!screened.units || bins.every(({ units }) => units === 0)) return null;
  const { target, units } = screened;
  const level = levelInWords(target.at_least);
  const near = (from: number) => bins.find((bin) => bin.from === from)?.units ?? 0;
  const below = near(Number((target.at_least - units.window).toFixed(12)));
  const above = near(target.at_least);
  return {
    kind: 'bar',
    id: `distribution-${target.id}`,
    title: `${formatValue(above, 'count')} shares of ${units.title} lie just above ${level}, ${formatValue(below, 'count')} just below`,
    description: `Shares of ${units.title} by period, in steps of ${formatValue(units.window, 'percentage-points').replace('+', '')} around the target of ${level}, in order.`,
    table: 'distribution',
    xTitle: 'Units and periods',
    xUnit: 'count',
    bars: bins.map(({ from, to, units: value }) => ({
      label: `${levelInWords(from)} to ${levelInWords(to)}`,
      parts: [{ name: 'Units and periods', value }],
    })),
  };
}

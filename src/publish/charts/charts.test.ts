import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BarChart, Chart, LineChart, ProcessMapChart, Unit } from '../../core/index.ts';
import { type ChartWidth, grey, ink, palette } from './drawing.ts';
import { elements, spoken, texts, viewBoxEnds, words } from './read-svg.test-support.ts';
import { renderChart } from './render-chart.ts';
import { hostileTexts, monthly, samples } from './samples.test-support.ts';
import { plain } from './text-width.ts';

const widths: readonly ChartWidth[] = ['wide', 'narrow'];
const drawn = samples.flatMap((chart) =>
  widths.map((width) => ({ name: `${chart.id}, ${width}`, chart, width, svg: renderChart(chart, width) })),
);

function sample<Kind extends Chart['kind']>(kind: Kind, id: string): Extract<Chart, { kind: Kind }> {
  const found = samples.find((chart) => chart.id === id);
  if (found?.kind !== kind) throw new Error(`There is no sample "${id}" of this kind.`);
  return found as Extract<Chart, { kind: Kind }>;
}

const allowed = new Set('svg g path rect line circle ellipse polygon polyline text title desc'.split(' '));

/** What no drawing may hold: parts that style, run or speak, numbers that are none, and text outside the picture. */
function faults(svg: string): readonly string[] {
  const [root, ...inner] = elements(svg);
  const [left, right] = viewBoxEnds(svg);
  const badAttribute = /^(style|class|on.*|href|xlink:.*|aria-.*|role|tabindex)$/;
  return [
    ...(root?.getAttribute('role') === 'img' ? [] : ['the root is no image']),
    ...inner.flatMap(({ tagName, attributes }) => [
      ...(allowed.has(tagName.toLowerCase()) ? [] : [`<${tagName}>`]),
      ...[...attributes]
        .filter(({ name }) => badAttribute.test(name))
        .map(({ name }) => `${tagName} ${name}`),
      ...[...attributes]
        .filter(({ value }) => /NaN|Infinity|undefined|currentColor/.test(value))
        .map(({ name, value }) => `${tagName} ${name}="${value}"`),
    ]),
    ...[...(root?.attributes ?? [])]
      .filter(({ name }) => /^(style|class|on.*)$/.test(name))
      .map(({ name }) => `svg ${name}`),
    ...texts(svg)
      .filter((text) => text.left < left - 0.5 || text.right > right + 0.5)
      .map(({ text }) => `outside: ${text}`),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    ...(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e\u2066]/.test(svg) || !svg.isWellFormed()
      ? ['characters that no page may hold']
      : []),
  ];
}

describe.each(drawn)('$name', ({ chart, width, svg }) => {
  test('is the same bytes each time', () => {
    expect(renderChart(structuredClone(chart), width)).toBe(svg);
  });

  test('is an image with a title and a description', () => {
    const [title = '', description = '', ...more] = spoken(svg);
    expect(more).toEqual([]);
    expect(title).toBe(plain(chart.title));
    expect(description).toContain(plain(chart.description));
  });

  test('holds only shapes and words, all inside the picture', () => {
    expect(faults(svg)).toEqual([]);
  });

  test('draws its words in colours that can be read on white', () => {
    expect(texts(svg).filter(({ fill }) => fill !== ink && fill !== grey)).toEqual([]);
  });
});

/** The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, bl = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test('marks stand out from white by 3 to 1, words by 4.5 to 1', () => {
  for (const colour of palette) expect(contrast(colour, '#ffffff'), colour).toBeGreaterThanOrEqual(3);
  for (const colour of [ink, grey]) expect(contrast(colour, '#ffffff'), colour).toBeGreaterThanOrEqual(4.5);
});

test('ids are unique in a page, also of charts whose ids differ in signs only', () => {
  const alike = ['a b', 'a-b', 'a_b', 'a_20_b', 'a  b', 'a"b', 'ä'].map((id) => ({
    ...sample('bar', 'one bar'),
    id,
  }));
  const all = [
    ...drawn.map(({ svg }) => svg),
    ...alike.flatMap((chart) => widths.map((w) => renderChart(chart, w))),
  ];
  const ids = all.flatMap((svg) => elements(svg).flatMap((element) => element.getAttribute('id') ?? []));
  expect(ids.length).toBe(2 * all.length);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[\w-]+$/.test(id))).toEqual([]);
});

test('a bar of parts says the share of each that has room, and a white line parts them', () => {
  const svg = renderChart(sample('bar', 'stacked bars'), 'wide');
  const all = words(svg).split(' | ');
  // 4,200 of 45,400 is 9%; 900 is 2% of the bar, too narrow for its words.
  for (const share of ['9%', '27%', '62%', '35%', '45%']) expect(all).toContain(share);
  expect(all).not.toContain('2%');
  const lines = elements(svg).filter((element) => element.getAttribute('stroke') === 'white');
  expect(lines.filter(({ tagName }) => tagName.toLowerCase() === 'line')).toHaveLength(3 + 3 + 2);
  expect(words(renderChart(sample('bar', 'one bar'), 'wide'))).not.toContain('%');
});

describe.each(widths)('what a %s drawing leaves out is said', (width) => {
  test('bars after the twelfth', () => {
    const svg = renderChart(sample('bar', 'thirty bars'), width);
    expect(words(svg)).toContain('Bar 12 of them');
    expect(words(svg)).not.toContain('Bar 13 of them');
    expect(words(svg)).toContain('Showing the first 12 of 30 bars.');
    expect(spoken(svg)[1]).toContain('Showing the first 12 of 30 bars.');
  });

  test('lines after the fourth', () => {
    const svg = renderChart(sample('line', 'six lines'), width);
    expect(words(svg)).toContain('Showing the first 4 of 6 lines.');
    expect(spoken(svg)[1]).toContain('Showing the first 4 of 6 lines.');
  });

  test('parts after the third are put together when there are more than four', () => {
    const svg = renderChart(sample('bar', 'six parts'), width);
    expect(words(svg)).toContain('All other parts');
    const bars = elements(svg).filter(({ tagName }) => tagName.toLowerCase() === 'rect');
    expect(
      new Set(bars.map((bar) => bar.getAttribute('fill') ?? bar.parentElement?.getAttribute('fill'))).size,
    ).toBe(4);
    expect(words(svg)).toContain('21');
  });

  test('an axis that does not start at 0', () => {
    for (const id of ['four lines', 'close together', 'below zero', 'one point'])
      expect(words(renderChart(sample('line', id), width)).replaceAll(' | ', ' '), id).toContain(
        '(axis does not start at 0)',
      );
    for (const id of ['six lines', 'few counts', 'all zero', 'negative', 'no lines'])
      expect(words(renderChart(sample('line', id), width)), id).not.toContain('axis');
  });

  test('a chart of nothing, and a line without values', () => {
    for (const [kind, id] of [
      ['bar', 'no bars'],
      ['line', 'no lines'],
      ['line', 'one empty line'],
    ] as const)
      expect(words(renderChart(sample(kind, id), width)), id).toContain('There is nothing to draw.');
    expect(words(renderChart(sample('line', 'one of two empty'), width))).toContain('No values for "None".');
  });
});

const whole = { view: 'frequency', steps: 100, paths: 100 } as const;

function paths(svg: string): readonly string[] {
  return elements(svg)
    .filter((element) => element.tagName.toLowerCase() === 'path')
    .map((path) => path.getAttribute('d') ?? '');
}

describe.each(widths)('at the %s width', (width) => {
  test('a gap in the values is a gap in the line and in its band', () => {
    const whole = paths(renderChart(sample('line', 'bands'), width));
    expect(whole.map((d) => d.split('M').length - 1)).toEqual(whole.map(() => 1));
    const broken = paths(renderChart(sample('line', 'gaps'), width));
    expect(broken.map((d) => d.split('M').length - 1).every((pieces) => pieces > 3)).toBe(true);
  });

  test('a value between two gaps, or alone, is a dot', () => {
    const dots = (id: string) =>
      elements(renderChart(sample('line', id), width)).filter(
        ({ tagName }) => tagName.toLowerCase() === 'circle',
      ).length;
    expect(dots('gaps')).toBe(2);
    expect(dots('negative')).toBe(1);
    expect(dots('one point')).toBe(1);
  });

  test('every line is named', () => {
    const all = words(renderChart(sample('line', 'four lines'), width)).replaceAll(' | ', ' ');
    for (const { name } of sample('line', 'four lines').series) expect(all).toContain(name);
  });

  test('a bar below zero has its value on its own side and never over a label', () => {
    const svg = renderChart(sample('bar', 'mixed bars'), width);
    const value = texts(svg).find(({ text }) => text === '\u22121.8 points');
    const zero = elements(svg).find(({ tagName }) => tagName.toLowerCase() === 'line');
    expect(value?.right).toBeLessThan(Number(zero?.getAttribute('x1')));
    const label = texts(svg).find(({ text }) => text.startsWith('Inputs: Digital'));
    if (width === 'wide') expect(label?.right).toBeLessThan(value?.left ?? 0);
  });

  test('a map shows every step with its cases, and a number on every edge', () => {
    const chart = sample('process-map', 'fifteen steps');
    const all = words(renderChart(chart, width, whole));
    for (const { cases } of chart.nodes) expect(all).toContain(`${cases.toLocaleString('en-GB')} cases`);
    const labels = all.split(' | ').map((text) => text.split(' ')[0]);
    for (const { count } of chart.edges) expect(labels).toContain(count.toLocaleString('en-GB'));
  });

  test('steps called "Start", "End" and "begin" are steps, not the ends of the map', () => {
    const all = words(renderChart(sample('process-map', 'fifteen steps'), width)).split(' | ');
    for (const word of ['Start', 'End', 'begin', 'Case begins', 'Case ends'])
      expect(
        all.filter((text) => text === word),
        word,
      ).toHaveLength(1);
  });

  test('text that looks like an escape or a tag is drawn as it stands', () => {
    const all = words(renderChart(sample('process-map', 'hostile map'), width)).replaceAll(' | ', ' ');
    for (const text of ['name \\N graph \\G left \\l right \\r', '<b>bold</b>', '&lt;script&gt; &amp; &#60;'])
      expect(all).toContain(text);
  });

  test('hostile text in a page makes no element and no attribute', () => {
    for (const chart of samples.filter(({ id }) => id.startsWith('hostile'))) {
      const svg = renderChart(chart, width);
      expect(svg).not.toMatch(/<script|<b>|<table|<br|<!--/i);
      expect(spoken(svg)[0]).toBe(plain(hostileTexts.join(' ')));
    }
  });
});

const units: readonly Unit[] = [
  'count',
  'share',
  'growth',
  'percentage-points',
  'index',
  'pounds',
  'days',
  'number',
];
const anyWords = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string(),
);
const number = fc.oneof(
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.integer({ min: -1000, max: 1000 }),
);
const id = fc.constant('any');

const anyLine: fc.Arbitrary<LineChart> = fc.record({
  id,
  kind: fc.constant('line' as const),
  title: anyWords,
  description: anyWords,
  table: id,
  yTitle: anyWords,
  yUnit: fc.constantFrom(...units),
  series: fc.array(
    fc.record({
      name: anyWords,
      points: fc
        .array(fc.option(number), { maxLength: 15 })
        .map((values) => monthly(values.length, (i) => values[i] ?? null)),
    }),
    { maxLength: 6 },
  ),
  rules: fc.array(fc.record({ label: anyWords, y: number }), { maxLength: 2 }),
  events: fc.array(
    fc.record({ label: anyWords, x: fc.constantFrom('2022-03-01', '2025-01-01', 'not a date') }),
    {
      maxLength: 3,
    },
  ),
});

const anyBars: fc.Arbitrary<BarChart> = fc.record({
  id,
  kind: fc.constant('bar' as const),
  title: anyWords,
  description: anyWords,
  table: id,
  xTitle: anyWords,
  xUnit: fc.constantFrom(...units),
  bars: fc.array(
    fc.record({
      label: anyWords,
      parts: fc.array(fc.record({ name: anyWords, value: number }), { maxLength: 5 }),
    }),
    { maxLength: 15 },
  ),
});

const anyMap: fc.Arbitrary<ProcessMapChart> = fc
  .array(anyWords, { minLength: 1, maxLength: 8 })
  .chain((labels) => {
    const node = fc.nat(labels.length - 1).map((i) => `n${i}`);
    const cases = fc.nat(1_000_000);
    return fc.record({
      id,
      kind: fc.constant('process-map' as const),
      title: anyWords,
      description: anyWords,
      table: id,
      nodes: fc.constant(labels.map((label, i) => ({ id: `n${i}`, label, cases: i, pounds: null }))),
      edges: fc.array(
        fc.record({
          from: node,
          to: node,
          count: cases,
          medianSeconds: fc.option(fc.nat(1e9)),
          totalSeconds: fc.option(fc.nat(1e9)),
          pounds: fc.option(fc.nat(1e9)),
        }),
        { maxLength: 12 },
      ),
      starts: fc.array(fc.record({ id: node, cases }), { maxLength: 2 }),
      ends: fc.array(fc.record({ id: node, cases }), { maxLength: 2 }),
      whole: fc.record({ steps: cases, paths: cases, taken: fc.option(cases) }),
      hidingRule: anyWords,
    });
  });

test.each([
  ['lines', anyLine as fc.Arbitrary<Chart>, 150],
  ['bars', anyBars as fc.Arbitrary<Chart>, 150],
  ['maps', anyMap as fc.Arbitrary<Chart>, 40],
])('any %s at all are drawn without a fault', (_, any, numRuns) => {
  fc.assert(
    fc.property(any, fc.constantFrom(...widths), (chart, width) => {
      expect(faults(renderChart(chart, width))).toEqual([]);
    }),
    { numRuns, seed: 7919 },
  );
});

import type { BarChart, Chart, LineChart, ProcessMapChart, SeriesPoint } from '../../core/index.ts';

/** Text as an extract may hold it: mark-up, quotes, controls, turned writing, escapes of Graphviz, long words. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '" onload="alert(1)',
  "'; -->]]> <!--",
  'two\nlines\r\nand\ta tab',
  'control \u0000\u0001\u0008\u001b\u007f\u0085 characters',
  'turned \u202e txet \u2066 and \u200f marks',
  'W'.repeat(400),
  'name \\N graph \\G left \\l right \\r end \\',
  '<b>bold</b> <br/> <table>',
  '&lt;script&gt; &amp; &#60;',
  'half \ud83d of a character, a family 👨‍👩‍👧‍👦, 漢字 and العربية',
  '',
  'Start',
];

/** The same parts of every sample. */
function base<Id extends string>(id: Id) {
  return { id, title: `Sample ${id}`, description: `What ${id} shows.`, table: 'values' };
}

const names = [
  'All outputs',
  'Attendances at major departments (type 1)',
  'Seen at other departments',
  'Admitted',
];

/** Monthly points from a formula; `null` where it gives none. */
export function monthly(count: number, valueAt: (i: number) => number | null): readonly SeriesPoint[] {
  return Array.from({ length: count }, (_, i) => ({
    x: `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
    y: valueAt(i),
  }));
}

function line(id: string, parts: Partial<LineChart>): LineChart {
  return { ...base(id), kind: 'line', yTitle: 'Share of cases', yUnit: 'share', series: [], ...parts };
}

function bars(id: string, values: readonly number[], parts: Partial<BarChart> = {}): BarChart {
  return {
    ...base(id),
    kind: 'bar',
    xTitle: 'Cases',
    xUnit: 'count',
    bars: values.map((value, i) => ({ label: `Bar ${i + 1} of them`, parts: [{ name: 'Cases', value }] })),
    ...parts,
  };
}

function map(id: string, labels: readonly string[], loops: boolean): ProcessMapChart {
  const at = (i: number) => `n${i}`;
  return {
    ...base(id),
    kind: 'process-map',
    nodes: labels.map((label, i) => ({ id: at(i), label, cases: 10_000 - 500 * i, pounds: null })),
    edges: [
      ...labels.slice(1).map((_, i) => ({
        from: at(i),
        to: at(i + 1),
        count: 9_500 - 500 * i,
        medianSeconds: 86_400 * i,
        totalSeconds: 86_400 * i,
        pounds: null,
      })),
      ...(loops
        ? [
            { from: at(2), to: at(2), count: 700, medianSeconds: 3_600, totalSeconds: 3_600, pounds: null },
            { from: at(4), to: at(1), count: 900, medianSeconds: 7_200, totalSeconds: 7_200, pounds: null },
            { from: at(1), to: at(4), count: 800, medianSeconds: null, totalSeconds: null, pounds: null },
            {
              from: at(9),
              to: at(3),
              count: 600,
              medianSeconds: 864_000,
              totalSeconds: 864_000,
              pounds: null,
            },
            { from: at(2), to: at(7), count: 500, medianSeconds: 40_000, totalSeconds: 40_000, pounds: null },
            {
              from: at(12),
              to: at(10),
              count: 300,
              medianSeconds: 90_000,
              totalSeconds: 90_000,
              pounds: null,
            },
            { from: at(0), to: at(14), count: 200, medianSeconds: 10, totalSeconds: 10, pounds: null },
          ]
        : []),
    ],
    starts: labels.length > 0 ? [{ id: at(0), cases: 10_000 }] : [],
    ends: labels.length > 0 ? [{ id: at(labels.length - 1), cases: 3_000 }] : [],
    whole: { steps: labels.length, paths: 100, taken: null },
    hidingRule: 'Rare ones are on no map.',
  };
}

const stepNames = [
  'Start',
  'End',
  'begin',
  'Documents received',
  'Photo and document check',
  'Triage',
  'Fraud check',
  'Allocated',
  'Examined',
  'Information requested from the applicant by letter',
  'Information received',
  'Second check',
  'Decision recorded',
  'Printed',
  'Dispatched',
];

const wave = (i: number) => 0.9 + 0.05 * Math.sin(i / 2);

/** One chart for every shape of data that a drawing must stand. */
export const samples: readonly Chart[] = [
  line('four lines', {
    series: names.map((name, n) => ({ name, points: monthly(36, (i) => wave(i + n) + n / 200) })),
    rules: [{ label: 'Target', y: 0.95 }],
    events: [
      { label: 'Definition changed', x: '2023-03-01' },
      { label: 'New system', x: '2024-11-01' },
    ],
  }),
  line('six lines', {
    series: [...names, 'Fifth', 'Sixth'].map((name, n) => ({ name, points: monthly(12, () => n / 10) })),
  }),
  line('bands', {
    yTitle: 'Index, 2022 = 100',
    yUnit: 'index',
    series: ['Volume', 'Volume and quality'].map((name, n) => ({
      name,
      points: monthly(24, (i) => 100 + i * (n + 1)).map((point) => ({
        ...point,
        low: (point.y ?? 0) - 3,
        high: (point.y ?? 0) + 3,
      })),
    })),
  }),
  line('no lines', {}),
  line('one empty line', { series: [{ name: 'Nothing yet', points: [] }] }),
  line('one of two empty', {
    series: [
      { name: 'Some', points: monthly(6, wave) },
      { name: 'None', points: monthly(6, () => null) },
    ],
  }),
  line('one point', {
    series: [{ name: 'Only one', points: [{ x: '2024-04-17', y: 0.5, low: 0.4, high: 0.6 }] }],
  }),
  line('all equal', {
    yUnit: 'count',
    yTitle: 'Cases',
    series: [{ name: 'Same', points: monthly(12, () => 7) }],
  }),
  line('all zero', {
    yUnit: 'count',
    yTitle: 'Cases',
    series: [{ name: 'None', points: monthly(12, () => 0) }],
  }),
  line('close together', { series: [{ name: 'Steady', points: monthly(12, (i) => 0.951 + i / 1e6) }] }),
  line('negative', {
    yUnit: 'growth',
    yTitle: 'Growth on a year ago',
    series: [{ name: 'Productivity', points: monthly(12, (i) => (i - 6) / 100) }],
  }),
  line('below zero', {
    yUnit: 'growth',
    yTitle: 'Growth on a year ago',
    series: [{ name: 'Falling', points: monthly(12, (i) => -0.2 - i / 500) }],
  }),
  line('huge', {
    yUnit: 'pounds',
    yTitle: 'Spending',
    series: [{ name: 'Spending', points: monthly(12, (i) => (i - 3) * 1e200) }],
  }),
  line('large pounds', {
    yUnit: 'pounds',
    yTitle: 'Spending',
    series: [{ name: 'Spending', points: monthly(12, (i) => 4e6 + i * 1e5) }],
  }),
  line('few counts', {
    yUnit: 'count',
    yTitle: 'Cases',
    series: [{ name: 'Few', points: monthly(12, (i) => i % 3) }],
  }),
  line('gaps', {
    series: [
      {
        name: 'With gaps',
        points: monthly(24, (i) => (i % 7 === 3 || i === 5 ? null : wave(i))).map((p) =>
          p.y === null ? p : { ...p, low: p.y - 0.02, high: p.y + 0.02 },
        ),
      },
    ],
  }),
  line('days', {
    yUnit: 'count',
    yTitle: 'Cases',
    series: [
      {
        name: 'A day',
        points: Array.from({ length: 20 }, (_, i) => ({
          x: `2024-04-${String(i + 1).padStart(2, '0')}`,
          y: i * i,
        })),
      },
    ],
  }),
  line('hostile line', {
    yTitle: hostileTexts.join(' '),
    series: hostileTexts.slice(0, 4).map((name, n) => ({ name, points: monthly(8, (i) => (i + n) / 20) })),
    rules: hostileTexts.map((label, i) => ({ label, y: i / 30 })),
    events: hostileTexts.map((label, i) => ({ label, x: `2022-0${1 + (i % 8)}-01` })),
    title: hostileTexts.join(' '),
    description: hostileTexts.join(' '),
  }),
  bars('no bars', []),
  bars('one bar', [3]),
  bars(
    'thirty bars',
    Array.from({ length: 30 }, (_, i) => 100 - i),
  ),
  bars('all zero bars', [0, 0, 0]),
  bars('equal bars', [5, 5, 5]),
  bars('negative bars', [-3, -200, -1_000_000]),
  bars('huge bars', [1e300, -1e299, 1e15, 3]),
  bars('mixed bars', [], {
    xTitle: 'Contribution, percentage points',
    xUnit: 'percentage-points',
    bars: [
      { label: 'Volume: Adult passports renewed', parts: [{ name: 'Volume', value: 0.034 }] },
      {
        label: 'Inputs: Digital examination team, paid hours and all that goes with them',
        parts: [{ name: 'Inputs', value: -0.018 }],
      },
      {
        label: 'Both ways',
        parts: [
          { name: 'Volume', value: 0.01 },
          { name: 'Inputs', value: -0.02 },
          { name: 'Quality', value: 0.004 },
        ],
      },
      { label: 'Quality: First passports', parts: [{ name: 'Quality', value: -0.0002 }] },
    ],
  }),
  bars('six parts', [], {
    bars: [1, 2].map((n) => ({
      label: `Bar ${n}`,
      parts: ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name, i) => ({ name, value: n * (i + 1) })),
    })),
  }),
  bars('stacked bars', [], {
    xTitle: 'Waiting in days, all cases together',
    xUnit: 'days',
    bars: [
      [4200, 12_300, 28_000, 900],
      [100, 7000, 9000, 4000],
      [3000, 0, 0.5, 2000],
    ].map((values, i) => ({
      label:
        ['Examined (Assessment) to Referred (Assessment)', 'Received to Checked', 'Paid to Sent'][i] ?? '',
      parts: values.map((value, part) => ({
        name: ['Batch', 'Queue or overtaken', 'Off duty', 'Outside, applicant'][part] ?? '',
        value,
      })),
    })),
  }),
  bars('hostile bars', [], {
    title: hostileTexts.join(' '),
    description: hostileTexts.join(' '),
    xTitle: hostileTexts.join(' '),
    bars: hostileTexts.map((label, i) => ({
      label,
      parts: [{ name: hostileTexts[i % 5] ?? '', value: 13 - i }],
    })),
  }),
  map('no steps', [], false),
  map('one step', ['Start'], false),
  map('fifteen steps', stepNames, true),
  {
    ...map('hostile map', hostileTexts, false),
    title: hostileTexts.join(' '),
    description: hostileTexts.join(' '),
  },
];

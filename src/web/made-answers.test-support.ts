import type { Answers, Question } from '../answers/index.ts';
import {
  type Column,
  type Figure,
  type LineChart,
  type ProcessMapChart,
  periodLabel,
  periodsBetween,
  provenance,
  type Result,
  type Table,
} from '../core/index.ts';
import { type Comparisons, compareSides, type Side } from '../find/index.ts';

/** Answers of a service that does not exist, with a Result of every kind, for the tests of the pages. */
const charter = { service: 'licences', version: '1.2.0', hash: 'c'.repeat(64) };

const worked = provenance({
  method: 'Chained Laspeyres index of cost-weighted activity (Office for National Statistics, 2019).',
  charter,
  sources: [
    { file: 'cases.csv', sha256: 'a'.repeat(64), rowsIn: 10_012, rowsUsed: 10_000, rowsSetAside: 12 },
  ],
  parameters: { grain: 'month', resamples: 1000 },
  seed: 20_260_401,
  queries: [
    {
      name: 'cases by month',
      purpose: 'Counts the cases that closed in each month.',
      sql: 'SELECT\n  "period",\n  count(*) AS cases\nFROM case_facts\nWHERE "type" = ? AND "closed" IS NOT NULL AND "channel" IN (SELECT "channel" FROM channels_that_count)\nGROUP BY "period"\nORDER BY "period"',
      values: ['first adult'],
    },
  ],
  recompute: [
    { method: 'productivity', input: { periods: ['2024', '2025'], output: [1, 1.03], input: [1, 1.04] } },
  ],
  version: '0.1.0+fixed',
});

function result(parts: Partial<Result> & Pick<Result, 'id' | 'question' | 'answer'>): Result {
  return {
    status: 'sound',
    figures: [],
    tables: [],
    charts: [],
    caveats: [],
    next: [],
    provenance: worked,
    ...parts,
  };
}

function interval(low: number, high: number) {
  return {
    low,
    high,
    level: 0.95,
    method: 'bootstrap over cases, percentile',
    meaning:
      'In 95 of 100 repeats of the same service, an interval made this way would hold the true figure.',
  };
}

const months = periodsBetween('month', '2023-04-01', '2026-03-31');

const series: Table = {
  id: 'series',
  title: 'Output, volume and quality by month',
  columns: [
    { key: 'period', title: 'Month', type: 'period' },
    { key: 'volume', title: 'Volume', type: 'index' },
    { key: 'adjusted', title: 'Quality adjusted', type: 'index' },
    { key: 'cases', title: 'Cases', type: 'count' },
    { key: 'cost', title: 'Cost', type: 'pounds' },
    { key: 'change', title: 'Change on a year before', type: 'growth' },
  ],
  rows: months.map((month, i) => ({
    period: periodLabel('month', month),
    volume: 100 + i * 0.6,
    adjusted: 100 + i * 0.4 - (i % 12) * 0.2,
    cases: 3_800 + 13 * i,
    cost: 812_345.6 + i * 10_000,
    change: i < 12 ? null : 0.004 * (i % 5) - 0.006,
  })),
  notes: ['The first 12 months have no year before.'],
};

function pointsOf(key: 'volume' | 'adjusted') {
  return months.map((x, i) => {
    const y = Number(series.rows[i]?.[key]);
    return key === 'adjusted' ? { x, y, low: y - 1.5, high: y + 1.5 } : { x, y };
  });
}

const line: LineChart = {
  id: 'output',
  kind: 'line',
  title: 'Quality-adjusted output fell behind volume',
  description: 'Volume rose by 21% in three years and quality-adjusted output by 12%.',
  table: 'series',
  yTitle: 'Index, April 2023 = 100',
  yUnit: 'index',
  series: [
    { name: 'Volume', points: pointsOf('volume') },
    { name: 'Quality adjusted', points: pointsOf('adjusted') },
  ],
  events: [{ x: '2024-10-01', label: 'Definition changed' }],
};

const figures: readonly Figure[] = [
  {
    id: 'adjusted',
    name: 'Productivity, allowing for quality',
    value: -0.008,
    unit: 'growth',
    interval: interval(-0.021, 0.006),
    period: 'April 2025 to March 2026',
  },
  {
    id: 'unadjusted',
    name: 'Productivity, counting volume only',
    value: 0.031,
    unit: 'growth',
    interval: interval(0.022, 0.04),
    period: 'April 2025 to March 2026',
  },
  {
    id: 'cost',
    name: 'Cost of a decision',
    value: 211.4,
    unit: 'pounds',
    interval: null,
    period: 'April 2025 to March 2026',
    note: 'Pay and post only.',
  },
  { id: 'capital', name: 'Cost of buildings', value: null, unit: 'pounds', interval: null, period: null },
];

const productivity = result({
  id: 'productivity',
  question: 'Are we more productive than a year ago, allowing for quality, and how sure are we?',
  answer:
    'Probably not: we handled 3.1% more for what we used, but allowing for quality it was 0.8% less, which may be no change.',
  status: 'caution',
  figures,
  tables: [series],
  charts: [line],
  caveats: ['Buildings are not in the inputs.', 'Advice by telephone is not measured.'],
  next: ['Find out why more decisions were put right after April 2025.'],
});

const effectiveness = result({
  id: 'effectiveness',
  question: 'Are we achieving what the service is for, and for whom are we not?',
  answer: '91.4% of people had the right decision within three weeks; on paper it was 62.0%.',
  figures: [
    {
      id: 'on-time',
      name: 'Right decision within three weeks',
      value: 0.914,
      unit: 'share',
      interval: interval(0.911, 0.917),
      period: 'April 2025 to March 2026',
    },
    {
      id: 'wait',
      name: 'Median wait',
      value: 12.5,
      unit: 'days',
      interval: interval(12.1, 12.9),
      period: 'April 2025 to March 2026',
    },
  ],
  tables: [
    {
      id: 'by-channel',
      title: 'Right decision within three weeks, by channel',
      columns: [
        { key: 'channel', title: 'Channel', type: 'text' },
        { key: 'cases', title: 'Cases', type: 'count' },
        { key: 'share', title: 'Within three weeks', type: 'share' },
      ],
      rows: [
        { channel: 'Online', cases: 9_210, share: 0.938 },
        { channel: 'Paper', cases: 790, share: 0.62 },
      ],
    },
  ],
  charts: [
    {
      id: 'channels',
      kind: 'bar',
      title: 'Paper cases wait longest',
      description: 'Online 93.8%, paper 62.0%.',
      table: 'by-channel',
      xTitle: 'Share within three weeks',
      xUnit: 'share',
      bars: [
        { label: 'Online', parts: [{ name: 'Within three weeks', value: 0.938 }] },
        { label: 'Paper', parts: [{ name: 'Within three weeks', value: 0.62 }] },
      ],
    },
  ],
});

const floors = result({
  id: 'floors',
  question: 'Which essential service is closest to its floor?',
  answer: 'Cannot tell yet: no case says whether it was urgent.',
  status: 'cannot-tell',
  figures: [
    { id: 'urgent', name: 'Urgent cases on time', value: null, unit: 'share', interval: null, period: null },
  ],
  next: ['Add the column that marks urgent cases to the extract.'],
});

const steps = [
  'Submitted',
  'Paid',
  'Documents checked',
  'Information requested',
  'Examined',
  'Decided',
  'Sent',
];

const map: ProcessMapChart = {
  id: 'map',
  kind: 'process-map',
  title: 'Where cases go',
  description: 'Most cases go straight through; one in nine comes back from examination to ask for more.',
  table: 'handovers',
  nodes: steps.map((label, i) => ({ id: `s${i}`, label, cases: 10_000 - 300 * i, pounds: 40_000 * i })),
  edges: [
    ...steps.slice(1).map((_, i) => ({
      from: `s${i}`,
      to: `s${i + 1}`,
      count: 9_700 - 250 * i,
      medianSeconds: 86_400 * (i + 1),
      totalSeconds: 86_400 * (i + 1),
      pounds: null,
    })),
    { from: 's4', to: 's3', count: 1_100, medianSeconds: 600_000, totalSeconds: 600_000, pounds: null },
  ],
  starts: [{ id: 's0', cases: 10_000 }],
  ends: [{ id: 's6', cases: 9_700 }],
  whole: { steps: 10, paths: 24, taken: 60_000 },
  hidingRule: 'Steps of fewer than 1 in 100 cases are left out: 3 steps and 17 ways between them.',
};

const handoverColumns: readonly Column[] = [
  { key: 'from', title: 'From', type: 'text' },
  { key: 'to', title: 'To', type: 'text' },
  { key: 'count', title: 'Times', type: 'count' },
  { key: 'median', title: 'Median wait, days', type: 'days' },
  { key: 'p90', title: 'One in ten waits longer than, days', type: 'days' },
  { key: 'total', title: 'All waiting, days', type: 'days' },
  { key: 'share', title: 'Share of all waiting', type: 'share' },
];

const time = result({
  id: 'time',
  question: 'Where are people waiting, and what exactly are they waiting for?',
  answer: 'More than a third of all waiting, 38.2%, is between a check of documents and the examination.',
  tables: [
    {
      id: 'handovers',
      title: 'Where time goes',
      columns: handoverColumns,
      rows: Array.from({ length: 60 }, (_, i) => ({
        from: steps[i % 7] ?? '',
        to: steps[(i * 3 + 1) % 7] ?? '',
        count: 9_700 - 150 * i,
        median: 40 / (i + 1),
        p90: 120 / (i + 1),
        total: 370_512 / (i + 1),
        share: 0.382 / (i + 1),
      })),
    },
  ],
  charts: [map],
  next: ['Ask the people who examine what they wait for.'],
});

const hostile = '<script>alert("x")</script> & \' {{ 7919 * 6047 }}';

const findings = result({
  id: 'findings',
  question: `What holds us back? ${hostile}`,
  answer: `One team writes ${hostile} in a field.`,
  status: 'caution',
  figures: [
    { id: 'f', name: hostile, value: 12, unit: 'count', interval: null, period: hostile, note: hostile },
  ],
  tables: [
    {
      id: 'findings',
      title: `Findings ${hostile}`,
      columns: [
        { key: 'title', title: `Finding ${hostile}`, type: 'text' },
        { key: 'cases', title: 'Cases', type: 'count' },
      ],
      rows: [{ title: hostile, cases: 12 }],
      notes: [hostile],
    },
  ],
  charts: [
    {
      id: 'bars',
      kind: 'bar',
      title: `Bars ${hostile}`,
      description: hostile,
      table: 'findings',
      xTitle: hostile,
      xUnit: 'count',
      bars: [{ label: hostile, parts: [{ name: hostile, value: 12 }] }],
    },
    {
      ...map,
      id: 'hostile-map',
      table: 'findings',
      title: hostile,
      nodes: map.nodes.map((node) => ({ ...node, label: `${node.label} ${hostile}` })),
      hidingRule: hostile,
    },
  ],
  caveats: [hostile],
  next: [hostile],
  provenance: {
    ...worked,
    method: hostile,
    parameters: { [hostile]: hostile },
    sources: [{ file: hostile, sha256: 'b'.repeat(64), rowsIn: 1, rowsUsed: 1, rowsSetAside: 0 }],
    queries: [{ name: hostile, purpose: hostile, sql: `SELECT '${hostile}'`, values: [hostile] }],
    recompute: [{ method: 'wilson', input: { note: hostile } }],
  },
});

const charterResult = result({
  id: 'charter',
  question: 'What is this service for, and what do we mean by productive?',
  answer: 'To give everyone entitled to a licence the right decision, in time, without chasing.',
  tables: [
    {
      id: 'assumptions',
      title: 'What is assumed',
      columns: [
        { key: 'statement', title: 'Assumption', type: 'text' },
        { key: 'value', title: 'Value', type: 'number' },
        { key: 'source', title: 'Source', type: 'text' },
        { key: 'owner', title: 'Owner', type: 'text' },
        { key: 'review', title: 'Review by', type: 'date' },
      ],
      rows: [
        {
          statement: 'A minute of work costs',
          value: 0.62,
          source: 'Pay scales, 2025',
          owner: 'Finance partner',
          review: '2026-10-01',
        },
      ],
    },
  ],
});

const data = result({
  id: 'data',
  question: 'What data came in, and was anything lost?',
  answer: 'All 10,012 rows are accounted for: 10,000 used and 12 set aside.',
  tables: [
    {
      id: 'sources',
      title: 'What came in',
      columns: [
        { key: 'file', title: 'File', type: 'text' },
        { key: 'in', title: 'Rows in', type: 'count' },
        { key: 'used', title: 'Used', type: 'count' },
        { key: 'aside', title: 'Set aside', type: 'count' },
      ],
      rows: [{ file: 'cases.csv', in: 10_012, used: 10_000, aside: 12 }],
    },
    {
      id: 'rejects',
      title: 'Rows set aside',
      columns: [
        { key: 'reason', title: 'Reason', type: 'text' },
        { key: 'rows', title: 'Rows', type: 'count' },
      ],
      rows: [],
    },
  ],
});

const canAnswer = result({
  id: 'can-answer',
  question: 'Can these data answer your questions?',
  answer: 'Of 9 questions these data answer 1 in full and 4 in part; 4 they cannot answer yet.',
  status: 'caution',
  tables: [
    {
      id: 'questions',
      title: 'The questions of the home page',
      columns: [
        { key: 'question', title: 'Question', type: 'text' },
        { key: 'verdict', title: 'Answered', type: 'text' },
        { key: 'missing', title: 'What is missing', type: 'text' },
        { key: 'faults', title: 'Faults of the data that touch it', type: 'text' },
      ],
      rows: [
        {
          question: 'What changed lately, and is it real or noise?',
          verdict: 'not',
          missing: 'a year of comparable periods; the day on which each case was opened and closed',
          faults: 'Dates later than the day the file was brought in; a step that is recorded twice',
        },
        {
          question:
            'If we make the planned saving, who pays for it: citizens, another body, next year, staff?',
          verdict: 'not in this version',
          missing: 'planned savings',
          faults: null,
        },
      ],
    },
  ],
});

const defects = result({
  id: 'defects',
  question: 'What is wrong with the data, and which figures does it touch?',
  answer: `Of the 25 kinds of fault that we looked for, one makes figures doubtful: ${hostile}.`,
  status: 'caution',
  tables: [
    {
      id: 'defects',
      title: 'What was looked for, and what was found',
      columns: [
        { key: 'defect', title: 'Fault', type: 'text' },
        { key: 'share', title: 'Share of cases or rows', type: 'share' },
      ],
      rows: [{ defect: 'The clock starts again when a case is moved', share: 0.041 }],
    },
  ],
  caveats: ['Age and time taken are understated.'],
});

const questionTexts = [
  'What changed lately, and is it real or noise?',
  'How much of our work exists only because we failed the first time, and what does it cost?',
];

function question(number: number, from: Result, evidence: string | null): Question {
  return {
    number,
    question: from.question,
    evidence,
    result: { ...from, id: `q${number}`, tables: [], charts: [] },
  };
}

const questions: readonly Question[] = [
  question(1, effectiveness, 'measure/effectiveness'),
  question(2, productivity, 'measure/productivity'),
  ...questionTexts.map((text, i) =>
    question(
      i + 3,
      result({
        id: 'q',
        question: text,
        answer: 'Cannot tell yet: a year of comparable periods is needed.',
        status: 'cannot-tell',
        next: ['Bring in the extracts of last year.'],
      }),
      null,
    ),
  ),
  question(5, time, 'find/time'),
  question(6, { ...findings, question: `What are staff doing? ${hostile}` }, 'find/findings'),
  question(
    8,
    result({
      id: 'q8',
      question: 'What is the one thing to do next, and what comes after it?',
      answer: 'Look first into the wait between the check of documents and the examination.',
      status: 'caution',
      next: ['Ask the people who do the work.'],
    }),
    'find/time',
  ),
  question(11, floors, 'measure/floors'),
];

function side(value: string, more: number): Side {
  const spread = (days: number) => ({ value: days + more, low: days - 1 + more, high: days + 2 + more });
  const { nodes, edges, starts, ends, whole, hidingRule } = map;
  return {
    value,
    cases: 1000,
    times: [{ id: 'duration', name: 'Whole case', cases: 900, median: spread(8), p90: spread(30) }],
    shares: [
      { id: 'outcome', name: 'Miss "In time"', kind: 'outcome', having: 100 + 10 * more, of: 900 },
      { id: 'step a', name: 'Go through "Examined"', kind: 'step', having: 500 + 20 * more, of: 1000 },
    ],
    map: { nodes, edges, starts, ends, whole, hidingRule },
  };
}

const comparisons: Comparisons = {
  oneIn: 1,
  period: '2025',
  demonstration: true,
  from: { charter, sources: [] },
  queries: [],
  dimensions: [
    {
      id: 'channel',
      title: `How it came in ${hostile}`,
      rule: 'Cases are told apart by channel.',
      sides: [side('online', 0), side(`post ${hostile}`, 4), side('telephone', 1)],
    },
    {
      id: 'year',
      title: 'Year in which the case ended',
      rule: 'A case belongs to the year in which it ended.',
      sides: [side('2025', 0), side('2024', 2)],
    },
  ],
};

/** Text that must never reach a page as anything but text. */
export const hostileText = hostile;

/** The answers of a made-up service. */
export const testAnswers: Answers = {
  service: 'licences',
  title: 'Licences',
  purpose: 'To give everyone entitled to a licence the right decision, in time, without chasing.',
  about: 'Made up for the tests.',
  demonstration: true,
  fingerprint: 'f'.repeat(32),
  charter: charterResult,
  data,
  checks: [canAnswer, defects],
  measure: [effectiveness, productivity, floors],
  find: [time, findings, compareSides(comparisons)],
  comparisons,
  questions,
};

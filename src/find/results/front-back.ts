import {
  type Column,
  countOf,
  durationInWords,
  type Figure,
  formatValue,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
} from '../../core/index.ts';
import type { Costs } from '../costs.ts';
import { type SignOffs, type StageTimes, signOffs, stageTimes, stepsOfDates } from '../queries/front-back.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

const day = 86_400;
const question = 'What does the person see of a case, and how much goes on behind it?';
const method =
  'Front time runs from the first step that the person sees (charter: steps, front) to the last before work behind the scenes begins; hidden time is all the rest, to the last step. The gap is hidden over front, of medians.';

const signOffColumns: readonly Column[] = [
  { key: 'step', title: 'Step', type: 'text' },
  { key: 'runs', title: 'Runs of five or more', type: 'count' },
  { key: 'events', title: 'Times in such runs', type: 'count' },
  { key: 'cases', title: 'Cases', type: 'count' },
];

const stageColumns: readonly Column[] = [
  { key: 'group', title: 'Group', type: 'text' },
  { key: 'value', title: 'Cases of', type: 'text' },
  { key: 'cases', title: 'Cases', type: 'count' },
  { key: 'front', title: 'Median days that the person sees', type: 'days' },
  { key: 'hidden', title: 'Median days behind the scenes', type: 'days' },
  { key: 'hiddenP90', title: 'One in ten takes longer than, days', type: 'days' },
  { key: 'gap', title: 'Hidden for each day seen', type: 'number', derivedFrom: ['front', 'hidden'] },
  { key: 'minutes', title: 'Minutes of hidden work a case', type: 'minutes' },
  { key: 'shifted', title: 'Began online, went on another way', type: 'count' },
  { key: 'systems', title: 'Worked in two systems', type: 'count' },
];

/** Hidden over front time; null where the person sees less than a minute. */
function gapOf({ front, hidden }: StageTimes): number | null {
  return front === null || hidden === null || front * 1440 < 1 ? null : hidden / front;
}

/** Counts below ten tell of single people. */
const shown = (n: number | null) => (n !== null && n > 0 && n < leastCases ? null : n);

function stageRow(group: string, times: StageTimes) {
  return {
    ...{ group, value: times.value, cases: times.cases },
    ...{ front: times.front, hidden: times.hidden, hiddenP90: times.hiddenP90, gap: gapOf(times) },
    ...{ minutes: times.minutes, shifted: shown(times.shifted), systems: shown(times.systems) },
  };
}

const words = (days: number | null) => (days === null ? 'an unknown time' : durationInWords(days * day));

function signOffTable(found: readonly SignOffs[]) {
  const rows = found.filter(({ cases }) => cases >= leastCases);
  if (rows.length === 0) return [];
  return [
    {
      id: 'sign-offs',
      title: 'Signed off in batches: finishes of a step by one person or system, each within five seconds',
      columns: signOffColumns,
      rows: rows.map(({ step, runs, events, cases }) => ({ step, runs, events, cases })),
      notes: ['A system that works overnight does this rightly. Where people do, ask what is looked at.'],
    },
  ];
}

/** Where times are dates, all finishes of a day would look like one batch. */
function notLookedFor(dated: readonly string[]): readonly string[] {
  return dated.length === 0
    ? []
    : [
        `Batch sign-offs are not looked for where times are dates without a time of day: ${listInWords(dated.map((step) => `"${step}"`))}.`,
      ];
}

/** What the person sees against what goes on behind: time, work, changes of channel and system, and batch sign-offs. */
export async function frontBackResult(workspace: FindWorkspace, costs: Costs): Promise<Result> {
  const { loaded, warehouse } = workspace;
  const queries: QueryRecord[] = [];
  const dated = await stepsOfDates(warehouse, queries);
  const found = await signOffs(warehouse, dated, queries);
  const front = loaded.charter.steps?.front ?? [];
  const base = { id: 'front-back', question, method, queries } as const;
  const [whole] = front.length > 0 ? await stageTimes(warehouse, front, costs.minutes, null, queries) : [];
  if (!whole || whole.cases < leastCases)
    return makeResult(workspace, {
      ...base,
      status: 'cannot-tell',
      answer:
        front.length === 0
          ? 'Cannot tell: the charter does not say which steps the person sees.'
          : 'Cannot tell: fewer than ten cases have steps that the person sees and steps behind the scenes.',
      tables: signOffTable(found),
      caveats: notLookedFor(dated),
      next: ['Name in the charter, under "steps", "front", the steps that the person sees.'],
    });
  const rows = [stageRow('All cases', whole)];
  const known = new Set((await warehouse.columns('cases')).map(({ name }) => name));
  for (const group of loaded.charter.groups ?? []) {
    if (!known.has(group.column)) continue;
    const by = await stageTimes(warehouse, front, costs.minutes, group.column, queries);
    rows.push(...by.filter(({ cases }) => cases >= leastCases).map((times) => stageRow(group.title, times)));
  }
  const gap = gapOf(whole);
  const figure = (id: string, name: string, value: number | null, unit: Figure['unit']): Figure => ({
    ...{ id, name, value, unit },
    interval: null,
    period: null,
  });
  const shifted = shown(whole.shifted);
  const systems = shown(whole.systems);
  const moved =
    systems === null || systems === 0
      ? ''
      : ` ${countOf(systems, 'case')} (${formatValue(systems / whole.cases, 'share')}) were worked on in two systems.`;
  return makeResult(workspace, {
    ...base,
    status: 'caution',
    answer: `In the middle case what the person sees at the start takes ${words(whole.front)}; what follows behind the scenes takes ${words(whole.hidden)}, and over ${words(whole.hiddenP90)} in one case of ten.${moved}`,
    figures: [
      figure('front-days', 'Median days that the person sees', whole.front, 'days'),
      figure('hidden-days', 'Median days behind the scenes', whole.hidden, 'days'),
      figure('gap', 'Days behind the scenes for each day seen', gap, 'number'),
      figure('channel-shift', 'Cases that began online and went on another way', shifted, 'count'),
      figure('two-systems', 'Cases worked on in two systems', systems, 'count'),
    ],
    tables: [
      {
        id: 'stages',
        title: 'What the person sees and what goes on behind, in all and by group',
        columns: stageColumns,
        rows,
        notes: ['A count of fewer than ten cases is left blank, and one that the data cannot tell.'],
      },
      ...signOffTable(found),
    ],
    caveats: [
      'Steps are seen or hidden as the charter says; a letter that nobody recorded is hidden here.',
      ...(whole.shifted === null
        ? [
            'Whether cases that begin online go on another way cannot be told: steps that come later say no channel.',
          ]
        : []),
      ...notLookedFor(dated),
    ],
    next: ['Ask the people who do the hidden steps which of them the person could be told of, or spared.'],
  });
}

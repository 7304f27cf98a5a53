import {
  countOf,
  formatValue,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
  type Table,
} from '../../core/index.ts';
import type { Workspace } from '../workspace.ts';
import { type Detection, isMaterial } from './detect.ts';
import { column, figure, makeResult } from './make-result.ts';

const outcomeWords = {
  found: 'found',
  clear: 'not found',
  'not-checked': 'not checked',
} as const;

/** A fault that is there: not what a reader should merely know, such as cases that are still open. */
function isFault({ outcome, detector }: Detection): boolean {
  return outcome === 'found' && detector.level === 'alarm';
}

/** How much of a defect there is, with small groups protected. */
function sizeInWords({ detector, outcome, hits, cases, patterns }: Detection): string | null {
  if (outcome !== 'found') return null;
  if (patterns.length > 0) return patterns.length === 1 ? 'once' : `${patterns.length} times`;
  if (detector.kind === 'rows' && detector.counts === 'contacts')
    return hits < leastCases ? `fewer than ${leastCases} contacts` : countOf(hits, 'contact');
  if (cases < leastCases) return `fewer than ${leastCases} cases`;
  const own = detector.kind === 'rows' && detector.counts === 'rows';
  return own ? `${countOf(hits, 'row')} of ${countOf(cases, 'case')}` : countOf(cases, 'case');
}

function publishable(detection: Detection): boolean {
  return detection.cases >= leastCases;
}

function defectTable(detections: readonly Detection[]): Table {
  return {
    id: 'defects',
    title: 'What was looked for, and what was found',
    columns: [
      column('defect', 'Fault'),
      column('outcome', 'Outcome'),
      column('size', 'How much'),
      column('share', 'Share of cases or rows', 'share'),
      column('distorts', 'Which figures it distorts'),
      column('remedy', 'What to do'),
      { ...column('id', 'Name'), forMachines: true },
      { ...column('doubtful', 'Makes figures doubtful'), forMachines: true },
      { ...column('touches', 'Kinds of figure touched'), forMachines: true },
    ],
    rows: detections
      .filter(({ outcome }) => outcome !== 'not-checked')
      .toSorted(
        (a, b) =>
          Number(isMaterial(b)) - Number(isMaterial(a)) ||
          Number(b.detector.saidFirst ?? false) - Number(a.detector.saidFirst ?? false) ||
          (b.share ?? 0) - (a.share ?? 0),
      )
      .map((detection) => ({
        defect: detection.detector.title,
        outcome:
          detection.outcome === 'found' && !isFault(detection) ? 'to know' : outcomeWords[detection.outcome],
        size: sizeInWords(detection),
        share: publishable(detection) ? detection.share : null,
        distorts: detection.outcome === 'found' ? detection.detector.distorts : null,
        remedy: detection.outcome === 'found' ? detection.detector.remedy : null,
        id: detection.detector.id,
        doubtful: isMaterial(detection),
        touches: detection.detector.touches.join(' '),
      })),
  };
}

function whereTable(detections: readonly Detection[]): Table {
  return {
    id: 'where',
    title: 'Where faults are, most cases first',
    columns: [
      column('defect', 'Fault'),
      column('pattern', 'Sign'),
      column('step', 'Step'),
      column('team', 'Team'),
      column('rows', 'Times', 'count'),
      column('cases', 'Cases', 'count'),
      column('example', 'A case that shows it (pseudonym)'),
    ],
    rows: detections.flatMap(({ detector, groups }) =>
      groups
        .filter(({ cases }) => cases >= leastCases)
        .map(({ pattern, step, team, hits, cases, example }) => ({
          defect: detector.title,
          pattern,
          step,
          team,
          rows: hits,
          cases,
          example,
        })),
    ),
    notes: [
      `Groups of fewer than ${leastCases} cases are left out, and no more than 20 are shown for a fault.`,
    ],
  };
}

function patternTable(detections: readonly Detection[]): Table {
  return {
    id: 'changes',
    title: 'Changes that the data as a whole show',
    columns: [
      column('defect', 'Fault'),
      column('says', 'What was seen'),
      column('on', 'From', 'date'),
      column('rows', 'Rows', 'count'),
    ],
    rows: detections.flatMap(({ detector, patterns }) =>
      patterns.map(({ says, on, hits }) => ({ defect: detector.title, says, on, rows: hits })),
    ),
  };
}

function uncheckedTable(detections: readonly Detection[]): Table {
  return {
    id: 'not-checked',
    title: 'What could not be looked for, and what it needs',
    columns: [column('defect', 'Fault'), column('needs', 'Needs'), column('distorts', 'Would distort')],
    rows: detections
      .filter(({ outcome }) => outcome === 'not-checked')
      .map(({ detector, needs }) => ({ defect: detector.title, needs, distorts: detector.distorts })),
  };
}

function ruleTable(detections: readonly Detection[]): Table {
  return {
    id: 'rules',
    title: 'How each fault is looked for',
    columns: [column('defect', 'Fault'), column('rule', 'What is looked for')],
    rows: detections.map(({ detector }) => ({ defect: detector.title, rule: detector.rule })),
  };
}

/** What was seen, in sentences. */
function seenIn({ patterns }: Detection): readonly string[] {
  return patterns.map(({ says }) => says);
}

function answerFor(checked: readonly Detection[], material: readonly Detection[]): string {
  if (checked.length === 0) return 'Cannot tell: there are no cases or events to look at.';
  const looked = countOf(checked.length, 'kind');
  const found = checked.filter(isFault);
  if (found.length === 0) return `None of the ${looked} of fault that we looked for is in the data.`;
  if (material.length === 0)
    return `Of the ${looked} of fault that we looked for, ${found.length === 1 ? '1 is in the data,' : `${found.length} are in the data, each`} in fewer than 1% of cases or rows.`;
  const seen = material.filter(({ detector }) => detector.saidFirst).flatMap(seenIn);
  const named = material.slice(0, 3).map(({ detector, share }) => {
    const name = `${detector.title.charAt(0).toLowerCase()}${detector.title.slice(1)}`;
    return share === null ? name : `${name} (${formatValue(share, 'share')})`;
  });
  return `${seen.length > 0 ? `${seen.join(' ')} ` : ''}Of the ${looked} of fault that we looked for, ${material.length} ${material.length === 1 ? 'makes' : 'make'} figures doubtful: ${material.length > 3 ? 'among them ' : ''}${listInWords(named)}.`;
}

/** Which faults of the data were found, which figures they distort, and what to do about it. */
export function defectsResult(
  workspace: Workspace,
  detections: readonly Detection[],
  queries: readonly QueryRecord[],
): Result {
  const checked = detections.filter(({ outcome }) => outcome !== 'not-checked');
  const material = checked
    .filter(isMaterial)
    .toSorted(
      (a, b) =>
        Number(b.detector.saidFirst ?? false) - Number(a.detector.saidFirst ?? false) ||
        (b.share ?? 0) - (a.share ?? 0) ||
        (a.detector.id < b.detector.id ? -1 : 1),
    );
  const tables = [
    defectTable(detections),
    whereTable(detections),
    patternTable(detections),
    uncheckedTable(detections),
    ruleTable(detections),
  ];
  return makeResult(workspace, {
    id: 'defects',
    question: 'What is wrong with the data, and which figures does it touch?',
    answer: answerFor(checked, material),
    status: checked.length === 0 ? 'cannot-tell' : material.length > 0 ? 'caution' : 'sound',
    figures: [
      figure('looked-for', 'Kinds of fault looked for', checked.length, 'count'),
      figure('found', 'Kinds found', checked.filter(isFault).length, 'count'),
      figure('material', 'Kinds that make figures doubtful', material.length, 'count'),
      figure(
        'not-checked',
        'Kinds that could not be looked for',
        detections.length - checked.length,
        'count',
      ),
    ],
    tables: tables.filter(({ rows }) => rows.length > 0),
    caveats: [
      ...material.map((detection) => {
        const { title, distorts, saidFirst } = detection.detector;
        return saidFirst ? `${seenIn(detection).join(' ')} ${distorts}` : `${title}: ${distorts}`;
      }),
      'A sign is not a finding: each may have a good reason, which those who keep the source will know.',
      material.some(({ detector }) => detector.saidFirst)
        ? 'Nothing was changed: every row is kept as it came.'
        : 'Nothing was changed: every row is still used as it came.',
    ],
    next: material.map(({ detector }) => detector.remedy),
    method:
      'Each kind of fault is one query with fixed thresholds, grouped by sign, step and team; see "How each fault is looked for".',
    parameters: { leastCases, materialShare: 0.01 },
    queries,
  });
}

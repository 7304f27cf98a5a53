import { formatValue, leastCases, type QueryRecord, type Result } from '../../core/index.ts';
import type { Variant, VariantCounts } from '../queries/variants.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

const separator = ' → ';

/** How many ways cases go, and whether the ways carry information at all. */
export function variantsResult(
  workspace: FindWorkspace,
  counts: VariantCounts,
  top: readonly Variant[],
  queries: readonly QueryRecord[],
): Result {
  const question = 'Do cases follow the same way, or each its own?';
  const method = 'Sequences of steps in order of time, compared by fingerprint';
  if (counts.cases < leastCases) {
    return makeResult(workspace, {
      id: 'variants',
      question,
      method,
      queries,
      status: 'cannot-tell',
      answer: 'Cannot tell: fewer than ten cases have steps with a time.',
      next: ['Add an event log.'],
    });
  }
  const inTop = top.reduce((sum, { cases }) => sum + cases, 0);
  const scattered = counts.variants > counts.cases / 2;
  const common = top.filter(({ cases }) => cases >= leastCases);
  const [first] = common;
  return makeResult(workspace, {
    id: 'variants',
    question,
    answer: scattered
      ? `Nearly every case goes its own way: ${formatValue(counts.variants, 'count')} sequences of steps for ${formatValue(counts.cases, 'count')} cases. Sequences carry no information here.`
      : `${formatValue(counts.cases, 'count')} cases follow ${formatValue(counts.variants, 'count')} different sequences of steps; the ten most common hold ${formatValue(inTop / counts.cases, 'share')} of cases.`,
    status: scattered ? 'caution' : 'sound',
    figures: [
      {
        id: 'variants',
        name: 'Different sequences of steps',
        value: counts.variants,
        unit: 'count',
        interval: null,
        period: null,
        ofNobody: true,
      },
      {
        id: 'top-ten-share',
        name: 'Cases in the ten most common',
        value: inTop / counts.cases,
        unit: 'share',
        interval: null,
        period: null,
      },
      {
        id: 'single',
        name: 'Sequences that one case follows',
        value: counts.single,
        unit: 'count',
        interval: null,
        period: null,
      },
    ],
    tables: [
      {
        id: 'top-variants',
        title: 'The most common sequences of steps',
        asSteps: { key: 'steps', separator },
        columns: [
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'share', title: 'Share of cases', type: 'share' },
          { key: 'median', title: 'Median days', type: 'days' },
          { key: 'length', title: 'Steps', type: 'count', ofNobody: true },
          { key: 'steps', title: 'Sequence', type: 'text' },
        ],
        rows: common.map(({ cases, steps, medianDays }) => ({
          cases,
          share: cases / counts.cases,
          median: medianDays,
          length: steps.length,
          steps: steps.join(separator),
        })),
        notes: [`Sequences of fewer than ${leastCases} cases are left out.`],
      },
    ],
    caveats: scattered ? ['Steps may need to be rolled up to phases before sequences say anything.'] : [],
    next: first ? ['Compare the common sequences with how the service is meant to go.'] : [],
    method,
    queries,
    parameters: { leastCases },
  });
}

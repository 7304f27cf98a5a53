import {
  dateLabel,
  formatInterval,
  formatValue,
  type Interval,
  listInWords,
  type Result,
} from '../../core/index.ts';
import { type Comparison, headlineComparison } from '../comparison.ts';
import { bodyInputs } from '../input-states.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, standingCaveats } from '../wording.ts';
import type { PaymentData } from './collect-payments.ts';
import { auditTable, costChart, costTable, errorsTable } from './cost-tables.ts';
import {
  auditOffset,
  type CostChange,
  costChange,
  ratioInterval,
  type Span,
  type SpanCosts,
  spanCosts,
} from './payment-costs.ts';

const question = 'Is a cheaper decision cheaper in the end, counting what is paid wrongly?';
const method =
  'Cost generated a case: cost of handling, and over- and underpayment from a random audit sample by ratio estimates (Cochran, 1977, chapter 6); the errors of two years are independent samples';
/** A random sample lies further off than so many standard errors in 3 of 1,000 draws (product rule). */
const mostOffset = 3;
const fewestAudited = 30;

const pounds = (value: number) => formatValue(Math.abs(value), 'pounds');
const percent = (value: number) => formatValue(value, 'share');

/** What one case is called, where every output that comes from cases calls it the same. */
export function caseWord({ plan }: Study): string {
  const units = new Set(plan.outputs.filter(({ from }) => from === 'cases').map(({ unit }) => unit));
  const [unit] = units;
  return units.size === 1 && unit !== undefined ? unit : 'case';
}

/** Pounds of the inputs that handle cases, over some periods; null where a period has no cost of one. */
function handlingCost({ data, plan }: Study, starts: readonly string[]): number | null {
  const named = plan.charter.payments?.handling;
  const inputs = named
    ? named.map((id) => data.inputList.findIndex((input) => input.id === id))
    : bodyInputs(data);
  if (inputs.length === 0) return null;
  let sum = 0;
  for (const input of inputs)
    for (const start of starts) {
      const cells = data.inputs.filter((cell) => cell.input === input && cell.period === start);
      if (cells.length === 0 || cells.some(({ cost }) => cost === null)) return null;
      for (const { cost } of cells) sum += cost ?? 0;
    }
  return sum;
}

/** True where handling costs less and a case costs more in the end, beyond chance. */
const isDearer = ({ handling, generated }: CostChange) => handling < 0 && generated.interval.low > 0;

/** "£12.00 to £40.00 more", or with "less" on either side where that is so. */
function rangeInWords({ low, high }: Interval): string {
  if (low >= 0) return `${formatInterval({ low, high }, 'pounds')} more`;
  if (high <= 0) return `${formatInterval({ low: -high, high: -low }, 'pounds')} less`;
  return `from ${pounds(low)} less to ${pounds(high)} more`;
}

const moreOrLess = (value: number) => `${pounds(value)} ${value < 0 ? 'less' : 'more'}`;

function inWords(word: string, earlier: SpanCosts, later: SpanCosts, change: CostChange): string {
  const { generated, handling } = change;
  const range = `(95% interval ${rangeInWords(generated.interval)})`;
  const overpaid = `${percent(later.overpaid.ratio)} of what was paid was overpaid in ${later.label}, by audit, against ${percent(earlier.overpaid.ratio)} in ${earlier.label}`;
  const speed = earlier.handlingPerCase / later.handlingPerCase - 1;
  const faster = handling < 0 ? ` (${formatValue(speed, 'share')} more are decided for the same money)` : '';
  if (isDearer(change))
    return `A ${word} costs ${pounds(handling)} less to handle${faster} and ${pounds(generated.value)} more in the end ${range}: ${overpaid}. Handling cost and ${word}s closed point the wrong way.`;
  const isSettled = generated.interval.low > 0 || generated.interval.high < 0;
  if (!isSettled)
    return `Cannot tell yet: a ${word} costs ${moreOrLess(handling)} to handle, and in the end ${rangeInWords(generated.interval)} (95% interval). ${overpaid}.`;
  return `A ${word} costs ${moreOrLess(handling)} to handle and ${moreOrLess(generated.value)} in the end ${range}. ${overpaid}.`;
}

function cannotTell(study: Study, why: string, next: string): Result {
  return {
    id: 'cost-generated',
    question,
    answer: `Cannot tell: ${why}.`,
    status: 'cannot-tell',
    figures: [],
    tables: [],
    charts: [],
    caveats: standingCaveats(study),
    next: [next],
    provenance: provenanceOf(study, method),
  };
}

const spansOf = (study: Study, { earlier, later, earlierLabel, laterLabel }: Comparison) =>
  [
    { label: earlierLabel, starts: earlier },
    { label: laterLabel, starts: later },
  ].flatMap(({ label, starts }): readonly Span[] => {
    const handling = handlingCost(study, starts);
    return handling === null ? [] : [{ label, starts, handling }];
  });

/** Changes of the charter that began in the periods compared. */
function changesBetween({ plan }: Study, { earlier, later }: Comparison): readonly string[] {
  const [from, to] = [earlier[0] ?? '', later.at(-1) ?? ''];
  return (plan.charter.changes ?? [])
    .filter(({ on }) => on > from && on <= to)
    .map(({ title, on }) => `"${title}" began on ${dateLabel(on)}.`);
}

/**
 * Cost generated against handling cost, the latest year on the year before: whether a case that costs less to handle
 * costs less in the end. Null where the charter has no section on payments.
 */
export function costResult(study: Study, data: PaymentData | null): Result | null {
  const { payments } = study.plan.charter;
  if (!payments) return null;
  const word = caseWord(study);
  const comparison = headlineComparison(study.data);
  if (!data || !comparison)
    return cannotTell(
      study,
      'there are no two years of payments to compare',
      'Bring in the cases of two years with what was paid on each.',
    );
  const sampled = (starts: readonly string[]) => data.audited.filter(({ period }) => starts.includes(period));
  if (!payments.audit || sampled(comparison.later).length === 0)
    return cannotTell(
      study,
      `nobody has looked again at a random sample of payments, so a ${word} that is cheaper to handle may be dearer in the end`,
      'Draw some payments by lot each month, have them looked at again by somebody else, and record what should have been paid.',
    );
  if (payments.audit.drawn === 'by-choice')
    return cannotTell(
      study,
      'the audited payments were chosen and speak for no others',
      'Draw some payments by lot each month beside those that are chosen.',
    );
  const spans = spansOf(study, comparison);
  if (spans.length < 2)
    return cannotTell(
      study,
      'what handling cost is not known for every period compared',
      'Give the cost of the inputs that handle cases for every period.',
    );
  const [earlier, later] = spans.map((span) => spanCosts(data, span));
  if (!earlier || !later)
    return cannotTell(
      study,
      `fewer than ${fewestAudited} payments were audited in one of the years`,
      `Audit at least ${fewestAudited} payments drawn at random in each year; several hundred tell a difference of a tenth.`,
    );
  const change = costChange(earlier, later);
  const dearer = isDearer(change);
  const offsets = [comparison.earlier, comparison.later].map((starts) =>
    auditOffset(
      { cells: data.cells.filter(({ period }) => starts.includes(period)), audited: [] },
      sampled(starts),
    ),
  );
  const isOdd = offsets.some((offset) => offset !== null && Math.abs(offset) > mostOffset);
  const isSettled = change.generated.interval.low > 0 || change.generated.interval.high < 0;
  const inYear = (value: number) => value * later.cases;
  return {
    id: 'cost-generated',
    question,
    answer: inWords(word, earlier, later, change),
    status: !isSettled ? 'cannot-tell' : dearer || isOdd ? 'caution' : 'sound',
    figures: [
      figure(
        dearer ? 'dearer' : 'change',
        dearer ? `A ${word} costs more in the end, by` : `Change of what a ${word} costs in the end`,
        change.generated.value,
        'pounds',
        {
          interval: change.generated.interval,
          period: `${later.label}, against ${earlier.label}`,
          note: `${formatValue(inYear(change.generated.value), 'pounds')} for all ${formatValue(later.cases, 'count')} of ${later.label}`,
        },
      ),
      figure('handling', `Change of what handling a ${word} costs`, change.handling, 'pounds', {
        period: `${later.label}, against ${earlier.label}`,
        note: `from the accounts: ${formatValue(earlier.handlingPerCase, 'pounds')} to ${formatValue(later.handlingPerCase, 'pounds')}`,
      }),
      ...[earlier, later].flatMap((costs, i) => {
        const when = i === 0 ? 'earlier' : 'later';
        return [
          figure(`overpaid-${when}`, 'Overpaid, share of what was paid', costs.overpaid.ratio, 'share', {
            interval: ratioInterval(costs.overpaid),
            period: costs.label,
          }),
          figure(`underpaid-${when}`, 'Underpaid, share of what was paid', costs.underpaid.ratio, 'share', {
            interval: ratioInterval(costs.underpaid),
            period: costs.label,
          }),
          figure(`generated-${when}`, `What a ${word} costs in the end`, costs.generated.value, 'pounds', {
            interval: costs.generated.interval,
            period: costs.label,
          }),
        ];
      }),
    ],
    tables: [
      costTable(word, earlier, later, change),
      auditTable(word, [earlier, later]),
      errorsTable(word, [earlier, later]),
    ],
    charts: [costChart(word, [earlier, later], dearer)],
    caveats: [
      ...standingCaveats(study),
      ...changesBetween(study, comparison),
      'Before against after shows no cause by itself: other things change in a year too.',
      ...(isOdd
        ? [
            'What was paid on audited cases differs from what was paid on all by more than chance: they were hardly drawn at random.',
          ]
        : []),
      'Underpayment counts as an error like overpayment: a saving paid for by people who get less than they are owed is none.',
      'Not counted: what follows later, such as contacts again, complaints, appeals and money got back.',
    ],
    next: dearer
      ? [
          `Judge the service by what a ${word} costs in the end, not by how many are closed or what handling costs.`,
          'Take care by risk: quick where little can go wrong, thorough where much can. At the boundary between the two let a lot decide, so that the audit shows what care is worth there.',
          'Watch underpayment and refusals as closely as overpayment: care that only refuses more is no saving.',
        ]
      : [
          ...(isSettled
            ? []
            : [
                `Audit more: the range narrows to half with four times the ${formatValue(later.audited, 'count')} audited in ${later.label}.`,
              ]),
          'Keep auditing a random sample, of payments and of refusals alike.',
        ],
    provenance: provenanceOf(study, method, {
      parameters: {
        handling: listInWords(payments.handling ?? ['every input']),
        audit: payments.audit.drawn,
      },
      recompute: [{ method: 'cost-generated', input: recomputeInput([earlier, later]) }],
    }),
  };
}

/** The two years as `calc cost-generated` takes them. */
function recomputeInput(spans: readonly SpanCosts[]) {
  const teams = spans.map(({ label, cases, handlingPerCase, error, paidPerCase }) => ({
    team: label,
    cases,
    handling: handlingPerCase * cases,
    payoutError: error.ratio * paidPerCase * cases,
    ...{ recontact: 0, rework: 0, complaintsAndAppeals: 0, wrongfulRefusal: 0, recoveries: 0 },
  }));
  const ledger = teams.reduce((sum, { handling, payoutError }) => sum + handling + payoutError, 0);
  return { teams, unattributed: 0, ledger, assignment: 'neither' };
}

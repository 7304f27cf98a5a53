import { dateLabel, formatValue, listInWords, type Result } from '../../core/index.ts';
import { cannotTell } from '../cannot-tell.ts';
import { type Comparison, headlineComparison } from '../comparison.ts';
import { fewestAudited } from '../cost-generated/payout-error.ts';
import { provenanceOf, type Study } from '../study.ts';
import { standingCaveats } from '../wording.ts';
import type { PaymentData } from './collect-payments.ts';
import { costFigures } from './cost-figures.ts';
import { auditTable, costChart, costTable, errorsTable } from './cost-tables.ts';
import { costInWords, isDearer, isSettled } from './cost-words.ts';
import { isAuditOdd, spansOf } from './cost-years.ts';
import { costChange, type SpanCosts, spanCosts } from './payment-costs.ts';

const question = 'Is a cheaper decision cheaper in the end, counting what is paid wrongly?';
const method =
  'Cost generated a case: cost of handling, and over- and underpayment from a random audit sample by ratio estimates within each kind of case that the charter tells apart (Cochran, 1977, chapter 6 and section 6.11); the errors of two years are independent samples';
const about = { id: 'cost-generated', question, method };

/** What one case is called, where every output that comes from cases calls it the same. */
export function caseWord({ plan }: Study): string {
  const units = new Set(plan.outputs.filter(({ from }) => from === 'cases').map(({ unit }) => unit));
  const [unit] = units;
  return units.size === 1 && unit !== undefined ? unit : 'case';
}

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
      about,
      'there are no two years of payments to compare',
      'Bring in the cases of two years with what was paid on each.',
    );
  const sampled = (starts: readonly string[]) => data.audited.filter(({ period }) => starts.includes(period));
  if (!payments.audit || sampled(comparison.later).length === 0)
    return cannotTell(
      study,
      about,
      `nobody has looked again at a random sample of payments, so a ${word} that is cheaper to handle may be dearer in the end`,
      'Draw some payments by lot each month, have them looked at again by somebody else, and record what should have been paid.',
    );
  if (payments.audit.drawn === 'by-choice')
    return cannotTell(
      study,
      about,
      'the audited payments were chosen and speak for no others',
      'Draw some payments by lot each month beside those that are chosen.',
    );
  const spans = spansOf(study, comparison);
  if (spans.length < 2)
    return cannotTell(
      study,
      about,
      'what handling cost is not known for every period compared',
      'Give the cost of the inputs that handle cases for every period.',
    );
  const [earlier, later] = spans.map((span) => spanCosts(data, span));
  if (!earlier || !later)
    return cannotTell(
      study,
      about,
      `fewer than ${fewestAudited} payments were audited in one of the years`,
      `Audit at least ${fewestAudited} payments drawn at random in each year; several hundred tell a difference of a tenth.`,
    );
  const change = costChange(earlier, later);
  const dearer = isDearer(change);
  const isOdd = isAuditOdd(data, comparison);
  return {
    id: 'cost-generated',
    question,
    answer: costInWords(word, earlier, later, change),
    status: !isSettled(change) ? 'cannot-tell' : dearer || isOdd ? 'caution' : 'sound',
    figures: costFigures(word, earlier, later, change),
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
          ...(isSettled(change)
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

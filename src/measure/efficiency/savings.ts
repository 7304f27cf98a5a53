import { countOf, formatValue, listInWords, type Result, type Table } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import type { Claim } from './claim.ts';
import { type ClaimLine, type ClassTotal, totalsByClass } from './claim-totals.ts';
import { type Classification, classifyClaim } from './classify-claim.ts';
import { type FalseEconomySignal, falseEconomySignals } from './false-economy.ts';
import { grossOf, savingsRepeated } from './repeated-savings.ts';
import { isNamed, isStated } from './stated.ts';
import { payersTable, whoPays } from './who-pays.ts';

const question = 'If we make the planned saving, who pays for it: citizens, another body, next year, staff?';

interface JudgedSaving {
  readonly saving: Saving;
  /** What its owner claims, with what the charter and its other savings tell. */
  readonly claim: Claim;
  readonly classification: Classification;
  readonly signals: readonly FalseEconomySignal[];
}

/** Classes in the words of a reader. */
const classWords: Readonly<Record<Classification['cls'], string>> = {
  efficiency: 'an efficiency, shown',
  'not-evidenced': 'claimed, not shown',
  'not-an-efficiency': 'not an efficiency',
  'non-efficiency-saving': 'a saving by achieving less',
  investment: 'an investment: more for more',
  deferral: 'a cost put off to later',
  'cost-shift': 'a cost moved to another body',
  'not-classifiable': 'not classifiable',
};

/** How good the evidence of a claim is. */
function evidenceGrade({ claim }: Saving): string {
  if (claim.evidence === 'self-report') return 'self-reported';
  if (claim.evidence !== 'measured') return 'not stated';
  return isNamed(claim.counterfactual)
    ? 'measured against a counterfactual'
    : 'measured, without a counterfactual';
}

function judge(saving: Saving, same: Saving | undefined, floorBroken: boolean | null): JudgedSaving {
  const declared = saving.claim.duplicate_of;
  const claim = {
    ...saving.claim,
    saving_gbp: grossOf(saving),
    floor_broken: saving.claim.floor_broken ?? floorBroken,
    ...(same && !isStated(declared) ? { duplicate_of: same.id } : {}),
  };
  return {
    saving,
    claim,
    classification: classifyClaim(claim),
    signals: falseEconomySignals(claim, saving.around ?? {}),
  };
}

/** Whether it counts the pounds of another, which nothing may add again. */
const isRepeated = ({ classification }: JudgedSaving) => classification.reasons.includes('G3');

const classInWords = (judged: JudgedSaving) =>
  isRepeated(judged)
    ? `cannot be counted: same as ${judged.claim.duplicate_of}`
    : classWords[judged.classification.cls];

const lineOf = ({ saving, classification }: JudgedSaving): ClaimLine => ({
  id: saving.id,
  classification,
  gross: grossOf(saving),
  costToAchieve: saving.cost_to_achieve_gbp ?? null,
});

function savingsTable(judged: readonly JudgedSaving[]): Table {
  return {
    id: 'savings',
    title: 'Each saving, what it is, and the rules that decided',
    columns: [
      { key: 'saving', title: 'Saving', type: 'text' },
      { key: 'lever', title: 'Lever', type: 'text' },
      { key: 'plan', title: 'Plan', type: 'pounds', ofNobody: true },
      { key: 'delivered', title: 'Delivered', type: 'pounds', ofNobody: true },
      { key: 'forecast', title: 'Forecast', type: 'pounds', ofNobody: true },
      { key: 'gross', title: 'Gross', type: 'pounds', ofNobody: true },
      { key: 'cost', title: 'Cost to achieve', type: 'pounds', ofNobody: true },
      { key: 'net', title: 'Net', type: 'pounds', ofNobody: true },
      { key: 'recurrent', title: 'Every year', type: 'text' },
      { key: 'class', title: 'What it is', type: 'text' },
      { key: 'reasons', title: 'Decided by', type: 'text' },
      { key: 'cash', title: 'Cash', type: 'text' },
      { key: 'evidence', title: 'Evidence', type: 'text' },
      { key: 'ledger', title: 'Budget line', type: 'text' },
      { key: 'owner', title: 'Owner', type: 'text' },
    ],
    rows: judged.map((one) => {
      const { saving, classification } = one;
      const gross = grossOf(saving);
      const cost = saving.cost_to_achieve_gbp ?? null;
      return {
        saving: saving.title,
        lever: saving.lever ?? null,
        plan: saving.plan_gbp ?? null,
        delivered: saving.delivered_gbp ?? null,
        forecast: saving.forecast_gbp ?? null,
        gross,
        cost,
        net: gross === null || cost === null ? null : gross - cost,
        recurrent: saving.recurrent ?? null,
        class: classInWords(one),
        reasons: listInWords(classification.reasons) || 'all rules hold',
        cash: classification.cash ?? null,
        evidence: evidenceGrade(saving),
        ledger: saving.ledger_line ?? null,
        owner: saving.owner,
      };
    }),
  };
}

function rulesTable(judged: readonly JudgedSaving[]): Table {
  return {
    id: 'rules',
    title: 'Every rule, and what it looked at',
    columns: [
      { key: 'saving', title: 'Saving', type: 'text' },
      { key: 'rule', title: 'Rule', type: 'text' },
      { key: 'test', title: 'Test', type: 'text' },
      { key: 'holds', title: 'Holds', type: 'text' },
      { key: 'evidence', title: 'What it looked at', type: 'text' },
      { key: 'basis', title: 'Basis', type: 'text' },
    ],
    rows: judged.flatMap(({ saving, classification }) =>
      classification.rules.map(({ rule, test, truth, evidence, basis }) => ({
        saving: saving.title,
        rule,
        test,
        holds: truth ?? 'not known',
        evidence,
        basis,
      })),
    ),
  };
}

function totalsTable(totals: readonly ClassTotal[]): Table {
  return {
    id: 'totals',
    title: 'Totals by class',
    columns: [
      { key: 'standing', title: 'Standing', type: 'text' },
      { key: 'class', title: 'What they are', type: 'text' },
      { key: 'cash', title: 'Cash', type: 'text' },
      { key: 'claims', title: 'Savings', type: 'count', ofNobody: true },
      { key: 'gross', title: 'Gross', type: 'pounds', ofNobody: true },
      { key: 'net', title: 'Net of cost to achieve', type: 'pounds', ofNobody: true },
      { key: 'withoutPounds', title: 'Without pounds', type: 'count', ofNobody: true },
    ],
    rows: totals.map(({ cls, ...total }) => ({ ...total, class: classWords[cls] })),
    notes: ['There is no grand total: what is shown and what is claimed are never added, nor cash and time.'],
  };
}

function signalsTable(judged: readonly JudgedSaving[]): Table {
  return {
    id: 'signals',
    title: 'Signs of a false economy',
    columns: [
      { key: 'saving', title: 'Saving', type: 'text' },
      { key: 'signal', title: 'Sign', type: 'text' },
      { key: 'found', title: 'Found', type: 'text' },
      { key: 'words', title: 'What it means', type: 'text' },
    ],
    rows: judged.flatMap(({ saving, signals }) =>
      signals.map(({ signal, truth, words }) => ({
        saving: saving.title,
        signal,
        found: truth ?? 'not known',
        words,
      })),
    ),
  };
}

/** "2 are claimed, not shown (£1.2 million gross)", by class, never added up. */
function classParts(totals: readonly ClassTotal[]): readonly string[] {
  const classes = [...new Set(totals.map(({ cls }) => cls))];
  return classes.map((cls) => {
    const own = totals.filter((total) => total.cls === cls);
    const n = own.reduce((sum, { claims }) => sum + claims, 0);
    const gross = own.flatMap(({ gross: amount, cash }) =>
      amount === null ? [] : [`${formatValue(amount, 'pounds')}${cash === null ? '' : ` ${cash}`}`],
    );
    return `${n} ${n === 1 ? 'is' : 'are'} ${classWords[cls]}${gross.length > 0 ? ` (${gross.join(', ')})` : ''}`;
  });
}

/** "1 cannot be counted, as another counts it": its pounds are in no total. */
function repeatedParts(repeated: readonly JudgedSaving[]): readonly string[] {
  return repeated.length === 0 ? [] : [`${repeated.length} cannot be counted: another counts the same`];
}

/** Each saving of the charter, classified; null where the charter names none. */
export function savingsResult(study: Study, floorBroken: boolean | null): Result | null {
  const savings = study.plan.charter.savings ?? [];
  if (savings.length === 0) return null;
  const same = savingsRepeated(savings);
  const judged = savings.map((saving) => judge(saving, same.get(saving.id), floorBroken));
  const repeated = judged.filter(isRepeated);
  const totals = totalsByClass(judged.filter((one) => !isRepeated(one)).map(lineOf));
  const notes = judged.flatMap(({ saving, classification }) =>
    (classification.notes ?? []).map((note) => `"${saving.title}": ${note}.`),
  );
  const open = judged.find(({ classification }) => classification.cls === 'not-evidenced');
  const isAllShown = judged.every(({ classification }) => classification.cls === 'efficiency');
  const paid = whoPays(judged);
  return {
    id: 'savings',
    question,
    answer: `Of ${countOf(judged.length, 'saving')}, ${listInWords([...classParts(totals), ...repeatedParts(repeated)])}.${paid.words}`,
    status: isAllShown && !paid.isPaid ? 'sound' : 'caution',
    figures: totals.map((total, i) =>
      figure(
        `total-${i + 1}`,
        `${sentence(classWords[total.cls])}${total.cash === null ? '' : `, ${total.cash}`}`,
        total.gross,
        'pounds',
        { note: countOf(total.claims, 'saving'), ofNobody: true },
      ),
    ),
    tables: [
      savingsTable(judged),
      payersTable(judged),
      totalsTable(totals),
      signalsTable(judged),
      rulesTable(judged),
    ],
    charts: [],
    caveats: [
      ...standingCaveats(study),
      ...notes,
      ...repeated.map(
        ({ saving, claim }) =>
          `"${saving.title}" (${saving.id}) is in no total: it is the same as ${claim.duplicate_of}.`,
      ),
      'Savings are as the charter declares them. What it leaves out is not known, and is never taken to be in order.',
    ],
    next: open
      ? [
          `Show "${open.saving.title}", or stop counting it: ${listInWords(open.classification.reasons)} ${open.classification.reasons.length === 1 ? 'is' : 'are'} not known.`,
        ]
      : [],
    provenance: provenanceOf(
      study,
      'HM Treasury, Government Efficiency Framework (24 November 2025) as a decision table, with product rules that name their basis',
      {
        recompute: judged.map(({ claim }) => ({ method: 'efficiency', input: { ...claim } })),
      },
    ),
  };
}

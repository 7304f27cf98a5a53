import { countOf, formatValue, listInWords, type Result, type Table } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import { provenanceOf } from '../study.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import type { Claim } from './claim.ts';
import { disagreements, type EvidenceLine, evidencedClaim, failedInWords } from './claim-evidence.ts';
import { type ClaimLine, type ClassTotal, totalsByClass } from './claim-totals.ts';
import { type Classification, classifyClaim } from './classify-claim.ts';
import { measuredTables, rulesTable } from './evidence-tables.ts';
import { type FalseEconomySignal, falseEconomySignals } from './false-economy.ts';
import {
  type MeasuredHere,
  type MeasuredPounds,
  type MeasuredSaving,
  measuredSaving,
} from './measured-effects.ts';
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
  /** What each effect rests on: the charter, or what is measured here. */
  readonly lines: readonly EvidenceLine[];
  readonly isFloorMeasured: boolean;
  /** Pounds paid wrongly more than in the year before; null where that is not measured, or may be chance. */
  readonly wrongly: MeasuredPounds | null;
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

function judge(
  saving: Saving,
  same: Saving | undefined,
  floorBroken: boolean | null,
  measured: MeasuredSaving | null,
): JudgedSaving {
  const declared = saving.claim.duplicate_of;
  const gross = grossOf(saving);
  const evidenced = evidencedClaim(saving, gross, measured);
  const wrongly = measured?.payments?.wrongly ?? null;
  const claim = {
    ...evidenced.claim,
    saving_gbp: gross,
    floor_broken: saving.claim.floor_broken ?? floorBroken,
    ...(same && !isStated(declared) ? { duplicate_of: same.id } : {}),
  };
  return {
    saving,
    claim,
    classification: classifyClaim(claim),
    signals: falseEconomySignals(claim, saving.around ?? {}),
    lines: evidenced.lines,
    isFloorMeasured: typeof saving.claim.floor_broken !== 'boolean' && floorBroken !== null,
    wrongly: wrongly && wrongly.low > 0 ? wrongly : null,
  };
}

/** Whether it counts the pounds of another, which nothing may add again. */
const isRepeated = ({ classification }: JudgedSaving) => classification.reasons.includes('G3');

const classInWords = (judged: JudgedSaving) =>
  isRepeated(judged)
    ? `cannot be counted: same as ${judged.claim.duplicate_of}`
    : classWords[judged.classification.cls];

/** Pounds net of the cost to achieve, and of what is paid wrongly more; null where a part is not known. */
function netOf({ saving, wrongly }: JudgedSaving): {
  readonly net: number | null;
  readonly after: number | null;
} {
  const gross = grossOf(saving);
  const cost = saving.cost_to_achieve_gbp ?? null;
  const net = gross === null || cost === null ? null : gross - cost;
  return { net, after: net === null || wrongly === null ? null : net - wrongly.value };
}

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
      { key: 'wrongly', title: 'Paid wrongly more, measured here', type: 'pounds' },
      { key: 'after', title: 'Net, less what is paid wrongly', type: 'pounds' },
      { key: 'recurrent', title: 'Every year', type: 'text' },
      { key: 'class', title: 'What it is', type: 'text' },
      { key: 'reasons', title: 'Decided by', type: 'text' },
      { key: 'cash', title: 'Cash', type: 'text' },
      { key: 'evidence', title: 'Evidence', type: 'text' },
      { key: 'ledger', title: 'Budget line', type: 'text' },
      { key: 'owner', title: 'Owner', type: 'text' },
    ],
    rows: judged.map((one) => {
      const { saving, classification, wrongly } = one;
      return {
        saving: saving.title,
        lever: saving.lever ?? null,
        plan: saving.plan_gbp ?? null,
        delivered: saving.delivered_gbp ?? null,
        forecast: saving.forecast_gbp ?? null,
        gross: grossOf(saving),
        cost: saving.cost_to_achieve_gbp ?? null,
        ...netOf(one),
        wrongly: wrongly?.value ?? null,
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

function totalsTable(totals: readonly ClassTotal[], isWrongly: boolean): Table {
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
    notes: [
      'There is no grand total: what is shown and what is claimed are never added, nor cash and time.',
      ...(isWrongly
        ? ['What is paid wrongly more is not taken off here; the table of savings does so.']
        : []),
    ],
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

/** "Of 3 savings, 2 are …", or of one alone "The one saving named is …". */
function classedInWords(n: number, parts: readonly string[]): string {
  if (n === 1) return `The one saving named ${listInWords(parts).replace(/^1 /, '')}`;
  return `Of ${countOf(n, 'saving')}, ${listInWords(parts)}`;
}

/** "1 cannot be counted, as another counts it": its pounds are in no total. */
function repeatedParts(repeated: readonly JudgedSaving[]): readonly string[] {
  return repeated.length === 0 ? [] : [`${repeated.length} cannot be counted: another counts the same`];
}

/** Savings of which nothing measured here speaks, though the charter leaves out what came of them. */
function unmatchedCaveat(judged: readonly JudgedSaving[]): readonly string[] {
  const open = judged.filter(
    ({ lines }) =>
      lines.every(({ measured }) => measured === null) &&
      lines.some(({ what, uses }) => (what === 'output' || what === 'outcome') && uses === 'not known'),
  );
  return open.length === 0
    ? []
    : [
        `Nothing measured here is taken for ${listInWords(open.map(({ saving }) => `"${saving.title}"`))}: the charter names no day from which it counts (\`from\`), or the periods compared do not lie before and after that day.`,
      ];
}

/** Why a saving fails by what is measured here, and what is left of it, in sentences of their own. */
function measuredWords(one: JudgedSaving): string {
  const { saving, classification, lines } = one;
  const failed = classification.cls === 'not-evidenced' ? '' : failedInWords(classification.reasons, lines);
  const { net, after } = netOf(one);
  const left =
    after === null
      ? ''
      : ` Net of the cost to achieve it, it comes to ${formatValue(net, 'pounds')}; less what is paid wrongly, to ${formatValue(after, 'pounds')} (${formatValue(one.wrongly?.value ?? null, 'pounds')} more than the year before, over- and underpayment together).`;
  return `${failed === '' ? '' : ` "${saving.title}" is ${classWords[classification.cls]}, by what is measured here: ${failed}.`}${left}`;
}

const netFigures = (judged: readonly JudgedSaving[], period: string | null) =>
  judged.flatMap((one) => {
    const { net, after } = netOf(one);
    const { wrongly, saving } = one;
    return net === null || after === null || wrongly === null
      ? []
      : [
          figure(`net-${saving.id}`, `"${saving.title}", net of what is paid wrongly`, after, 'pounds', {
            interval: {
              low: net - wrongly.high,
              high: net - wrongly.low,
              level: 0.95,
              method: 'the saving as declared, less a ratio estimate from a random audit sample',
              meaning:
                'If other cases had been drawn for audit, 95 of 100 such ranges would hold the true value.',
            },
            period,
            note: `${formatValue(net, 'pounds')} before; ${formatValue(wrongly.value, 'pounds')} more paid wrongly`,
          }),
        ];
  });

/**
 * Each saving of the charter, classified; null where the charter names none. What the charter leaves out of its
 * effects is taken from what is measured over its period, and each part says which it is.
 */
export function savingsResult(here: MeasuredHere, floorBroken: boolean | null): Result | null {
  const { study } = here;
  const savings = study.plan.charter.savings ?? [];
  if (savings.length === 0) return null;
  const same = savingsRepeated(savings);
  const judged = savings.map((saving) =>
    judge(saving, same.get(saving.id), floorBroken, measuredSaving(here, saving, savings)),
  );
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
    answer: `${classedInWords(judged.length, [...classParts(totals), ...repeatedParts(repeated)])}.${judged.map(measuredWords).join('')}${paid.words}`,
    status: isAllShown && !paid.isPaid ? 'sound' : 'caution',
    figures: [
      ...totals.map((total, i) =>
        figure(
          `total-${i + 1}`,
          `${sentence(classWords[total.cls])}${total.cash === null ? '' : `, ${total.cash}`}`,
          total.gross,
          'pounds',
          { note: countOf(total.claims, 'saving'), ofNobody: true },
        ),
      ),
      ...netFigures(judged, study.headline?.comparison.laterLabel ?? null),
    ],
    tables: [
      savingsTable(judged),
      ...measuredTables(judged),
      payersTable(judged),
      totalsTable(
        totals,
        judged.some(({ wrongly }) => wrongly !== null),
      ),
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
      ...judged.flatMap(({ saving, lines }) => disagreements(saving, lines)),
      'Savings are as the charter declares them. Of what it leaves out, output, outcome, inputs and what is paid wrongly are taken from what is measured over the period of the saving; the rest is not known, and is never taken to be in order.',
      ...unmatchedCaveat(judged),
    ],
    next: [
      ...judged
        .filter(
          ({ classification, lines }) =>
            failedInWords(classification.reasons, lines) !== '' && classification.cls !== 'not-evidenced',
        )
        .map(
          ({ saving, classification }) =>
            `Stop counting "${saving.title}" as an efficiency until what fell is back: ${listInWords(classification.reasons)} ${classification.reasons.length === 1 ? 'fails' : 'fail'}.`,
        ),
      ...(open
        ? [
            `Show "${open.saving.title}", or stop counting it: ${listInWords(open.classification.reasons)} ${open.classification.reasons.length === 1 ? 'is' : 'are'} not known.`,
          ]
        : []),
    ],
    provenance: provenanceOf(
      study,
      'HM Treasury, Government Efficiency Framework (24 November 2025) as a decision table, with product rules that name their basis',
      {
        recompute: judged.map(({ claim }) => ({ method: 'efficiency', input: { ...claim } })),
      },
    ),
  };
}

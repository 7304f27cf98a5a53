import { formatValue, listInWords } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import type { Claim, Effect } from './claim.ts';
import { defaultMargin } from './effects.ts';
import type { MeasuredEffect, MeasuredSaving } from './measured-effects.ts';

/** What one field of a claim rests on. */
export interface EvidenceLine {
  readonly what: 'output' | 'outcome' | 'input' | 'cost moved';
  /** What the rules look at: the charter's figure, or the one measured here. */
  readonly uses: 'stated in the charter' | 'measured here' | 'not known';
  readonly stated: string | null;
  readonly measured: MeasuredEffect | null;
  /** True where the charter and the workspace tell of different things. */
  readonly disagrees: boolean;
}

/** A claim with what the workspace measures in place of what its charter leaves out, and where each part is from. */
export interface EvidencedClaim {
  readonly claim: Claim;
  readonly lines: readonly EvidenceLine[];
}

const growth = (share: number) => formatValue(share, 'growth');

const boundsOf = ([estimate, low, high]: Effect) => ({ low: low ?? estimate, high: high ?? estimate });

function statedInWords(effect: Effect): string {
  const [estimate, low, high] = effect;
  return low === null || high === null
    ? `${growth(estimate)} (exact)`
    : `${growth(estimate)} (${growth(low)} to ${growth(high)})`;
}

/** Which side a measured effect lies on, where it is apart from the stated one by more than a hundredth (product rule). */
function apart(stated: Effect, measured: Effect): 'lower' | 'higher' | null {
  const [a, b] = [boundsOf(stated), boundsOf(measured)];
  if (a.low - b.high > defaultMargin) return 'lower';
  return b.low - a.high > defaultMargin ? 'higher' : null;
}

/** One effect: measured where the charter leaves it out, or where it is measured to be worse than stated. */
function effectLine(
  what: 'output' | 'outcome' | 'input',
  stated: Effect | null | undefined,
  measured: MeasuredEffect | null,
): { readonly effect: Effect | null; readonly line: EvidenceLine } {
  const side = stated && measured?.effect ? apart(stated, measured.effect) : null;
  const isWorse = side === (what === 'input' ? 'higher' : 'lower');
  const effect = stated && !isWorse ? stated : (measured?.effect ?? null);
  return {
    effect,
    line: {
      what,
      uses: stated && !isWorse ? 'stated in the charter' : effect ? 'measured here' : 'not known',
      stated: stated ? statedInWords(stated) : null,
      measured,
      disagrees: side !== null,
    },
  };
}

/** What is overpaid more, where it is more than what is saved, counts as moved to those who fund the payments. */
function movedLine({ claim }: Saving, gross: number | null, payments: MeasuredSaving['payments']) {
  const stated = claim.shifted_public_gbp ?? null;
  const overpaid = payments && payments.overpaid.low > 0 ? payments.overpaid : null;
  const outweighs = overpaid !== null && gross !== null && overpaid.low > gross;
  const isMeasured = outweighs && (stated === null || overpaid.low > stated);
  const pounds = (amount: number) => formatValue(amount, 'pounds');
  const line: EvidenceLine = {
    what: 'cost moved',
    uses: isMeasured ? 'measured here' : stated === null ? 'not known' : 'stated in the charter',
    stated: stated === null ? null : pounds(stated),
    measured: overpaid && {
      effect: null,
      words: `${pounds(overpaid.value)} more overpaid in the year (95% interval ${pounds(overpaid.low)} to ${pounds(overpaid.high)}), borne by those who fund the payments`,
      from: 'measure/cost-generated',
    },
    disagrees: overpaid !== null && stated !== null && overpaid.low > stated,
  };
  return { shifted: isMeasured ? Math.round(overpaid.value) : stated, line };
}

/**
 * A claim as the rules look at it. Effects that the charter leaves out are those measured over its period; what it
 * states stands, unless the workspace measures worse than that beyond both ranges (product rule: who claims a saving
 * cannot show it against the data). Overpayment enters as cost moved to others only where even its lower bound is
 * more than the saving, as what else was moved is not known.
 */
export function evidencedClaim(
  saving: Saving,
  gross: number | null,
  measured: MeasuredSaving | null,
): EvidencedClaim {
  const { claim } = saving;
  const [output, outcome, input] = (['output', 'outcome', 'input'] as const).map((what) =>
    effectLine(what, claim[what], measured?.[what] ?? null),
  );
  const moved = movedLine(saving, gross, measured?.payments ?? null);
  const put = (name: 'output' | 'outcome' | 'input', effect: Effect | null | undefined) =>
    effect ? { [name]: effect } : {};
  return {
    claim: {
      ...claim,
      ...put('output', output?.effect),
      ...put('outcome', outcome?.effect),
      ...put('input', input?.effect),
      ...(moved.shifted === null ? {} : { shifted_public_gbp: moved.shifted }),
    },
    lines: [output, outcome, input].flatMap((one) => (one ? [one.line] : [])).concat(moved.line),
  };
}

/** Which fields a rule of the table looks at, of those that may be measured here. */
const fieldsOf: Readonly<Record<string, readonly EvidenceLine['what'][]>> = {
  G5: ['output', 'outcome'],
  G6: ['input', 'output', 'outcome'],
  G8: ['cost moved'],
  G9: ['outcome'],
};

const lineOf = (lines: readonly EvidenceLine[], what: EvidenceLine['what']) =>
  lines.find((line) => line.what === what);

/** Whether a rule looked at something measured here. */
function isMeasuredRule(rule: string, lines: readonly EvidenceLine[]): boolean {
  return (fieldsOf[rule] ?? []).some((what) => lineOf(lines, what)?.uses === 'measured here');
}

/** "output: measured here; outcome: not known": where what a rule looked at is from. */
export function whereFrom(rule: string, lines: readonly EvidenceLine[]): string {
  return (fieldsOf[rule] ?? [])
    .map((what) => `${what}: ${lineOf(lines, what)?.uses ?? 'not known'}`)
    .join('; ');
}

/** What failed, in words, where what is measured here decided it: "the outcome falls (G9)". */
export function failedInWords(reasons: readonly string[], lines: readonly EvidenceLine[]): string {
  const measured = (what: EvidenceLine['what']) => lineOf(lines, what)?.measured?.words ?? '';
  const said: Readonly<Record<string, string>> = {
    G5: `output and outcome fall (G5: ${measured('output')})`,
    G6: 'no less is spent, and no more is achieved (G6)',
    G8: `more is lost than is saved (G8: ${measured('cost moved')})`,
    G9: `the outcome falls (G9: ${measured('outcome')})`,
  };
  return listInWords(
    // The outcome first: it is what the service is for.
    [...reasons]
      .filter((rule) => said[rule] !== undefined && isMeasuredRule(rule, lines))
      .sort((a, b) => (a === 'G9' ? -1 : b === 'G9' ? 1 : 0))
      .map((rule) => said[rule] ?? ''),
  );
}

/** Where the charter and what is measured here tell of different things, in a sentence each. */
export function disagreements({ title }: Saving, lines: readonly EvidenceLine[]): readonly string[] {
  return lines.flatMap(({ what, stated, measured, uses, disagrees }) =>
    disagrees
      ? [
          `Of "${title}" the charter and the data disagree: ${what} ${stated} by the charter; measured here: ${measured?.words}. ${uses === 'measured here' ? 'What is measured counts, as it is worse.' : 'What the charter states claims less, and counts.'}`,
        ]
      : [],
  );
}

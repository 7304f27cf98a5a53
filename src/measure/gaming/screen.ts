import { formatValue } from '../../core/index.ts';
import { adjustForDiscoveries } from '../../stats/index.ts';

/** The false discovery rate to which screens are held. */
const screenLevel = 0.05;

/** The screens, after Bevan and Hood (2006) and others; the estimators of T6 to T9, T11 and T12 are ours. */
export const screenNames = {
  T1: 'density at the threshold',
  T2: 'counts each side of the threshold',
  T3: 'bunching at the target',
  T4: 'heaping on digits',
  T5: 'first digits',
  T6: 'ratchet',
  T7: 'period end',
  T8: 'cream-skimming',
  T9: 'coding drift',
  T10: 'official against independent',
  T11: 'measured against unmeasured',
  T12: 'target and denominator',
} as const;

/** The number of a screen. */
export type ScreenId = keyof typeof screenNames;

/** What a pattern could mean, what else it could mean, and what would tell. Never a verdict on anyone. */
export interface PatternWords {
  readonly pattern: string;
  readonly also: readonly string[];
  readonly tellApart: string;
}

/** A screen that could not be run on these data. */
export interface NotTestable {
  readonly test: ScreenId;
  readonly isTestable: false;
  readonly statement: string;
}

/** A screen that was run. */
export interface Tested {
  readonly test: ScreenId;
  readonly isTestable: true;
  readonly n: number;
  /** How often chance alone would give as much. */
  readonly p: number;
  /** Whether the data lean the way the pattern would. */
  readonly leans: boolean;
  readonly words: PatternWords;
  readonly statement: string;
}

/** "Not testable, because ...". */
export function notTestable(test: ScreenId, because: string): NotTestable {
  return { test, isTestable: false, statement: `Not testable, because ${because}.` };
}

/** The required wording: "Pattern consistent with X. Also consistent with: ... To tell them apart: ...". */
function patternStatement({ pattern, also, tellApart }: PatternWords): string {
  return `Pattern consistent with ${pattern}. Also consistent with: ${also.join(' / ')}. To tell them apart: ${tellApart}.`;
}

/** What a screen says at a p-value, its own or one adjusted for its family. */
function statementAt(screen: Pick<Tested, 'leans' | 'words'>, p: number): string {
  if (screen.leans && p <= screenLevel) return patternStatement(screen.words);
  const chance = p < 0.001 ? 'fewer than 1 in 1,000' : `${formatValue(p, 'share')}`;
  return screen.leans
    ? `No pattern told apart from chance, which would give as much in ${chance} of cases. That does not show that there is none.`
    : 'No pattern: the data lean the other way, or not at all. That does not show that there is none.';
}

/** Completes a screen with what it says taken alone. */
export function tested<Detail>(
  parts: Pick<Tested, 'test' | 'n' | 'p' | 'leans' | 'words'> & Detail,
): Tested & Detail {
  return { ...parts, isTestable: true, statement: statementAt(parts, parts.p) };
}

/** A screen within its family: its p-value adjusted, and what it says by that. */
export interface Screened {
  readonly screen: Tested | NotTestable;
  /** Null where not testable. */
  readonly adjusted: number | null;
  readonly isPattern: boolean;
  readonly statement: string;
}

/**
 * Screens that were run together, over units and tests, held to a false discovery rate of 5%: Benjamini and
 * Hochberg, or Benjamini and Yekutieli where they rest on the same cases.
 */
export function screenFamily(
  screens: readonly (Tested | NotTestable)[],
  dependence: 'independent' | 'dependent',
): readonly Screened[] {
  const run = screens.filter((screen) => screen.isTestable);
  const adjusted = adjustForDiscoveries(
    run.map(({ p }) => p),
    dependence,
  );
  return screens.map((screen) => {
    if (!screen.isTestable) return { screen, adjusted: null, isPattern: false, statement: screen.statement };
    const p = adjusted[run.indexOf(screen)] ?? 1;
    return {
      screen,
      adjusted: p,
      isPattern: screen.leans && p <= screenLevel,
      statement: statementAt(screen, p),
    };
  });
}

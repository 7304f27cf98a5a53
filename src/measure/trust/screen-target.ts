import type { Charter } from '../../define/index.ts';
import { countCheck } from '../collect-checks.ts';
import { type NotTestable, notTestable, type Tested } from '../gaming/screen.ts';
import { type TargetAndDenominator, targetAndDenominator } from '../gaming/target-and-denominator.ts';
import { type ThresholdDensity, thresholdDensity } from '../gaming/threshold-density.ts';
import { type ThresholdWindow, thresholdWindow } from '../gaming/threshold-window.ts';
import type { Study } from '../study.ts';
import { type UnitScreen, unitShares } from './unit-shares.ts';

type Target = NonNullable<Charter['targets']>[number];

/** The screens of one target. */
export interface ScreenedTarget {
  readonly target: Target;
  readonly units: UnitScreen | null;
  readonly density: ThresholdDensity | NotTestable | null;
  readonly window: ThresholdWindow | NotTestable | null;
  readonly denominator: TargetAndDenominator | NotTestable | null;
}

/** "95%", "98.5%". */
export function levelInWords(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/** Whether the cases that a target leaves out grow; only for one that leaves any out. */
async function screenDenominator(study: Study, target: Target) {
  const { facts, plan, workspace } = study;
  const { share, of, id, title } = target;
  if (!facts || share === undefined || of === undefined) return null;
  const outputs = plan.measures.find(({ measure }) => measure.id === target.compare_with)?.outputs;
  const counted = await countCheck(
    workspace,
    plan,
    facts,
    { id, title, share, of },
    outputs ?? plan.outputs.map((_, o) => o),
    study.queries,
  );
  const complete = new Set(study.complete);
  return targetAndDenominator(
    counted
      .filter(({ period }) => complete.has(period))
      .map(({ period, all, covered, unknown }) => ({
        period,
        targets: [target.at_least],
        arrivals: all,
        counted: covered + unknown,
      })),
  );
}

/** Runs the screens that the charter and the data allow for a target, at the level at which it applies. */
export async function screenTarget(study: Study, target: Target): Promise<ScreenedTarget> {
  const units = await unitShares(study, target);
  const denominator = await screenDenominator(study, target);
  if (!units) return { target, units, density: null, window: null, denominator };
  const { shares, window, bandwidth } = units;
  if (shares.length === 0) {
    const why = `the data hold no shares of ${units.title} in whole periods`;
    return { target, units, density: null, window: notTestable('T2', why), denominator };
  }
  const side = `above ${levelInWords(target.at_least)}`;
  const values = shares.map(({ share }) => share);
  return {
    target,
    units,
    density: thresholdDensity({
      shares: values,
      cases: shares.map(({ n }) => n),
      cut: target.at_least,
      bandwidth,
      bin: window,
      side,
    }),
    window: thresholdWindow({
      shares: values,
      units: shares.map(({ unit }) => unit),
      cut: target.at_least,
      width: window,
      side,
    }),
    denominator,
  };
}

/** The screens of a target that the charter and the data allow, in order. */
export function screensOf({
  density,
  window,
  denominator,
}: ScreenedTarget): readonly (Tested | NotTestable)[] {
  return [density, window, denominator].filter((screen) => screen !== null);
}

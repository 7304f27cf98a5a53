import type { Result } from '../core/index.ts';
import { heedUnknownSteps } from '../define/index.ts';
import { interruptible } from '../stores/index.ts';
import { afterChangesResult } from './after-changes/after-changes.ts';
import { contributionsResult } from './contributions.ts';
import { effectivenessResult } from './effectiveness.ts';
import { isFloorBroken } from './efficiency/floor-state.ts';
import { savingsResult } from './efficiency/savings.ts';
import { valueResult } from './efficiency/value.ts';
import { floorsResult } from './floors.ts';
import { inputsResult } from './inputs.ts';
import { changeResult } from './lately.ts';
import { judgedMoves } from './moved.ts';
import { openLateShares } from './open-late/with-open.ts';
import { outputResult } from './output.ts';
import { collectPayments } from './payments/collect-payments.ts';
import { costResult } from './payments/cost-result.ts';
import { costYears } from './payments/cost-years.ts';
import { effortResult } from './payments/effort-result.ts';
import { productivityResult } from './productivity.ts';
import { qualityResult } from './quality.ts';
import { resolvedResult } from './resolved/resolved.ts';
import { studyResolved } from './resolved/study-teams.ts';
import { makeStudy } from './study.ts';
import { trustResult } from './trust/trust.ts';
import { unitsResult } from './units/units.ts';
import type { MeasureOptions, MeasureWorkspace } from './workspace.ts';

const fromCases = [
  ...['output', 'quality', 'productivity', 'contributions', 'change', 'after-changes'],
  ...['effectiveness', 'value', 'savings'],
];

/** The Results that rest on a section of the charter. */
const restingOn = {
  outputs: [...fromCases, 'units'],
  quality: [...fromCases, 'units'],
  units: ['units'],
  clocks: [...fromCases, 'floors', 'trust', 'units'],
  endings: [...fromCases, 'floors', 'trust', 'units'],
  floors: ['floors', 'value', 'savings'],
  targets: ['effectiveness', 'trust'],
};

/**
 * Every figure about outcomes, floors, output, quality, inputs and productivity that the workspace can give,
 * effectiveness first. What the data cannot tell says so, and what would tell. Same seed, same figures.
 * Throws `MEASURE_DUPLICATE_ROW` or `VOLUMES_INVALID`.
 */
export async function measure(opened: MeasureWorkspace, options: MeasureOptions = {}): Promise<Result[]> {
  const { loaded, sources, tables, facts } = opened;
  const { signal } = options;
  const warehouse = signal ? interruptible(opened.warehouse, signal) : opened.warehouse;
  const workspace: MeasureWorkspace = { loaded, sources, tables, warehouse, ...(facts ? { facts } : {}) };
  const study = await makeStudy(workspace, options);
  const openLate = await openLateShares(study);
  const effectiveness = await effectivenessResult(study, openLate);
  const floors = await floorsResult(study);
  const floorBroken = isFloorBroken(floors);
  const contacts = await studyResolved(study);
  const trust = await trustResult(study, contacts);
  const resolved = resolvedResult(study, contacts);
  const units = await unitsResult(study);
  const payments = await collectPayments(study);
  const cost = costResult(study, payments);
  const moved = judgedMoves(study);
  const savings = savingsResult({ study, moved, cost: costYears(study, payments) }, floorBroken);
  const effort = effortResult(study, payments);
  const afterChanges = await afterChangesResult(study);
  return heedUnknownSteps(
    study.facts,
    [
      effectiveness,
      ...(floors ? [floors] : []),
      ...(resolved ? [resolved] : []),
      ...(cost ? [cost] : []),
      ...(effort ? [effort] : []),
      ...(units ? [units] : []),
      outputResult(study),
      qualityResult(study, openLate),
      inputsResult(study),
      productivityResult(study),
      contributionsResult(study),
      changeResult(study, moved),
      ...(afterChanges ? [afterChanges] : []),
      valueResult(study, floorBroken, moved),
      ...(savings ? [savings] : []),
      trust,
    ],
    restingOn,
  );
}

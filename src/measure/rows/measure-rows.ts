import type { FigureRows } from '../../stores/index.ts';
import { makeStudy, type Study } from '../study.ts';
import type { MeasureOptions, MeasureWorkspace } from '../workspace.ts';
import { afterChangeRows, floorRows, measureFigureRows, nearTargetRows, targetRows } from './check-trails.ts';
import { resolvedRows } from './contact-trails.ts';
import { type GrowthPart, headlineRows, movedRows, otherComparisonRows } from './growth-trails.ts';
import { costRows, effortRows } from './payment-trails.ts';
import { unitRows } from './unit-trails.ts';

/** A figure as its Result states it. */
export interface NamedFigure {
  readonly id: string;
  readonly name: string;
}

type Planner = (study: Study, figure: NamedFigure) => FigureRows | Promise<FigureRows>;

const after = (text: string, prefix: string) => text.slice(prefix.length);
const headline =
  (...parts: readonly GrowthPart[]): Planner =>
  (study) =>
    headlineRows(study, parts);
const all: readonly GrowthPart[] = ['volume', 'quality', 'inputs'];

/** The planners of a Result's figures, by how a figure's id begins; the first that fits. */
const planners: Readonly<Record<string, readonly (readonly [prefix: string, planner: Planner])[]>> = {
  effectiveness: [
    ['measure-', (study, { id }) => measureFigureRows(study, after(id, 'measure-'))],
    ['target-', (study, { id }) => targetRows(study, after(id, 'target-'))],
  ],
  floors: [['floor-', (study, { id }) => floorRows(study, after(id, 'floor-'))]],
  trust: [
    ['trust-', (study, { id }) => targetRows(study, after(id, 'trust-'))],
    ['above-', (study, { id }) => nearTargetRows(study, after(id, 'above-'), 'above')],
    ['below-', (study, { id }) => nearTargetRows(study, after(id, 'below-'), 'below')],
  ],
  resolved: [['', (study, { id }) => resolvedRows(study, id)]],
  'cost-generated': [['', (study, { id }) => costRows(study, id)]],
  effort: [['', (study, { name }) => effortRows(study, name)]],
  units: [['', unitRows]],
  output: [
    ['volume-growth', headline('volume')],
    ['adjusted-growth', headline('volume', 'quality')],
  ],
  quality: [['quality-', headline('quality')]],
  inputs: [['input-growth', headline('inputs')]],
  productivity: [
    ['productivity-growth-unadjusted', headline('volume', 'inputs')],
    ['productivity-growth-last', (study, { name }) => otherComparisonRows(study, name)],
    ['productivity-growth-other', (study, { name }) => otherComparisonRows(study, name)],
    ['productivity-growth', headline(...all)],
    ['convention-share', headline('volume')],
    ['measured-productivity-growth', headline('volume', 'inputs')],
    ['weight-', headline(...all)],
  ],
  contributions: [
    ['total', headline(...all)],
    ['volume', headline('volume')],
    ['quality', headline('quality')],
    ['inputs', headline('inputs')],
  ],
  change: [['change-', (study, { name }) => movedRows(study, name)]],
  'after-changes': [['', (study, { id }) => afterChangeRows(study, id)]],
  value: [
    ['effectiveness', headline('quality')],
    ['efficiency', headline('volume', 'inputs')],
    ['economy', headline('inputs')],
  ],
  savings: [
    [
      'total-',
      () => ({ noRows: 'It adds up savings as the charter declares them; no row of the data is counted.' }),
    ],
  ],
};

/** Traces figures of what `measure` gives to their rows, over one study of the workspace. */
export type MeasureTracer = (result: string, figure: NamedFigure) => Promise<FigureRows | null>;

/**
 * Prepares the workspace once and gives what traces any figure of `measure` to the rows behind it and those left out;
 * null for a figure of no Result of `measure`. What it gives is plans: nothing is counted until they are read, and they
 * hold only while the workspace is open.
 */
export async function traceMeasure(
  workspace: MeasureWorkspace,
  options: MeasureOptions = {},
): Promise<MeasureTracer> {
  // Ranges are not asked for here, so that next to nothing need be resampled.
  const study = await makeStudy(workspace, { replicates: 2, ...options });
  return async (result, figure) => {
    const planner = planners[result]?.find(([prefix]) => figure.id.startsWith(prefix))?.[1];
    return planner ? planner(study, figure) : null;
  };
}

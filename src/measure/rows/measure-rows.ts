import type { TableCell } from '../../core/index.ts';
import type { FigureRows } from '../../stores/index.ts';
import { makeStudy, type Study } from '../study.ts';
import type { MeasureOptions, MeasureWorkspace } from '../workspace.ts';
import {
  afterChangeRows,
  floorRows,
  measureFigureRows,
  nearTargetRows,
  openLateRows,
  targetRows,
} from './check-trails.ts';
import { resolvedRows } from './contact-trails.ts';
import { type GrowthPart, headlineRows, movedRows, otherComparisonRows } from './growth-trails.ts';
import { measureCellRows } from './measure-cells.ts';
import { costRows, effortRows } from './payment-trails.ts';
import { unitRows } from './unit-trails.ts';

/** A figure as its Result states it. */
export interface NamedFigure {
  readonly id: string;
  readonly name: string;
}

type Planner = (study: Study, figure: NamedFigure) => FigureRows | Promise<FigureRows | null>;

const after = (text: string, prefix: string) => text.slice(prefix.length);
const headline =
  (...parts: readonly GrowthPart[]): Planner =>
  (study) =>
    headlineRows(study, parts);
const all: readonly GrowthPart[] = ['volume', 'quality', 'inputs'];

const called = (...ids: readonly string[]) => new RegExp(`^(${ids.join('|')})$`);

/** The planners of a Result's figures, and the figures that each knows; the first that fits. */
const planners: Readonly<Record<string, readonly (readonly [figures: RegExp, planner: Planner])[]>> = {
  effectiveness: [
    [/^measure-/, (study, { id }) => measureFigureRows(study, after(id, 'measure-'))],
    [/^open-late-/, (study, { id }) => openLateRows(study, after(id, 'open-late-'))],
    [/^target-/, (study, { id }) => targetRows(study, after(id, 'target-'))],
  ],
  floors: [[/^floor-/, (study, { id }) => floorRows(study, after(id, 'floor-'))]],
  trust: [
    [/^trust-/, (study, { id }) => targetRows(study, after(id, 'trust-'))],
    [/^somebody-/, (study) => resolvedRows(study, 'need-answered')],
    [/^settled-/, (study) => resolvedRows(study, 'need-settled')],
    [/^above-/, (study, { id }) => nearTargetRows(study, after(id, 'above-'), 'above')],
    [/^below-/, (study, { id }) => nearTargetRows(study, after(id, 'below-'), 'below')],
  ],
  resolved: [
    [
      /^(wrong-way|handled-lead|need-resolved)$|^(resolved|repeat)-/,
      (study, { id }) => resolvedRows(study, id),
    ],
  ],
  'cost-generated': [
    [
      called('dearer', 'change', 'handling', '(overpaid|underpaid|generated)-(later|earlier)'),
      (study, { id }) => costRows(study, id),
    ],
  ],
  effort: [[/^(saved|best)-/, (study, { name }) => effortRows(study, name)]],
  units: [[/^(wrong-way|counted-lead|not-output|mix|keeps-place|health-lead)$|^adjusted-/, unitRows]],
  output: [
    [called('volume-growth'), headline('volume')],
    [called('adjusted-growth'), headline('volume', 'quality')],
    [/^with(out)?-group-/, headline('volume')],
  ],
  quality: [[called('quality-(growth|coverage|weight-draws|weight-shift)'), headline('quality')]],
  inputs: [[called('input-growth'), headline('inputs')]],
  productivity: [
    [called('productivity-growth', 'weight-draws', 'weight-shift'), headline(...all)],
    [called('productivity-growth-unadjusted', 'measured-productivity-growth'), headline('volume', 'inputs')],
    [called('convention-share'), headline('volume')],
    [called('labour-productivity-growth'), headline(...all)],
    [called('labour-productivity-growth-unadjusted'), headline('volume', 'inputs')],
    [/^with(out)?-group-/, headline(...all)],
    [/^productivity-growth-(last|other)-/, (study, { name }) => otherComparisonRows(study, name)],
  ],
  contributions: [
    [called('total'), headline(...all)],
    [called('volume'), headline('volume')],
    [called('quality'), headline('quality')],
    [called('inputs'), headline('inputs')],
  ],
  change: [[/^change-/, (study, { name }) => movedRows(study, name)]],
  'after-changes': [[/./, (study, { id }) => afterChangeRows(study, id)]],
  value: [
    [called('effectiveness'), headline('quality')],
    [called('efficiency'), headline('volume', 'inputs')],
    [called('economy'), headline('inputs')],
  ],
  savings: [
    [
      /^total-/,
      () => ({ noRows: 'It adds up savings as the charter declares them; no row of the data is counted.' }),
    ],
    [
      /^net-/,
      () => ({
        noRows:
          'It takes what is paid wrongly from a saving as the charter declares it; the cases behind the former stand with cost generated.',
      }),
    ],
  ],
};

/** Traces figures of what `measure` gives, and cells of its tables, to their rows, over one study of the workspace. */
export type MeasureTracer = (
  result: string,
  figure: NamedFigure,
  cell?: TableCell | null,
) => Promise<FigureRows | null>;

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
  return async (result, figure, cell) => {
    if (cell) return measureCellRows(study, result, cell);
    const planner = planners[result]?.find(([figures]) => figures.test(figure.id))?.[1];
    return planner ? planner(study, figure) : null;
  };
}

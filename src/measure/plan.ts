import type { Grain } from '../core/index.ts';
import type { Charter, LoadedCharter, Output, QualityMeasure } from '../define/index.ts';

/** A quality measure with its place in the list, and whether it averages a share or another number. */
export interface PlannedMeasure {
  readonly index: number;
  readonly measure: QualityMeasure;
  /** The outputs it speaks for, as places in the list of outputs. */
  readonly outputs: readonly number[];
}

/** What the charter asks to be measured, resolved. */
export interface MeasurePlan {
  readonly charter: Charter;
  readonly grain: Grain;
  /** How often cost weights are renewed: by period, or by this kind of year. */
  readonly weights: 'period' | 'year' | 'financial-year';
  /** The kind of year in which whole years are compared. */
  readonly year: 'year' | 'financial-year';
  /** Blocks of about four weeks, paired between years for the interval of a change. */
  readonly blockGrain: Grain;
  readonly outputs: readonly Output[];
  readonly measures: readonly PlannedMeasure[];
  /** Weight of each measure in the quality of each output: `[output][measure]`. */
  readonly qualityWeights: readonly (readonly number[])[];
}

function speaksFor(measure: QualityMeasure, outputs: readonly Output[]): readonly number[] {
  return outputs.flatMap((output, o) =>
    measure.outputs === 'all' || measure.outputs.includes(output.id) ? [o] : [],
  );
}

/** Resolves what the charter asks to be measured. Loading the charter has checked that quality weights add to 1. */
export function planMeasures(loaded: LoadedCharter): MeasurePlan {
  const { charter } = loaded;
  const { grain } = charter.reporting;
  const yearly = grain === 'year' || grain === 'financial-year';
  const weights = charter.reporting.weights ?? (yearly ? 'period' : 'financial-year');
  const year = weights === 'year' || grain === 'year' ? 'year' : 'financial-year';
  const measures = (charter.quality ?? []).map((measure, index) => ({
    index,
    measure,
    outputs: speaksFor(measure, charter.outputs),
  }));
  return {
    charter,
    grain,
    weights: yearly ? 'period' : weights,
    year,
    blockGrain: grain === 'day' || grain === 'week' ? 'week' : 'month',
    outputs: charter.outputs,
    measures,
    qualityWeights: charter.outputs.map((_, o) =>
      measures.map(({ measure, outputs }) => (outputs.includes(o) ? measure.weight : 0)),
    ),
  };
}

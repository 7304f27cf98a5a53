/** Growth of the part of output that is measured, where the rest is taken to be its inputs. */
interface MeasuredPart {
  readonly output: number;
  readonly input: number;
  readonly productivity: number;
}

/**
 * Where some output is taken to be that of its inputs (convention: productivity 0 by construction), the whole's
 * productivity is drawn towards zero. Taking the convention out of output and inputs alike, at its share of base
 * cost: X_measured = (X − s·X_conventional)/(1 − s). Growth as shares. Null where nothing is measured.
 */
export function measuredPart(given: {
  /** Share of base cost whose output is its inputs. */
  readonly share: number;
  /** Growth of all output and of all inputs. */
  readonly output: number;
  readonly input: number;
  /** Growth of the conventional output, and so of its inputs. */
  readonly conventional: number;
}): MeasuredPart | null {
  const { share, conventional } = given;
  if (share >= 1 - 1e-9) return null;
  const without = (growth: number) => (growth - share * conventional) / (1 - share);
  const [output, input] = [without(given.output), without(given.input)];
  if (!(1 + input > 0)) return null;
  return { output, input, productivity: (1 + output) / (1 + input) - 1 };
}

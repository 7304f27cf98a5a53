import { WellspentError } from '../../core/index.ts';

/** A square system with few non-zero entries beside the diagonal: `set(row, column, value)`, then `solve`. */
interface BandedSystem {
  readonly set: (row: number, column: number, value: number) => void;
  /** The solution for one right-hand side. Throws `BENCHMARK_NOT_POSSIBLE` where there is none or more than one. */
  readonly solve: (right: readonly number[]) => readonly number[];
}

/**
 * A banded system of n equations whose entries lie within `band` of the diagonal. Solved by Gaussian elimination
 * with partial pivoting (Golub and Van Loan, 2013, *Matrix Computations*, section 4.3.3), in work and memory
 * that grow with n times the square of the band.
 */
export function bandedSystem(n: number, band: number): BandedSystem {
  // Pivoting moves entries up to `band` further right; a row is kept from column row − band on.
  const width = 3 * band + 1;
  const entries = new Float64Array(n * width);
  const at = (row: number, column: number) => row * width + column - row + band;
  const get = (row: number, column: number) => entries[at(row, column)] ?? 0;
  return {
    set: (row, column, value) => {
      entries[at(row, column)] = value;
    },
    solve: (right) => {
      const x = Float64Array.from(right);
      for (let k = 0; k < n; k++) {
        const lastRow = Math.min(n - 1, k + band);
        const lastColumn = Math.min(n - 1, k + 2 * band);
        let pivot = k;
        for (let row = k + 1; row <= lastRow; row++)
          if (Math.abs(get(row, k)) > Math.abs(get(pivot, k))) pivot = row;
        if (!(Math.abs(get(pivot, k)) > 1e-290)) {
          throw new WellspentError(
            'BENCHMARK_NOT_POSSIBLE',
            'No series meets these benchmarks: the indicator is zero wherever a benchmark asks for a total.',
            { hint: 'Use denton-additive, or an indicator that is not zero throughout a benchmark.' },
          );
        }
        if (pivot !== k) {
          for (let column = k; column <= lastColumn; column++) {
            const held = get(k, column);
            entries[at(k, column)] = get(pivot, column);
            entries[at(pivot, column)] = held;
          }
          [x[k], x[pivot]] = [x[pivot] ?? 0, x[k] ?? 0];
        }
        for (let row = k + 1; row <= lastRow; row++) {
          const factor = get(row, k) / get(k, k);
          if (factor === 0) continue;
          for (let column = k; column <= lastColumn; column++)
            entries[at(row, column)] = get(row, column) - factor * get(k, column);
          x[row] = (x[row] ?? 0) - factor * (x[k] ?? 0);
        }
      }
      for (let k = n - 1; k >= 0; k--) {
        let sum = x[k] ?? 0;
        for (let column = k + 1; column <= Math.min(n - 1, k + 2 * band); column++)
          sum -= get(k, column) * (x[column] ?? 0);
        x[k] = sum / get(k, k);
      }
      return [...x];
    },
  };
}

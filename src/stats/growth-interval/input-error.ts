import { errorFactor } from './declared-error.ts';

/** One input of a growth of inputs: its share of earlier cost and its volume over the earlier volume. */
export interface InputShare {
  readonly weight: number;
  readonly ratio: number;
  /** The declared error of the ratio, as a relative standard error; inputs whose errors have one id err together. Null where none is declared. */
  readonly error: { readonly id: string; readonly relative: number } | null;
}

/**
 * ln of the growth of inputs as it may truly be over the growth as stated, replicate by replicate: each declared error
 * is drawn (log-normal), and Σ w·r·f is held against Σ w·r. Null where no input declares an error or nothing is used.
 */
export function inputErrorDraws(
  inputs: readonly InputShare[],
  seed: number,
  replicates: number,
): readonly number[] | null {
  const stated = inputs.reduce((sum, { weight, ratio }) => sum + weight * ratio, 0);
  if (!(stated > 0) || inputs.every(({ error }) => error === null)) return null;
  return Array.from({ length: replicates }, (_, replicate) => {
    const drawn = inputs.reduce((sum, { weight, ratio, error }) => {
      const factor = error
        ? errorFactor({ id: error.id, on: 'inputs', shape: { relative: error.relative } }, seed, replicate)
        : 1;
      return sum + weight * ratio * factor;
    }, 0);
    return Math.log(drawn / stated);
  });
}

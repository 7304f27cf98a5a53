import { nameKey, uniformPair } from '../core/index.ts';

/**
 * Uniforms in (0,1), one after the other, for a draw that needs an unknown number of them: a pure function of
 * seed, purpose and replication, so that what is drawn for one thing never shifts another.
 */
export function uniformStream(seed: number, purpose: string, replication = 0): () => number {
  const key = { seed, replication, visit: 0, purpose: nameKey(purpose), block: 0 };
  let item = 0;
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    item += 1;
    const [first, second] = uniformPair({ ...key, item });
    spare = second;
    return first;
  };
}

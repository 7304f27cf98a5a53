const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const TWO_53 = 2 ** 53;

/** Four 32-bit words. */
export type Words = readonly [number, number, number, number];

/** High 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle1 = aHigh * bLow + (low >>> 16);
  const middle2 = aLow * bHigh + (middle1 & 0xffff);
  return (aHigh * bHigh + Math.floor(middle1 / 65536) + Math.floor(middle2 / 65536)) >>> 0;
}

/** Philox4x32-10: a counter and a key give four words (Salmon and others, 2011, *Parallel random numbers: as easy as 1, 2, 3*). */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A 32-bit FNV-1a hash of a name, so that draws can be keyed by what they are for. */
export function nameKey(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

function uniform(high: number, low: number): number {
  return (high * 2 ** 21 + Math.floor(low / 2 ** 11) + 0.5) / TWO_53;
}

/** What a draw is for. Two draws with the same key are equal; nothing consumes a shared stream. */
export interface DrawKey {
  readonly seed: number;
  readonly replication: number;
  readonly item: number;
  readonly visit: number;
  readonly purpose: number;
  readonly block: number;
}

/** Two uniforms in (0,1) with 53 bits each, a pure function of the key. */
export function uniformPair(key: DrawKey): readonly [number, number] {
  const words = philox(
    [key.item >>> 0, key.visit >>> 0, key.purpose >>> 0, key.block >>> 0],
    [key.seed >>> 0, key.replication >>> 0],
  );
  return [uniform(words[0], words[1]), uniform(words[2], words[3])];
}

/**
 * Draws for one purpose: `draw(item, visit)` is a uniform in (0,1) keyed by seed, purpose, item and visit.
 * The order in which draws are taken changes nothing.
 */
export function drawsFor(
  seed: number,
  purpose: string,
  replication = 0,
): (item: number, visit?: number) => number {
  const purposeKey = nameKey(purpose);
  return (item, visit = 0) =>
    uniformPair({ seed, replication, item, visit, purpose: purposeKey, block: 0 })[0];
}

/** A Poisson(1) count by inversion of a uniform: the bootstrap weight of one cluster. */
export function poissonOne(u: number): number {
  let probability = Math.exp(-1);
  let cumulative = probability;
  let k = 0;
  while (u > cumulative && k < 20) {
    k += 1;
    probability /= k;
    cumulative += probability;
  }
  return k;
}

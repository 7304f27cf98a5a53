import { handBack } from '../../stores/index.ts';

/** Bits of a double that hold whole numbers exactly, and bits of a character of ASCII. */
const wholeBits = 53;
const characterBits = 7;
const beyond = 127;

/**
 * The beginning of a text as a number that is in the same order: as many characters as are stated, 0 for each that is
 * missing. What follows the first that is beyond ASCII does not count.
 */
function beginning(text: string, characters: number): number {
  let key = 0;
  let isPlain = true;
  for (let i = 0; i < characters; i++) {
    const code = isPlain && i < text.length ? text.charCodeAt(i) : 0;
    if (code >= beyond) isPlain = false;
    key = key * 2 ** characterBits + Math.min(code, beyond);
  }
  return key;
}

/** Beginnings of texts, each with the place of its text behind it. */
function keysOf(words: readonly string[], places: number): Float64Array {
  const keys = new Float64Array(words.length);
  const characters = Math.floor((wholeBits - Math.log2(places)) / characterBits);
  for (let i = 0, end = keys.length; i < end; i++)
    keys[i] = beginning(words[i] as string, characters) * places + i;
  return keys;
}

/** The places behind keys. */
function placesIn(keys: Float64Array, places: number): Int32Array {
  const order = new Int32Array(keys.length);
  for (let i = 0, end = order.length; i < end; i++) order[i] = (keys[i] as number) % places;
  return order;
}

/** Puts texts that begin alike in order. */
function sortAlike(order: Int32Array, words: readonly string[]): void {
  order.sort((a, b) => {
    const [one, other] = [words[a] as string, words[b] as string];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

/** The places of texts in order of the texts, as `<` compares them; those of equal texts as they stand. */
export function textOrder(words: readonly string[]): Int32Array {
  // A power of two, so that beginnings and places do not touch.
  const places = 2 ** Math.ceil(Math.log2(Math.max(2, words.length)));
  // Numbers are sorted many times faster than texts; few texts begin alike, unless all do.
  const keys = keysOf(words, places).sort();
  const order = placesIn(keys, places);
  for (let from = 0; from < order.length; ) {
    const begins = Math.floor((keys[from] as number) / places);
    let to = from + 1;
    while (to < order.length && Math.floor((keys[to] as number) / places) === begins) to += 1;
    if (to - from > 1) sortAlike(order.subarray(from, to), words);
    from = to;
  }
  handBack(keys);
  return order;
}

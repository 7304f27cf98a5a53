/** Places in a list by the code of a text, with room for more; the room they had is given back at once. */
export function withPlaces(places: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= places.length) return places;
  return new Int32Array(places.buffer.transfer(Int32Array.BYTES_PER_ELEMENT * Math.max(256, 2 * size)));
}

/**
 * Puts what the code of each row stands for, and gives the least of all. The loop has nothing behind it, so that it is
 * compiled once.
 */
export function putPlaces(codes: Int32Array, places: Int32Array, out: Int32Array): number {
  let least = 0;
  for (let i = 0, end = codes.length; i < end; i++) {
    const place = places[codes[i] as number] as number;
    out[i] = place;
    if (place < least) least = place;
  }
  return least;
}

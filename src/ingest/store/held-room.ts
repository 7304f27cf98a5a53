import { handBack } from '../../stores/index.ts';

/** Up to here memory is found among what was used before, so that all of it counts; more comes from the system. */
const smallRoom = 65_536;

/** How many places to make room for, where some are needed: large room that nothing was put into yet costs nothing. */
const roomFor = (places: number, before: number): number =>
  Math.max(places, Math.ceil((before < smallRoom ? 1.25 : 2) * before), 1_024);

/** Codes with room for more; the room they had is given back. */
export function moreCodes(codes: Int32Array<ArrayBuffer>, places: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(roomFor(places, codes.length));
  out.set(codes);
  handBack(codes);
  return out;
}

/** The same for codes of two bytes. */
export function moreNarrow(codes: Int16Array<ArrayBuffer>, places: number): Int16Array<ArrayBuffer> {
  const out = new Int16Array(roomFor(places, codes.length));
  out.set(codes);
  handBack(codes);
  return out;
}

/** The same for numbers. */
export function moreNumbers(numbers: Float64Array<ArrayBuffer>, places: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(roomFor(places, numbers.length));
  out.set(numbers);
  handBack(numbers);
  return out;
}

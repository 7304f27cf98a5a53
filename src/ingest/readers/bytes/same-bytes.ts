/**
 * True where two places hold the same bytes. Four are compared at a time, from the end: what differs in a log, such
 * as numbers and times, mostly differs there.
 */
export function sameBytes(a: DataView, inA: number, b: DataView, inB: number, size: number): boolean {
  if (size < 4) {
    for (let i = 0; i < size; i++) if (a.getUint8(inA + i) !== b.getUint8(inB + i)) return false;
    return true;
  }
  for (let i = size - 4; i > 0; i -= 4)
    if (a.getInt32(inA + i, true) !== b.getInt32(inB + i, true)) return false;
  return a.getInt32(inA, true) === b.getInt32(inB, true);
}

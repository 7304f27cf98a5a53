/**
 * The share of each piece's time that was its own (pix-framework's multitasking adjustment): of a stretch during
 * which k pieces of one worker were open, each gets one k-th. The adjusted durations add up to the time the worker was
 * busy. For hours and costs only: waits keep to the clock.
 */
export function adjustedDurations(
  started: Float64Array | readonly number[],
  finished: Float64Array | readonly number[],
): Float64Array {
  const size = started.length;
  // Every start and finish, as a row's number and, for finishes, its complement.
  const points = Int32Array.from({ length: 2 * size }, (_, i) => (i < size ? i : ~(i - size)));
  const at = (point: number) => (point < 0 ? finished[~point] : started[point]) as number;
  points.sort((a, b) => at(a) - at(b));
  const shares = new Float64Array(size);
  let open = 0;
  let gone = 0;
  let before = 0;
  for (const point of points) {
    const now = at(point);
    // `gone` is what a piece that has been open from the start would have got so far.
    if (open > 0) gone += (now - before) / open;
    before = now;
    const row = point < 0 ? ~point : point;
    shares[row] = point < 0 ? gone - (shares[row] as number) : gone;
    open += point < 0 ? -1 : 1;
  }
  return shares;
}

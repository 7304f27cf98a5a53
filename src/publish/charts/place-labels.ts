/** A label with the height where it would like its middle to be. */
export interface Placed {
  readonly middle: number;
  readonly height: number;
}

/** Moves labels apart so that none overlap, in the order of their heights and inside the area if they fit there. */
export function spread(labels: readonly Placed[], top: number, bottom: number): readonly number[] {
  const order = labels.map((_, i) => i).sort((a, b) => (labels[a]?.middle ?? 0) - (labels[b]?.middle ?? 0));
  const middles = labels.map(({ middle }) => middle);
  const half = (i: number) => (labels[i]?.height ?? 0) / 2;
  let upper = top;
  for (const i of order) {
    middles[i] = Math.max(middles[i] ?? 0, upper + half(i));
    upper = (middles[i] ?? 0) + half(i);
  }
  let lower = bottom;
  for (const i of order.toReversed()) {
    middles[i] = Math.min(middles[i] ?? 0, lower - half(i));
    lower = (middles[i] ?? 0) - half(i);
  }
  return middles;
}

/** Puts spans into as few rows as the first free place gives, so that none overlap; returns the row of each. */
export function rowsOf(
  spans: readonly { readonly left: number; readonly right: number }[],
): readonly number[] {
  const rows: { readonly left: number; readonly right: number }[][] = [];
  return spans.map((span) => {
    const isFree = (row: (typeof rows)[number]) =>
      row.every(({ left, right }) => span.right < left || span.left > right);
    const at = rows.findIndex(isFree);
    if (at >= 0) rows[at]?.push(span);
    else rows.push([span]);
    return at >= 0 ? at : rows.length - 1;
  });
}

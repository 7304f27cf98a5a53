/**
 * The non-increasing sequence closest to the given values in weighted least squares, by pooling adjacent values
 * that rise (Ayer and others, 1955; Barlow and others, 1972). Weights are positive.
 */
export function nonIncreasing(values: readonly number[], weights: readonly number[]): readonly number[] {
  const blocks: { sum: number; weight: number; length: number }[] = [];
  values.forEach((value, i) => {
    const weight = weights[i] ?? 1;
    blocks.push({ sum: value * weight, weight, length: 1 });
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)];
      if (!before || !last || before.sum / before.weight >= last.sum / last.weight) break;
      blocks.splice(-2, 2, {
        sum: before.sum + last.sum,
        weight: before.weight + last.weight,
        length: before.length + last.length,
      });
    }
  });
  return blocks.flatMap(({ sum, weight, length }) => Array<number>(length).fill(sum / weight));
}

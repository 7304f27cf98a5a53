/**
 * Edit distance: insertions, deletions, substitutions and exchanges of neighbours, each counting one
 * (Damerau, 1964; Levenshtein, 1966; the optimal string alignment form).
 */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (previous[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (previous[j - 1] ?? 0) + change,
          isExchange ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

const separators = /[\s_-]+/g;

/** The known name nearest to what was written, or undefined when none is near enough to be meant. */
export function nearestName(written: string, known: Iterable<string>): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(separators, '');
  const target = plain(written).slice(0, 80);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(target, plain(name).slice(0, 80));
    if (!best || distance < best.distance) best = { name, distance };
  }
  const limit = Math.max(1, Math.floor(target.length / 3));
  return best && best.distance <= limit ? best.name : undefined;
}

/** `did you mean "x"?` when a known name is near, else the known names, at most twelve. */
export function didYouMean(written: string, known: readonly string[]): string {
  const nearest = nearestName(written, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  if (known.length === 0) return 'there are none yet';
  const more = known.length > 12 ? ` and ${known.length - 12} more` : '';
  return `known: ${known.slice(0, 12).join(', ')}${more}`;
}

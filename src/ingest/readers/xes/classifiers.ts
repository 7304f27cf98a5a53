/** A classifier as a log names it; `keys` is a list that blanks separate. */
export interface Classifier {
  readonly name: string;
  readonly keys: string;
}

/** No classifier names more: a list of a million keys would be held against every column. */
const longestKeys = 10_000;

/**
 * Splits a classifier's keys: quoted parts first, then the longest known key that matches, since keys
 * may hold blanks. Null where a part matches no known key.
 */
export function classifierKeys(text: string, declared: readonly string[]): readonly string[] | null {
  if (text.length > longestKeys) return null;
  const keys: string[] = [];
  const known = [...declared].sort((a, b) => b.length - a.length);
  let rest = text.trim();
  while (rest !== '') {
    const quoted = /^(['"])(.*?)\1\s*/.exec(rest);
    const key = quoted ? quoted[2] : known.find((name) => rest === name || rest.startsWith(`${name} `));
    if (key === undefined || (quoted && !known.includes(key))) return null;
    keys.push(key);
    rest = rest.slice(quoted ? quoted[0].length : key.length).trim();
  }
  return keys;
}

/** Names of classifiers that use keys which no event is declared to have nor has. */
export function unresolvedClassifiers(
  classifiers: readonly Classifier[],
  declared: readonly string[],
): readonly string[] {
  return classifiers.filter(({ keys }) => classifierKeys(keys, declared) === null).map(({ name }) => name);
}

/** A header as it is compared with field names: lower case, letters and digits only. */
export function comparable(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * The name an attribute gets in the tables, fit for the expression language: lower case, letters, digits and
 * underscores, starting with a letter, and not one that is taken.
 */
export function attributeName(header: string, taken: ReadonlySet<string>): string {
  const snake = header
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  const base = snake === '' ? 'attribute' : /^\p{L}/u.test(snake) ? snake : `n_${snake}`;
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
  return name;
}

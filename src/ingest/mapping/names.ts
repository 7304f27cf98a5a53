/** A header as it is compared with field names: lower case, letters and digits only. */
export function comparable(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

const people =
  '(?:(?:applicant|customer|client|claimant|citizen|patient|complainant|caller|contact|agent|partner|person|user|officer|employee|staff|worker|adviser)s?)';
const personal = new RegExp(
  [
    `^${people}?(first|fore|given|middle|last|sur|family|full|maiden)names?$`,
    `^${people}names?$`,
    `^${people}?(email|emailaddress|emailid|phone|phoneno|phonenumber|telephone|telephoneno|telephonenumber|tel|telno|mobile|mobileno|mobilenumber|homephone|workphone)$`,
    `^${people}?(home|postal|street|correspondence)?address(line)?[1-5]?$`,
  ].join('|'),
);

/** Characters of a middle value: what is shorter answers yes or no, or counts. */
const shortestName = 4;

/**
 * True for a column whose header says that it holds names, addresses, telephone numbers or emails of people, and whose
 * values are no mere answers or codes.
 */
export function namesPeople(header: string, cells: readonly string[]): boolean {
  if (!personal.test(comparable(header))) return false;
  const lengths = cells.map((cell) => cell.trim().length).filter((length) => length > 0);
  const middle = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)];
  return middle === undefined || middle >= shortestName;
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

import { stringify } from 'yaml';

/** Numbers to six decimals, so that a truth file reads well and does not change in the last digit. */
function six(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(6));
  if (Array.isArray(value)) return value.map(six);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      six(part),
    ]),
  );
}

/** The text of a truth.yaml: a heading as comments, then what was planted and what came out. */
export function truthText(heading: string, content: Readonly<Record<string, unknown>>): string {
  const comment = heading
    .trim()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
  return `${comment}\n${stringify(six(content))}`;
}

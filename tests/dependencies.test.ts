import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

interface Section {
  /** Names in the first column of the table below a heading; `name-*` stands for all that begin so. */
  readonly parts: readonly string[];
  /** Rows of that table with an empty cell. */
  readonly incomplete: readonly string[];
}

function sectionsOf(page: string): ReadonlyMap<string, Section> {
  return new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((text): [string, Section] => {
        const [title = '', ...lines] = text.split('\n');
        const rows = lines
          .filter((line) => line.startsWith('|') && line.includes('`'))
          .map((line) =>
            line
              .split('|')
              .slice(1, -1)
              .map((cell) => cell.trim()),
          );
        return [
          title,
          {
            parts: rows.flatMap(([first = '']) =>
              [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
            ),
            incomplete: rows.filter((row) => row.includes('')).map(([first = '']) => first),
          },
        ];
      }),
  );
}

/** What the page and the package disagree on, in both directions. */
function disagreements(parts: readonly string[], installed: readonly string[]): readonly string[] {
  const covers = (part: string, name: string) =>
    part.endsWith('*') ? name.startsWith(part.slice(0, -1)) : part === name;
  return [
    ...installed
      .filter((name) => !parts.some((part) => covers(part, name)))
      .map((name) => `${name} has no line`),
    ...parts.filter((part) => !installed.some((name) => covers(part, name))).map((part) => `${part} is gone`),
    ...parts.filter((part, i) => parts.indexOf(part) !== i).map((part) => `${part} stands twice`),
  ];
}

describe('docs/decisions/dependencies.md', () => {
  const sections = sectionsOf(read('docs/decisions/dependencies.md'));
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

  it.each([
    ['At run time', 'dependencies'],
    ['To develop', 'devDependencies'],
  ])('%s: each part has its line, and no line names a part that is gone', (title, key) => {
    const section = sections.get(title);
    expect(disagreements(section?.parts ?? [], Object.keys(manifest[key] ?? {}))).toEqual([]);
    expect(section?.incomplete).toEqual([]);
  });

  it('a part without a line, a line without a part and an empty cell are found', () => {
    const planted = sectionsOf('## At run time\n| part | licence |\n|---|---|\n| `gone`, `kept` | |\n');
    const section = planted.get('At run time');
    expect(disagreements(section?.parts ?? [], ['kept', 'new'])).toEqual(['new has no line', 'gone is gone']);
    expect(section?.incomplete).toEqual(['`gone`, `kept`']);
  });
});

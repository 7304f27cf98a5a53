import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One name that an entry of the package exports; `sentence` is its JSDoc on one line, empty where there is none. */
export interface ExportedName {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'constant' | 'type';
  readonly sentence: string;
}

/** One entry of the package: what one imports from, what it is for, and what it exports. */
export interface LibraryEntry {
  readonly from: string;
  readonly purpose: string;
  readonly exports: readonly ExportedName[];
}

const kinds = {
  function: 'function',
  class: 'class',
  const: 'constant',
  interface: 'type',
  type: 'type',
} as const;

const declaration =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^export (?:async )?(function|class|const|interface|type) (\w+)/gm;
const list = /^export (?:type )?(?:\{([^}]*)\}|\*) from '([^']+)'/gm;

function onOneLine(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function declaredIn(text: string): readonly ExportedName[] {
  return [...text.matchAll(declaration)].map(([, comment = '', word, name = '']) => ({
    name,
    kind: kinds[word as keyof typeof kinds],
    sentence: onOneLine(comment),
  }));
}

// TypeScript 7 has no interface for programs yet, so the lists are read as text; the packed declarations are
// then held against them by the compiler (tests/package.test.ts).
function exportsOf(file: string): readonly ExportedName[] {
  const text = readFileSync(file, 'utf8');
  const passedOn = [...text.matchAll(list)].flatMap(([, names, from = '']) => {
    const there = exportsOf(join(dirname(file), from));
    if (names === undefined) return there;
    const wanted = names.split(',').map((name) => name.trim().replace(/^type /, ''));
    return wanted.filter(Boolean).map((name) => {
      const found = there.find((entry) => entry.name === name);
      if (!found) throw new Error(`${file} lists ${name}, which ${from} does not export`);
      return found;
    });
  });
  return [...passedOn, ...declaredIn(text)];
}

/** The entries of the package, in the order of package.json, as the sources list them. */
export function libraryEntries(): readonly LibraryEntry[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string>;
  };
  const doors = Object.entries(exports).filter(([, target]) => target.endsWith('.js'));
  return doors.map(([subpath, target]) => {
    const file = join(root, target.replace('./dist/', '').replace(/\.js$/, '.ts'));
    const [, purpose = ''] = /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.exec(readFileSync(file, 'utf8')) ?? [];
    const names = new Map(exportsOf(file).map((entry) => [entry.name, entry]));
    const sorted = [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { from: subpath.replace('.', 'wellspent'), purpose: onOneLine(purpose), exports: sorted };
  });
}

/** The page of the reference that lists what the package exports. */
export function libraryPage(): string {
  const parts = libraryEntries().map(({ from, purpose, exports }) => {
    const rows = exports.map(
      ({ name, kind, sentence }) => `| \`${name}\` | ${kind} | ${sentence.replaceAll('|', '\\|')} |`,
    );
    return `## ${from}\n\n${purpose}\n\n| name | kind | meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Library\n\nThe package is an ES module for Node 24 and carries its own types. \`wellspent\` has what most programs need; each other entry has one verb, or one part, whole. What fails on purpose throws a \`WellspentError\` with a code of the [errors](errors.md). [The guide](../guides/library.md) has a program that runs.\n\n${parts.join('\n')}`;
}

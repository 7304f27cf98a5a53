import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Markdown without its code, where square brackets and hashes mean something else. */
function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The targets of links and pictures that point into the repository. */
function relativeLinks(text: string): readonly string[] {
  const inline = [...prose(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(([, target = '']) => target);
  const named = [...prose(text).matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map(([, target = '']) => target);
  return [...inline, ...named].filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

/** The names that headings of a page have in links, as GitHub makes them. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*$/gm)];
  const seen = new Map<string, number>();
  return new Set(
    headings.map(([, heading = '']) => {
      const name = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-');
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return before === 0 ? name : `${name}-${before}`;
    }),
  );
}

/** Links of one page that lead nowhere. */
function brokenLinks(file: string, text: string): readonly string[] {
  return relativeLinks(text).flatMap((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    if (!existsSync(target)) return [`${relative(root, file)}: ${link}`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    return anchors(target === file ? text : readFileSync(target, 'utf8')).has(anchor)
      ? []
      : [`${relative(root, file)}: ${link} (no such heading)`];
  });
}

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map((name) => join(root, name)),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, 'docs', name)),
];

describe('links in the documentation', () => {
  it('all lead to a file, and to a heading where they name one', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap((page) => brokenLinks(page, readFileSync(page, 'utf8')))).toEqual([]);
  });

  it('that lead nowhere are found, and those in code or to elsewhere are left alone', () => {
    const text = [
      '# A title',
      '[here](#a-title) [nowhere](#another) [file](README.md) ![picture](gone.png "title")',
      '[page](SECURITY.md#no-such-heading) [out](https://example.org/) [mail](mailto:a@example.org)',
      '`[code](not-a-link.md)`',
      '```\n[block](not-a-link.md)\n```',
      '[name]: also-gone.md',
    ].join('\n');
    expect(brokenLinks(join(root, 'README.md'), text)).toEqual([
      'README.md: #another (no such heading)',
      'README.md: gone.png',
      'README.md: SECURITY.md#no-such-heading (no such heading)',
      'README.md: also-gone.md',
    ]);
  });
});

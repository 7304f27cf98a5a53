import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { snippetFaults, snippetsOf } from './snippets.ts';

const root = new URL('../', import.meta.url);
const guides = readdirSync(new URL('docs/guides/', root)).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...guides.map((name) => `docs/guides/${name}`)].map((page) => ({
  page,
  snippets: snippetsOf(readFileSync(new URL(page, root), 'utf8')),
}));

describe('what the README and the guides tell a reader to run', () => {
  it.each(pages.filter(({ snippets }) => snippets.length > 0))('works in $page', async ({ snippets }) => {
    expect(await snippetFaults(snippets)).toEqual([]);
  });

  it('is there in the README and in the first guide', () => {
    const withSnippets = pages.filter(({ snippets }) => snippets.length > 0).map(({ page }) => page);
    expect(withSnippets).toEqual(expect.arrayContaining(['README.md', 'docs/guides/first-charter.md']));
  });
});

describe('a guide with a fault', () => {
  const fenced = (...lines: readonly string[]) => ['```sh run', ...lines, '```'].join('\n');

  it('is found when a block fails, even before its last line', async () => {
    const text = `${fenced('npx wellspent init a')}\n\n${fenced('npx wellspent check b', 'true')}\n`;
    expect(await snippetFaults(snippetsOf(text))).toEqual([
      expect.stringMatching(/^line 5 ended with 2: error\[WORKSPACE_NOT_FOUND\]/),
    ]);
  });

  it('is found when it quotes what the program does not print', async () => {
    const text = `${fenced('npx wellspent init a')}\n\n> Made a/service.yaml\n\n> Made b/service.yaml\n`;
    expect(await snippetFaults(snippetsOf(text))).toEqual(['line 1 does not print: Made b/service.yaml']);
  });

  it('cannot fetch another program', async () => {
    expect(await snippetFaults(snippetsOf(fenced('npx something-else')))).toHaveLength(1);
  });

  it('is read for blocks that may be run alone', () => {
    expect(snippetsOf('```sh\nexit 1\n```\n> a quote of nothing\n```sh run\ntrue\n```\n> said\n')).toEqual([
      { line: 5, code: 'true\n', quotes: ['said'] },
    ]);
  });
});

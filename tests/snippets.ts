import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fenced block that a reader may run, and the lines after it that quote what it prints. */
export interface Snippet {
  readonly line: number;
  readonly code: string;
  readonly quotes: readonly string[];
}

/** The blocks of a Markdown text that open with "sh run", each with the quotes that follow it before the next. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const snippets: { line: number; code: string; quotes: string[] }[] = [];
  let fence: 'none' | 'run' | 'other' = 'none';
  for (const [index, line] of markdown.split('\n').entries()) {
    const current = snippets.at(-1);
    if (line.startsWith('```') && fence === 'none') {
      fence = line === '```sh run' ? 'run' : 'other';
      if (fence === 'run') snippets.push({ line: index + 1, code: '', quotes: [] });
    } else if (line === '```') fence = 'none';
    else if (fence === 'run' && current) current.code += `${line}\n`;
    else if (fence === 'none' && current && line.startsWith('> ')) current.quotes.push(line.slice(2));
  }
  return snippets;
}

const command = fileURLToPath(new URL('../bin/wellspent.mjs', import.meta.url));

/** A folder for PATH in which `npx wellspent` is this checkout, and nothing else can be fetched. */
function shimFolder(home: string): string {
  const folder = join(home, 'bin');
  mkdirSync(folder);
  const npx = join(folder, 'npx');
  writeFileSync(
    npx,
    `#!/bin/sh\n[ "$1" = wellspent ] || exit 127\nshift\nexec "${process.execPath}" "${command}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
  return folder;
}

function runCode(code: string, cwd: string, home: string, path: string) {
  const child = spawn('sh', ['-e', '-c', code], {
    cwd,
    env: { ...process.env, PATH: path, HOME: home, XDG_CONFIG_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      printed += String(part);
    });
  return new Promise<{ readonly status: number | null; readonly printed: string }>((done, failed) => {
    child.on('error', failed);
    child.on('close', (status) => done({ status, printed }));
  });
}

const plain = (text: string) => text.replace(/\s+/g, ' ');

/** Runs the blocks in order in one empty folder; what failed, by line, and nothing when all is well. */
export async function snippetFaults(snippets: readonly Snippet[]): Promise<readonly string[]> {
  const home = mkdtempSync(join(tmpdir(), 'wellspent-snippets-'));
  const path = `${shimFolder(home)}${delimiter}${process.env.PATH ?? ''}`;
  const cwd = join(home, 'work');
  mkdirSync(cwd);
  const faults: string[] = [];
  try {
    for (const { line, code, quotes } of snippets) {
      const { status, printed } = await runCode(code, cwd, home, path);
      if (status !== 0) faults.push(`line ${line} ended with ${status}: ${printed}`);
      for (const quote of quotes)
        if (!plain(printed).includes(plain(quote))) faults.push(`line ${line} does not print: ${quote}`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return faults;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { runCli } from './run.ts';

/** What a command did, as a user sees it. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Situation {
  readonly cwd?: string;
  /** What comes on standard input, or why it cannot be read. */
  readonly stdin?: string | Error;
  /** Standard output and error go to a terminal; a pipe by default. */
  readonly atTerminal?: boolean;
  /** Which of the two goes to a terminal, where they differ. */
  readonly terminal?: { readonly stdout: boolean; readonly stderr: boolean };
  readonly width?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told every text as it goes to standard error. */
  readonly onErr?: (text: string) => void;
}

/** The moment at which every test runs. */
const testTime = new Date('2026-05-04T09:30:00Z');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes when the tests of the file are done. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wellspent-cli-'));
  folders.push(folder);
  return folder;
}

/** A folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const keyFile = join(emptyFolder(), 'key');

/** Runs a command in this process, at a fixed time, with its own key file. */
export async function run(args: readonly string[], situation: Situation = {}): Promise<Ran> {
  const { cwd = emptyFolder(), stdin = '', atTerminal = false, width = 100, env = {} } = situation;
  let out = '';
  let err = '';
  const code = await runCli(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
      situation.onErr?.(text);
    },
    readStdin: () => (stdin instanceof Error ? Promise.reject(stdin) : Promise.resolve(stdin)),
    env: { WELLSPENT_KEY_FILE: keyFile, ...env },
    cwd,
    terminal: { stdout: atTerminal, stderr: atTerminal, ...situation.terminal, stdin: false, width },
    now: () => testTime,
    signal: situation.signal ?? new AbortController().signal,
  });
  return { code, out, err };
}

/** A log of three cases: received, then decided; the second is asked for more. */
export const smallLog = `case,step,when
1,received,2026-04-01T09:00:00Z
1,decided,2026-04-03T09:00:00Z
2,received,2026-04-02T09:00:00Z
2,asked for more,2026-04-04T09:00:00Z
2,decided,2026-04-12T09:00:00Z
3,received,2026-04-05T09:00:00Z
3,decided,2026-04-06T09:00:00Z
`;

/** A small charter that loads; `rest` is YAML added after it. */
export function smallCharter(rest = ''): string {
  return `wellspent: 1
service: small
title: A small service
version: 1.0.0
effective: 2026-04-01
owner: Head of the service
purpose: People get an answer.
timezone: UTC
reporting: { grain: month }
extracts:
  - { file: data/log.csv, as: events, map: { case_id: case, step: step, finished: when } }
outcomes:
  - { id: answer, title: People get an answer soon, measure: soon }
outputs:
  - { id: answers, title: Answers, unit: answer, from: cases, at: last_at }
quality:
  - { id: soon, title: Within five days, outputs: all, from: cases, share: duration_days <= 5,
      direction: higher, weight: 1, weight_source: Our own }
${rest}`;
}

/** A folder that holds a workspace called "small", with its log beside the charter and not yet brought in. */
export function smallWorkspace(): string {
  return folderWith({ 'small/service.yaml': smallCharter(), 'small/data/log.csv': smallLog });
}

import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type AddReport, addExtract, openWorkspace } from '../index.ts';
import { smallCharter } from '../small-workspace.test-support.ts';
import type { Rules } from './hostile-case.test-support.ts';

/** What the other process is to bring in. */
export interface ImportTask {
  readonly folder: string;
  readonly file: string;
  readonly rules: Rules;
}

/** What it says of a file that was read; counts are of the tables, not of the report. */
export interface ReadOutcome {
  readonly kind: 'read';
  readonly report: AddReport;
  readonly events: number;
  /** Events of what the workspace held before. */
  readonly others: number;
  /** Lines of the file that the rejects name. */
  readonly lines: number;
}

export type ImportOutcome =
  | ReadOutcome
  | {
      readonly kind: 'refused';
      /** Null for an error that is none of ours. */
      readonly code: string | null;
      readonly message: string;
      readonly more: string;
      readonly cause: string;
    }
  /** The process ended, or went on for longer than it was given. */
  | { readonly kind: 'ended'; readonly how: string };

/** What came of an import, and whether the workspace is as it was. */
export type Tried = ImportOutcome & { readonly isUnchanged: boolean };

const watchdogMs = 10_000;
const script = new URL('./importer.test-support.ts', import.meta.url);

/** Every file below a folder with a hash of its bytes. */
function filesOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = (path: string) =>
    statSync(path).isDirectory() ? 'folder' : createHash('sha256').update(readFileSync(path)).digest('hex');
  return names.map((path) => `${relative(folder, path)} ${hash(path)}`).join('\n');
}

/** Brings files in by a process of its own, which is started anew when it ends or hangs. */
export interface Importer {
  /** Events that every workspace holds before. */
  readonly held: number;
  try(name: string, bytes: string | Buffer, rules?: Rules): Promise<Tried>;
  close(): void;
}

/** Makes an importer, each file of which goes into a workspace that already holds another. */
export async function openImporter(): Promise<Importer> {
  const root = mkdtempSync(join(tmpdir(), 'wellspent-hostile-'));
  const folder = join(root, 'workspace');
  const usual = join(root, 'usual');
  const before = join(root, 'before.csv');
  writeFileSync(
    before,
    'reference,stage,ended\nbefore 1,x,2020-03-02\nbefore 1,y,2020-03-03\nbefore 2,x,2020-03-04\n',
  );
  smallCharter(usual);
  const workspace = await openWorkspace(usual);
  const map = { case_id: 'reference', step: 'stage', finished: 'ended' };
  const { rowsUsed } = await addExtract({
    workspace,
    as: 'events',
    file: before,
    map,
    keyFile: join(root, 'key'),
  });
  await workspace.close();
  const state = filesOf(usual);
  let child: ChildProcess | undefined;

  const ask = (task: ImportTask) =>
    new Promise<ImportOutcome>((resolve) => {
      child ??= fork(script, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      const asked = child;
      const done = (outcome: ImportOutcome) => {
        clearTimeout(watchdog);
        asked.removeAllListeners();
        if (outcome.kind === 'ended') child = undefined;
        resolve(outcome);
      };
      const watchdog = setTimeout(() => {
        asked.kill('SIGKILL');
        done({ kind: 'ended', how: 'it went on for over ten seconds' });
      }, watchdogMs);
      asked.on('message', (outcome) => done(outcome as ImportOutcome));
      asked.on('exit', (code, signal) => done({ kind: 'ended', how: `exit ${code ?? signal}` }));
      asked.send(task);
    });

  return {
    held: rowsUsed,
    async try(name, bytes, rules = {}) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(usual, folder, { recursive: true });
      const inbox = mkdtempSync(join(root, 'inbox-'));
      const file = join(inbox, name);
      writeFileSync(file, bytes);
      const outcome = await ask({ folder, file, rules });
      rmSync(inbox, { recursive: true });
      return { ...outcome, isUnchanged: filesOf(folder) === state };
    },
    close() {
      child?.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

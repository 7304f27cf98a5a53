import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { sha256Hex, WellspentError } from '../core/index.ts';

/**
 * The key of demonstrations. It is published on purpose, so that made-up data give the same pseudonyms on
 * every machine; it protects nobody.
 */
export const demonstrationKey = Buffer.from('wellspent demonstration key: protects nobody', 'utf8');

export interface KeyOptions {
  /** File that holds the key; WELLSPENT_KEY_FILE by default, then one below the home folder. */
  readonly keyFile?: string;
}

function defaultFile(dir: string): string {
  const place = sha256Hex(resolve(dir)).slice(0, 16);
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'wellspent', 'keys', `${place}.key`);
}

/** Puts a new key in place whole, unless another program was first: the first key stays. */
function makeKey(file: string): void {
  const partial = `${file}.${process.pid}.partial`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(partial, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(partial, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** A workspace's key, where it is kept, and whether it was made just now. */
export interface WorkspaceKey {
  readonly key: Buffer;
  readonly file: string;
  readonly isNew: boolean;
}

/** The workspace's key, made on first use outside the workspace, readable by its owner alone. */
export function workspaceKey(dir: string, options: KeyOptions = {}): WorkspaceKey {
  const file = options.keyFile ?? process.env.WELLSPENT_KEY_FILE ?? defaultFile(dir);
  try {
    const isNew = !existsSync(file);
    if (isNew) makeKey(file);
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'utf8');
    if (key.length < 32) throw new Error(`the key has ${key.length} characters`);
    return { key, file, isNew };
  } catch (cause) {
    throw new WellspentError('KEY_UNREADABLE', `The key file ${file} cannot be read or made.`, { cause });
  }
}

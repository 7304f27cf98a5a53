import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { WellspentError, writing } from '../core/index.ts';
import { nearestName } from '../define/index.ts';
import type { Effects } from './effects.ts';
import { asShellWord } from './talk.ts';

/** A file or folder as the user named it, from where they stand. */
export function fromCwd(effects: Effects, path: string): string {
  return resolve(effects.cwd, path);
}

function neighbour(path: string): string | undefined {
  try {
    return nearestName(basename(path), readdirSync(dirname(path)));
  } catch {
    return undefined;
  }
}

const endingsOfData = /\.(csv|tsv|txt|xlsx|json|jsonl|ndjson|parquet|xes|xml|sqlite|jsonocel|xmlocel|gz)$/i;

/** A file of a folder that may be what was meant; undefined where it holds none that looks like data. */
function dataFileIn(folder: string): string | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && endingsOfData.test(entry.name))
      .map(({ name }) => name)
      .sort()[0];
  } catch {
    return undefined;
  }
}

/** The full path of a file to read. Throws `FILE_NOT_FOUND` for a name without a file, and for a folder. */
export function existingFile(effects: Effects, file: string): string {
  const path = fromCwd(effects, file);
  if (!existsSync(path)) {
    const near = neighbour(path);
    throw new WellspentError('FILE_NOT_FOUND', `There is no file ${file}.`, {
      where: { file },
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    });
  }
  if (statSync(path).isDirectory()) {
    const inside = dataFileIn(path);
    throw new WellspentError('FILE_NOT_FOUND', `${file} is a folder; a file is needed.`, {
      where: { file },
      hint:
        inside === undefined
          ? 'the file of the extract itself: no file in this folder has the ending of one'
          : `one of the files in it, such as ${asShellWord(`${file.replace(/\/$/, '')}/${inside}`)}`,
    });
  }
  return path;
}

/** Makes a folder and those above it. Node's own recursive mkdir never ends where the system refuses, as in /proc. */
function makeFolders(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const above = dirname(path);
  if (above !== path) makeFolders(above);
  mkdirSync(path);
}

/** Makes a folder that the user named, and those above it. */
export function makeFolder(effects: Effects, dir: string): string {
  const folder = fromCwd(effects, dir);
  writing(dir, () => makeFolders(folder));
  return folder;
}

/** Writes a file that the user named. */
export function writeNamed(effects: Effects, file: string, text: string): void {
  writing(file, () => writeFileSync(fromCwd(effects, file), text));
}

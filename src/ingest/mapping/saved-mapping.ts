import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type ExtractKind, extractKinds } from '../../define/index.ts';

const savedMapping = z.object({
  as: z.enum(extractKinds),
  columns: z.array(z.string()),
  map: z.record(z.string(), z.string()),
});

type SavedMapping = z.infer<typeof savedMapping>;

const ending = '.mapping.yaml';
const largest = 1_000_000;

function folderOf(store: string): string {
  return join(store, 'mappings');
}

function readSaved(file: string): SavedMapping | null {
  try {
    const text = readFileSync(file, 'utf8');
    // A file that someone spoilt is as good as none: columns are then recognised again, and said to be.
    return text.length > largest ? null : savedMapping.parse(parse(text, { maxAliasCount: 0 }));
  } catch {
    return null;
  }
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  return a.length === b.length && b.every((column) => known.has(column));
}

/** The mapping kept from an earlier file with the same columns, or null. */
export function findSavedMapping(
  store: string,
  as: ExtractKind,
  columns: readonly string[],
): Readonly<Record<string, string>> | null {
  const folder = folderOf(store);
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(ending)) continue;
    const saved = readSaved(join(folder, name));
    if (saved && saved.as === as && sameColumns(saved.columns, columns)) return saved.map;
  }
  return null;
}

/** Keeps the mapping of a file, so that a person can read and correct it and the next such file is read alike. */
export function saveMapping(store: string, file: string, mapping: SavedMapping): void {
  const folder = folderOf(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const words = `# How ${basename(file)} was read. Correct \`map\` (field: column of the file) and add the file again;\n# it is used for every file with the same columns unless service.yaml says otherwise.\n`;
  writeFileSync(join(folder, `${basename(file)}${ending}`), words + stringify(mapping), { mode: 0o600 });
}

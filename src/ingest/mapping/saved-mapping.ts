import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { writing } from '../../core/index.ts';
import { type ExtractKind, extractKinds } from '../../define/index.ts';
import { type ImportRules, minutesUnits } from '../import-rules.ts';
import { lifecycleRules } from '../lifecycle/transitions.ts';
import { extractShapes, spreadColumns } from '../shapes/extract-shape.ts';
import type { ManifestSource } from '../store/manifest.ts';

const savedMapping = z.object({
  as: z.enum(extractKinds),
  columns: z.array(z.string()),
  map: z.record(z.string(), z.string()),
  drop: z.array(z.string()).optional(),
  timezone: z.string().optional(),
  day_first: z.boolean().optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  minutes_in: z.enum(minutesUnits).optional(),
  lifecycle: z.enum(lifecycleRules).optional(),
  dedupe: z
    .union([
      z.literal('exact'),
      z.object({ key: z.array(z.string()).min(1).readonly(), keep_latest_by: z.string().optional() }),
    ])
    .optional(),
  shape: z.enum(extractShapes).optional(),
  steps: z.record(z.string(), z.string()).optional(),
  field: z.string().optional(),
});

/** What was decided about a file: its columns, what each became, and the answers that its bytes could not give. */
export type SavedMapping = z.infer<typeof savedMapping>;

/** Why a column is what is stated of it, or left out as is stated; nothing where that is all there is to say. */
export type WhyStated = (column: string, isLeftOut: boolean) => string | undefined;

/** Why a column is what it is where the mapping kept from an earlier file says so. */
export const asKept = 'as in the last file with the same columns';
/** Why a column is left out where that mapping says so. */
export const leftOutAsKept = 'left out, as in the last file with the same columns';

/** Columns that are not the file's own. */
const added: ReadonlySet<string> = new Set(Object.values(spreadColumns));
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

/** True for lists of the same columns, in whatever order. */
export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  return a.length === b.length && b.every((column) => known.has(column));
}

/** True when a mapping may be kept: without any, a file need not be opened to look for its own. */
export function hasSavedMappings(store: string): boolean {
  return existsSync(folderOf(store));
}

/** All mappings that a store keeps for one table, by name of their file. */
export function savedMappings(store: string, as: ExtractKind): readonly SavedMapping[] {
  const folder = folderOf(store);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((name) => name.endsWith(ending))
    .flatMap((name) => readSaved(join(folder, name)) ?? [])
    .filter((saved) => saved.as === as);
}

/** The mapping kept from an earlier file with the same columns, or null. */
export function findSavedMapping(
  store: string,
  as: ExtractKind,
  columns: readonly string[],
): SavedMapping | null {
  return savedMappings(store, as).find((saved) => sameColumns(saved.columns, columns)) ?? null;
}

/** The mapping kept of a file itself, or null where it is gone or is of other columns. */
export function mappingKeptOf(
  store: string,
  { file, as, columns }: Pick<ManifestSource, 'file' | 'as' | 'columns'>,
): SavedMapping | null {
  const saved = readSaved(join(folderOf(store), `${plainName(file)}${ending}`));
  const own = columns.map(({ column }) => column).filter((column) => !added.has(column));
  return saved?.as === as && sameColumns(saved.columns, own) ? saved : null;
}

/** A file's name as the name of another file: no character that some system gives a meaning to, and not too long. */
function plainName(file: string): string {
  return basename(file)
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 60);
}

/**
 * Keeps the mapping of a file, so that a person can read and correct it and the next such file is read alike. Throws
 * `FILE_NOT_WRITTEN`; then nothing of it stays.
 */
export function saveMapping(
  store: string,
  {
    file,
    as,
    columns,
    mapping,
    shape,
  }: Pick<ManifestSource, 'file' | 'as' | 'columns' | 'mapping' | 'shape'>,
  rules: ImportRules,
): void {
  const folder = folderOf(store);
  const saved: SavedMapping = {
    as,
    columns: columns.map(({ column }) => column).filter((column) => !added.has(column)),
    map: mapping,
    ...(rules.drop?.length ? { drop: [...rules.drop] } : {}),
    timezone: rules.timezone,
    ...(rules.dayFirst === undefined ? {} : { day_first: rules.dayFirst }),
    ...(rules.decimal === undefined ? {} : { decimal: rules.decimal }),
    ...(rules.encoding === undefined ? {} : { encoding: rules.encoding }),
    ...(rules.delimiter === undefined ? {} : { delimiter: rules.delimiter }),
    ...(rules.minutesIn === undefined ? {} : { minutes_in: rules.minutesIn }),
    ...(rules.lifecycle === undefined ? {} : { lifecycle: rules.lifecycle }),
    ...(rules.dedupe === undefined ? {} : { dedupe: rules.dedupe }),
    ...(shape === undefined ? {} : { shape: shape.shape }),
    ...(shape?.steps === undefined ? {} : { steps: shape.steps }),
    ...(shape?.field === undefined ? {} : { field: shape.field }),
  };
  const words = `# How ${basename(file)} was read. Correct \`map\` (field: column of the file) and add the file again;\n# it is used for every file with the same columns unless service.yaml says otherwise.\n`;
  const target = join(folder, `${plainName(file)}${ending}`);
  const partial = `${target}.partial`;
  writing(target, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(partial, words + stringify(saved), { mode: 0o600 });
      renameSync(partial, target);
    } catch (cause) {
      rmSync(partial, { force: true, recursive: true });
      throw cause;
    }
  });
}

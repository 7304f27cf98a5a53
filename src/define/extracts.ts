import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { WellspentError } from '../core/index.ts';
import { charterSchema } from './charter/charter.ts';
import type { Extract } from './charter/extract.ts';
import { sectionEntries, textOf } from './raw-charter.ts';
import { readCharterText } from './read-text.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** Extracts that the charter names and that are not on disk. */
export function missingExtracts(source: YamlSource): readonly WellspentError[] {
  return sectionEntries(source.content, 'extracts').flatMap(({ path, value }) => {
    const file = textOf(value.file);
    if (file === undefined || existsSync(resolve(dirname(source.file), file))) return [];
    return [
      source.fault('CHARTER_EXTRACT_MISSING', [...path, 'file'], `there is no file ${file}.`, {
        found: file,
        hint: 'file: a path that starts from the folder of service.yaml',
      }),
    ];
  });
}

/** An extract as a charter states it, and its place in the list. */
export interface StatedExtract {
  readonly extract: Extract;
  readonly index: number;
}

/** The extracts of a charter that can be read, whatever faults its other parts have. */
export interface StatedExtracts extends Pick<YamlSource, 'file' | 'fault'> {
  readonly extracts: readonly StatedExtract[];
}

/** Reads the extracts of a charter file; entries that break the format are left out. */
export function statedExtracts(file: string): StatedExtracts {
  const source = readYaml(file, readCharterText(file));
  const entries = sectionEntries(source.content, 'extracts');
  const extracts = entries.flatMap(({ value }, index) => {
    const parsed = charterSchema.shape.extracts.element.safeParse(value);
    return parsed.success ? [{ extract: parsed.data, index }] : [];
  });
  return { file, fault: source.fault, extracts };
}

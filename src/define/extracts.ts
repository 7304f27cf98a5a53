import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { WellspentError } from '../core/index.ts';
import { sectionEntries, textOf } from './raw-charter.ts';
import type { YamlSource } from './yaml-source.ts';

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

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answers } from '../answers/index.ts';
import type { Result } from '../core/index.ts';
import {
  charterProfile,
  earlierKnowledge,
  ledgerFile,
  preparePublication,
  publicationNote,
  readLedger,
} from '../publish/index.ts';

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function publishedPages(answers: Answers, dir: string): Promise<ReadonlyMap<string, Result>> {
  const pages = answers.publish?.pages ?? [];
  if (pages.length === 0) return new Map();
  const releases = readLedger(await textOf(join(dir, ledgerFile)), ledgerFile);
  const publication = await preparePublication(
    answers,
    pages,
    charterProfile(answers.publish?.profile),
    earlierKnowledge(releases, answers.data.provenance.sources),
  );
  return new Map(
    publication.pages.flatMap((page, i) => {
      const result = publication.guarded.results[i];
      if (!result) return [];
      const caveats = [publicationNote(publication.guarded.profile), ...result.caveats];
      return [[page, { ...result, id: page.slice(page.indexOf('/') + 1), caveats }] as const];
    }),
  );
}

/** Protects the pages that a service marks for publication, once for each state of its answers. */
export function publishedOnce(answers: Answers, dir: string): () => Promise<ReadonlyMap<string, Result>> {
  let pages: Promise<ReadonlyMap<string, Result>> | undefined;
  return () => {
    pages ??= publishedPages(answers, dir);
    return pages;
  };
}

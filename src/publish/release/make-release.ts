import { codeVersion, sha256Hex } from '../../core/index.ts';
import type { Publication } from './publication.ts';
import type { PublicationFile } from './publication-files.ts';
import { lastLineHash, type Release } from './release-ledger.ts';

/** The ledger's entry for a publication and the files written for it; `ledger` is the text of the ledger so far. */
export function makeRelease(
  publication: Publication,
  files: readonly PublicationFile[],
  ledger: string,
  earlier: number,
  at: Date,
): Release {
  const { counts, sums, profile } = publication.guarded;
  const ids = [...counts.keys()].sort();
  const places = new Map(ids.map((id, i) => [id, i]));
  return {
    release: earlier + 1,
    at: at.toISOString(),
    service: publication.service,
    charter: publication.charter,
    code: codeVersion(),
    profile,
    pages: [...publication.pages],
    extracts: publication.data.extracts.map(({ file, sha256 }) => ({ file, sha256 })),
    files: files.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length })),
    counts: Object.fromEntries(ids.map((id) => [id, counts.get(id) ?? null])),
    sums: sums.flatMap(({ whole, parts }) => {
      const members = [whole, ...parts].map((id) => places.get(id));
      return members.every((place) => place !== undefined) ? [members] : [];
    }),
    previous: lastLineHash(ledger),
  };
}

import { stat } from 'node:fs/promises';
import type { ExtractKind } from '../../define/index.ts';
import { type ExtractPreview, previewExtract } from '../../ingest/index.ts';
import type { AddService } from './add-context.ts';
import { type Draft, readingSaid } from './drafts.ts';

/** Previews kept for the next look at the same file, so that a large one is not read for every page. */
export interface KeptPreviews {
  /** Throws what reading the file throws. */
  of(service: AddService, draft: Draft, as: ExtractKind): Promise<ExtractPreview>;
}

const most = 10;

async function stateOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return 'none';
  }
}

/** Keeps a few previews: the latest. */
export function keptPreviews(): KeptPreviews {
  const kept = new Map<string, Promise<ExtractPreview>>();
  return {
    async of({ dir, loaded, sources }, draft, as) {
      const { id, file, name } = draft;
      const reading = readingSaid(draft);
      const known = sources.map((source) => source.fingerprint).join(' ');
      const key = [id, as, JSON.stringify(reading), loaded.hash, known, await stateOf(file)].join('\n');
      const held = kept.get(key);
      if (held) return held;
      const made = previewExtract({ dir, loaded, file, as, shownAs: name, ...reading });
      kept.set(key, made);
      made.catch(() => kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return made;
    },
  };
}

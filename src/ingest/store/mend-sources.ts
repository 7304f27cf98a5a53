import type { Manifest, ManifestSource } from './manifest.ts';

/**
 * A manifest in which sources that were read again name the rows they staged now, and all else is as it was; null
 * where anything else would change. Where several extracts must be added again, each brings the workspace nearer.
 */
export function withMended(before: Manifest, now: readonly ManifestSource[]): Manifest | null {
  const sources: ManifestSource[] = [];
  for (const [i, source] of before.sources.entries()) {
    const mended = now[i];
    if (mended?.fingerprint !== source.fingerprint) return null;
    sources.push({ ...source, id: mended.id, staged: mended.staged });
  }
  return now.length === sources.length ? { ...before, sources } : null;
}

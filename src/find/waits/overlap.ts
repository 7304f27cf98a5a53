import type { WorkerRows } from './batches.ts';

/** More than this share of a worker's pieces overlapping another of theirs, and the name is no person's (Wellspent's reading of Lashkevich and others, 2023). */
export const mostOverlap = 0.2;

/**
 * How many pieces of one worker overlap another of theirs. Instants do not, nor do pieces that start and finish
 * together: those are work in parallel as one batch.
 */
export function overlapping({ started, finished }: Pick<WorkerRows, 'started' | 'finished'>): number {
  const order = Int32Array.from(started.keys())
    .filter((row) => (finished[row] as number) > (started[row] as number))
    .sort(
      (a, b) =>
        (started[a] as number) - (started[b] as number) || (finished[a] as number) - (finished[b] as number),
    );
  // Pieces with one start and one finish count as one stretch with so many members.
  const stretches: { from: number; to: number; members: number; overlaps: boolean }[] = [];
  for (const row of order) {
    const from = started[row] as number;
    const to = finished[row] as number;
    const last = stretches.at(-1);
    if (last && last.from === from && last.to === to) last.members += 1;
    else stretches.push({ from, to, members: 1, overlaps: false });
  }
  let latest = Number.NEGATIVE_INFINITY;
  stretches.forEach((stretch, i) => {
    const next = stretches[i + 1];
    stretch.overlaps = latest > stretch.from || (next !== undefined && next.from < stretch.to);
    latest = Math.max(latest, stretch.to);
  });
  return stretches.reduce((sum, { overlaps, members }) => sum + (overlaps ? members : 0), 0);
}

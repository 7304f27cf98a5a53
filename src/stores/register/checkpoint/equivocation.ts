import { WellspentError } from '../../../core/index.ts';
import { sameHash } from '../merkle/tree.ts';
import { type Checkpoint, checkpointText } from './checkpoint.ts';

/**
 * Compares checkpoints that several people hold of one register: `EQUIVOCATION`, with both, where two of one size
 * have different roots. Those of different sizes need a consistency proof.
 */
export function refuseFork(checkpoints: readonly Checkpoint[]): void {
  const bySize = new Map<string, Checkpoint>();
  for (const checkpoint of checkpoints) {
    const place = `${checkpoint.origin} ${checkpoint.size}`;
    const other = bySize.get(place);
    if (other && !sameHash(other.root, checkpoint.root))
      throw new WellspentError(
        'EQUIVOCATION',
        `The register ${checkpoint.origin} has shown two different histories of ${checkpoint.size} entries.`,
        { found: `${checkpointText(other)}and ${checkpointText(checkpoint)}`.replaceAll('\n', ' ').trim() },
      );
    bySize.set(place, checkpoint);
  }
}

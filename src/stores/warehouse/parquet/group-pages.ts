import { handBack } from './hand-back.ts';

const blockBytes = 2_097_152;

/**
 * Keeps the pages of one group of rows until the next group, in room that is then used again: memory taken anew for
 * each page makes the engine of JavaScript look through all of its own again and again.
 */
export class GroupPages {
  readonly #blocks: Uint8Array[] = [];
  #block = 0;
  #used = 0;

  /** Says that nobody looks at the pages of the last group any more. */
  clear(): void {
    this.#block = 0;
    this.#used = 0;
  }

  /** Says the same of all groups. */
  end(): void {
    for (const block of this.#blocks.splice(0)) handBack(block);
    this.clear();
  }

  /** A copy of a page that holds until the next `clear`. */
  keep(page: Uint8Array): Uint8Array {
    if (page.length > blockBytes) return page.slice();
    if (this.#used + page.length > blockBytes) {
      this.#block += 1;
      this.#used = 0;
    }
    this.#blocks[this.#block] ??= new Uint8Array(blockBytes);
    const from = this.#used;
    this.#used += page.length;
    const kept = (this.#blocks[this.#block] as Uint8Array).subarray(from, this.#used);
    kept.set(page);
    return kept;
  }
}

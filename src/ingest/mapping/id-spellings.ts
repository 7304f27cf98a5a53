import { normaliseId } from '../pseudonyms.ts';

/** Different ids that are remembered: beyond them no more spellings are counted. */
const mostKnown = 200_000;

/** Counts ids of one column that are the same but for blanks or how accents are composed, which are taken for one. */
export class IdSpellings {
  /** How each id was spelt first; null until one is spelt otherwise than it is compared. */
  #first: Map<string, string> | null = null;
  readonly #others = new Set<string>();

  /** How many spellings there are beside the first of each id; at least so many where memory of ids ran out. */
  get count(): number {
    return this.#others.size;
  }

  /** Looks at the texts from one place on; those before it were looked at when they came. */
  look(texts: readonly string[], from: number): void {
    for (let at = from, end = texts.length; at < end; at++) {
      const text = texts[at] as string;
      const id = normaliseId(text);
      if (this.#first === null && id === text) continue;
      this.#first ??= new Map(texts.slice(0, at).map((before) => [before, before]));
      this.#note(id, text);
    }
  }

  #note(id: string, text: string): void {
    const first = this.#first?.get(id);
    if (first !== undefined && first !== text) this.#others.add(text);
    else if (first === undefined && id !== '' && (this.#first?.size ?? 0) < mostKnown)
      this.#first?.set(id, text);
  }
}

import { hash } from 'node:crypto';

/** Stands between the steps of a variant, as in the query. */
const between = '\u001f';
/** Ways that are remembered with their variant: where every case goes its own there is nothing to remember. */
const mostRemembered = 100_000;
const none = -1;

/** A number for some codes in their order: others may have the same. */
function numberOf(codes: Int32Array, from: number, to: number): number {
  let number = 0;
  // Knuth's multiplicative hash: 2^32 divided by the golden ratio.
  for (let i = from; i < to; i++) number = Math.imul(number + (codes[i] as number) + 1, 0x9e3779b1);
  return number;
}

function areSame(codes: Int32Array, from: number, others: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (codes[from + i] !== codes[others + i]) return false;
  return true;
}

/** A way that cases go: where the steps of one of them lie, and the name. */
interface Way {
  readonly from: number;
  readonly size: number;
  readonly name: string;
  /** The way met before that has the same number, if there is one. */
  readonly before: number;
}

/** Names the ways of cases: md5 of their steps in order. Names are made once for each way that is remembered. */
export class Variants {
  readonly #steps: Int32Array;
  readonly #stepNames: readonly string[];
  readonly #ways: Way[] = [];
  /** The way met last of those with a number. */
  readonly #last = new Map<number, number>();
  /** The names that are listed now, and the place of the name of each way among them plus one. */
  #listed: string[] = [];
  readonly #places = new Int32Array(mostRemembered);

  /** `steps` are the codes of the steps of all cases, one case after the other. */
  constructor(steps: Int32Array, stepNames: readonly string[]) {
    this.#steps = steps;
    this.#stepNames = stepNames;
  }

  /** Begins a list of names and gives it: `codeOf` puts into it what it meets. */
  list(): readonly string[] {
    this.#listed = [];
    this.#places.fill(0);
    return this.#listed;
  }

  /** The place in the list of the variant of a case, whose steps lie from one place up to another. */
  codeOf(from: number, to: number): number {
    const way = this.#wayOf(from, to);
    if (way === none) return this.#listed.push(this.#nameOf(from, to)) - 1;
    if (this.#places[way] === 0) this.#places[way] = this.#listed.push((this.#ways[way] as Way).name);
    return (this.#places[way] as number) - 1;
  }

  #wayOf(from: number, to: number): number {
    const number = numberOf(this.#steps, from, to);
    const last = this.#last.get(number) ?? none;
    for (let at = last; at !== none; ) {
      const way = this.#ways[at] as Way;
      if (way.size === to - from && areSame(this.#steps, from, way.from, way.size)) return at;
      at = way.before;
    }
    return this.#ways.length < mostRemembered ? this.#add(number, last, from, to) : none;
  }

  #add(number: number, before: number, from: number, to: number): number {
    const at = this.#ways.push({ from, size: to - from, name: this.#nameOf(from, to), before }) - 1;
    this.#last.set(number, at);
    return at;
  }

  #nameOf(from: number, to: number): string {
    const names = Array.from(this.#steps.subarray(from, to), (step) => this.#stepNames[step]);
    return hash('md5', names.join(between));
  }
}

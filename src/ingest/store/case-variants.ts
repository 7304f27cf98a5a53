import { hash } from 'node:crypto';

/** Stands between the steps of a variant, as in the query. */
const between = '\u001f';
/** Ways that are remembered with their variant: where every case goes its own there is nothing to remember. */
const mostRemembered = 100_000;
/** A way that came when as many were remembered already. */
const unremembered = -1;

/**
 * Names the ways of cases: md5 of their steps in order. Ways met before are found step by step, without joining names.
 */
export class Variants {
  readonly #steps: Int32Array;
  readonly #names: readonly string[];
  /** From a way and the code of a step to the way that is one step longer; the empty way is 0. */
  readonly #longer = new Map<number, number>();
  /** The name of each way that some case goes to its end. */
  readonly #named: (string | undefined)[] = [undefined];
  /** The names that are listed now, and the place of the name of each way among them plus one. */
  #listed: string[] = [];
  readonly #places = new Int32Array(mostRemembered + 1);

  /** `steps` are the codes of the steps of all cases, one case after the other. */
  constructor(steps: Int32Array, names: readonly string[]) {
    this.#steps = steps;
    this.#names = names;
  }

  /** Begins a list of names and gives it: `codeOf` puts into it what it meets. */
  list(): readonly string[] {
    this.#listed = [];
    this.#places.fill(0);
    return this.#listed;
  }

  /** The place in the list of the variant of a case, whose steps lie from one place up to another. */
  codeOf(from: number, to: number): number {
    let way = 0;
    for (let i = from; i < to && way !== unremembered; i++)
      way = this.#stepFrom(way, this.#steps[i] as number);
    if (way === unremembered) return this.#listed.push(this.#hash(from, to)) - 1;
    const place = this.#places[way] as number;
    return place > 0 ? place - 1 : this.#list(way, from, to);
  }

  #stepFrom(way: number, step: number): number {
    const key = way * this.#names.length + step;
    return this.#longer.get(key) ?? this.#add(key);
  }

  #add(key: number): number {
    if (this.#named.length >= mostRemembered) return unremembered;
    const way = this.#named.push(undefined) - 1;
    this.#longer.set(key, way);
    return way;
  }

  #list(way: number, from: number, to: number): number {
    const name = this.#named[way] ?? this.#hash(from, to);
    this.#named[way] = name;
    const size = this.#listed.push(name);
    this.#places[way] = size;
    return size - 1;
  }

  #hash(from: number, to: number): string {
    const names = Array.from(this.#steps.subarray(from, to), (step) => this.#names[step]);
    return hash('md5', names.join(between));
  }
}

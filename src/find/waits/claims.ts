import { causeCode, claimedCauses, type WaitCause, waitCauses } from './causes.ts';

/** Stretches of time in two columns that are used again and again. */
class Stretches {
  #from = new Float64Array(16);
  #to = new Float64Array(16);
  size = 0;

  add(from: number, to: number): void {
    if (this.size === this.#from.length) {
      const larger = (values: Float64Array) => {
        const made = new Float64Array(2 * values.length);
        made.set(values);
        return made;
      };
      this.#from = larger(this.#from);
      this.#to = larger(this.#to);
    }
    this.#from[this.size] = from;
    this.#to[this.size] = to;
    this.size += 1;
  }

  from(i: number): number {
    return this.#from[i] as number;
  }

  to(i: number): number {
    return this.#to[i] as number;
  }

  #isInOrder(): boolean {
    for (let i = 1; i < this.size; i++) if (this.from(i) < this.to(i - 1)) return false;
    return true;
  }

  /** Puts the stretches in order of time and joins those that overlap. */
  putInOrder(): void {
    if (this.#isInOrder()) return;
    // Queues come from the latest to the earliest.
    this.#from.subarray(0, this.size).reverse();
    this.#to.subarray(0, this.size).reverse();
    if (this.#isInOrder()) return;
    const order = Int32Array.from({ length: this.size }, (_, i) => i).sort(
      (a, b) => this.from(a) - this.from(b),
    );
    const sorted = [...order].map((i) => [this.from(i), this.to(i)] as const);
    this.size = 0;
    for (const [from, to] of sorted) {
      if (this.size > 0 && from <= this.to(this.size - 1))
        this.#to[this.size - 1] = Math.max(this.to(this.size - 1), to);
      else this.add(from, to);
    }
  }
}

/** Takes what the claims hold out of what is left, and gives the length that was taken. Both are in order. */
function takeOut(left: Stretches, claims: Stretches, rest: Stretches): number {
  let taken = 0;
  let next = 0;
  rest.size = 0;
  for (let i = 0; i < left.size; i++) {
    const end = left.to(i);
    let now = left.from(i);
    while (next < claims.size && claims.to(next) <= now) next++;
    for (let c = next; c < claims.size && claims.from(c) < end; c++) {
      const from = Math.max(now, claims.from(c));
      const to = Math.min(end, claims.to(c));
      if (from > now) rest.add(now, from);
      taken += to - from;
      now = to;
    }
    if (now < end) rest.add(now, end);
  }
  return taken;
}

/**
 * The stretches of one wait that causes claim, and their settlement: each moment goes to the first cause in order that
 * claims it, the rest is extraneous. The same as the boundary sweep in SQL, without a row for every boundary.
 */
export class Claims {
  readonly #claimed = claimedCauses.map(() => new Stretches());
  #left = new Stretches();
  #rest = new Stretches();
  #from = 0;
  #to = 0;

  /** Begins a wait. */
  begin(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
    for (const stretches of this.#claimed) stretches.size = 0;
  }

  /** Claims a part of the wait; what lies outside it does not count. */
  add(cause: WaitCause, from: number, to: number): void {
    const begin = Math.max(from, this.#from);
    const end = Math.min(to, this.#to);
    if (begin < end) this.#claimed[causeCode[cause]]?.add(begin, end);
  }

  /** Passes on every claim as it stands, before it is settled. */
  each(take: (from: number, to: number, cause: number) => void): void {
    this.#claimed.forEach((stretches, cause) => {
      for (let i = 0; i < stretches.size; i++) take(stretches.from(i), stretches.to(i), cause);
    });
  }

  /** Writes the lengths by cause, in the order of the causes. They add up to the wait exactly. */
  settle(into: Float64Array): void {
    this.#left.size = 0;
    this.#left.add(this.#from, this.#to);
    this.#claimed.forEach((stretches, cause) => {
      into[cause] = 0;
      if (stretches.size === 0 || this.#left.size === 0) return;
      stretches.putInOrder();
      into[cause] = takeOut(this.#left, stretches, this.#rest);
      [this.#left, this.#rest] = [this.#rest, this.#left];
    });
    let rest = 0;
    for (let i = 0; i < this.#left.size; i++) rest += this.#left.to(i) - this.#left.from(i);
    into[waitCauses.length - 1] = rest;
  }
}

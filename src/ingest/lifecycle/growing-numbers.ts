/** Numbers of which nobody knows yet how many come: eight bytes each, where a list takes an object. */
export interface GrowingNumbers {
  add(value: number): void;
  values(): Float64Array;
}

/** Makes an empty one. */
export function growingNumbers(): GrowingNumbers {
  let held = new Float64Array(4_096);
  let size = 0;
  return {
    add(value) {
      if (size === held.length) {
        const larger = new Float64Array(size * 2);
        larger.set(held);
        held = larger;
      }
      held[size] = value;
      size += 1;
    },
    values: () => held.slice(0, size),
  };
}

/** Gives the memory of an array back at once, not when it is next looked for: nobody may use the array any more. */
export function handBack({ buffer }: Pick<Uint8Array, 'buffer'>): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

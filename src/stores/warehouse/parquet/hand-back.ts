/**
 * Gives the memory of an array back at once, not when it is next looked for. Nobody may use the array any more, nor any
 * other that lies in the same buffer.
 */
export function handBack({ buffer }: Pick<Uint8Array, 'buffer'>): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

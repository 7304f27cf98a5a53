/** Shorter texts are never kept as parts of others. */
const shortest = 13;

/**
 * A text on its own: a value found in a block of a file is a view of it, and would keep the whole block in memory for
 * as long as the value is kept. For what outlives the block.
 */
export function ownText(text: string): string {
  return text.length < shortest ? text : (JSON.parse(JSON.stringify(text)) as string);
}

import type { Result } from '../../core/index.ts';

/** Results as pretty JSON, an array in their order; the same Results give the same bytes. */
export function resultsToJson(results: readonly Result[]): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

import type { ErrorEntry } from './error-entry.ts';

export const ingestErrors = {} as const satisfies Record<string, ErrorEntry>;

import type { ErrorEntry } from './error-entry.ts';

export const charterErrors = {} as const satisfies Record<string, ErrorEntry>;

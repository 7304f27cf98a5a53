import type { ErrorEntry } from './error-entry.ts';

export const measureErrors = {} as const satisfies Record<string, ErrorEntry>;

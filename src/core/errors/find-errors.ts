import type { ErrorEntry } from './error-entry.ts';

export const findErrors = {} as const satisfies Record<string, ErrorEntry>;

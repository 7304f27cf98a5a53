import type { ErrorEntry } from './error-entry.ts';

export const webErrors = {
  HOST_NOT_LOOPBACK: {
    meaning:
      'The server was told to listen, or was called, under a name that other computers can use. There is no sign-in yet.',
    remedy: 'Use 127.0.0.1, localhost or ::1.',
  },
  WORKSPACE_NAME_UNUSABLE: {
    meaning:
      'The folder name of a service is part of its address. This one is taken by another service or by the server itself, or holds other characters than letters, digits, hyphens and underscores.',
    remedy: 'Rename the folder.',
  },
} as const satisfies Record<string, ErrorEntry>;

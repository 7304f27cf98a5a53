import type { ErrorEntry } from './error-entry.ts';

export const faceErrors = {
  USAGE: {
    meaning: 'The command was called with words or options it does not know, or without one it needs.',
    remedy: 'Run `wellspent help` or `wellspent COMMAND --help`.',
  },
  WORKSPACE_NOT_FOUND: {
    meaning: 'The folder named is not a workspace: it holds no service.yaml.',
    remedy: 'Name a folder with a service.yaml, or make one with `wellspent init DIR`.',
  },
  FILE_NOT_FOUND: {
    meaning: 'There is no file of that name, or it cannot be read.',
    remedy: 'Check the path and its permissions.',
  },
  FILE_NOT_WRITTEN: {
    meaning: 'A file or folder cannot be made or written there.',
    remedy:
      'Choose another place, or ask for the right to write there. Where the disk is full, free room on it and do it again.',
  },
  FILE_EXISTS: {
    meaning: 'The file or folder is there already and would be overwritten.',
    remedy: 'Choose another name, or move what is there.',
  },
  PORT_IN_USE: {
    meaning: 'Another program listens on that port.',
    remedy: 'Choose another with --port.',
  },
  PAGE_NOT_FOUND: {
    meaning: 'There is no page at that address.',
    remedy: 'Start from the first page.',
  },
  INTERNAL: {
    meaning: 'Something went wrong that we did not foresee.',
    remedy: 'Run again with --debug and report what it prints.',
  },
} as const satisfies Record<string, ErrorEntry>;

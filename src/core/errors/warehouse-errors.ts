import type { ErrorEntry } from './error-entry.ts';

export const warehouseErrors = {
  WAREHOUSE_QUERY_FAILED: {
    meaning: 'The analytics engine refused or could not finish a query.',
    remedy:
      'Run the command again with --debug to see the query; if it repeats, report it with the query and the version.',
  },
  WAREHOUSE_FILE_CHANGED: {
    meaning:
      'A file below .wellspent is not the file that was written: its SHA-256 differs from the manifest, or it is gone.',
    remedy:
      'Add the extract that the error names again with `wellspent add`; the original extract is the source of truth, and is read again as it was. Where an original is lost, delete the .wellspent folder and add the others again.',
  },
  WAREHOUSE_CANCELLED: {
    meaning: 'The work was cancelled before it finished. Nothing was changed.',
    remedy: 'Start it again when you are ready.',
  },
} as const satisfies Record<string, ErrorEntry>;

import type { ErrorEntry } from './error-entry.ts';

export const publishErrors = {
  PUBLISH_NO_DATA: {
    meaning:
      'No data have been brought into the workspace, or none of their rows are used, so that a publication would hold no figure.',
    remedy:
      'Bring the extracts in with `wellspent add --into FOLDER`, look at `wellspent check`, then export.',
  },
  PUBLISH_PAGE_UNKNOWN: {
    meaning: 'The charter marks for publication a page that the service does not have.',
    remedy: 'Name a page of measure or find, such as measure/output; the message lists them.',
  },
  PUBLISH_PROFILE_UNKNOWN: {
    meaning: 'There is no profile of disclosure control of that name, or the file that holds one has faults.',
    remedy: 'Use 10-5 or 5-star, or name a file with threshold, base, symbol, zeros and width.',
  },
  PUBLISH_UNPROTECTED: {
    meaning:
      'A small count of the publication could be placed more closely than the profile allows, whatever else is suppressed, so nothing was written.',
    remedy: 'Name the pages to publish under publish, pages, and leave out the one that the message names.',
  },
  RELEASES_CHANGED: {
    meaning: 'Another export added a line to the ledger of releases while this one was worked out.',
    remedy: 'Run the export again: it then knows what the other one released.',
  },
  RELEASES_UNREADABLE: {
    meaning:
      'The ledger of releases, releases.ndjson, has a line that cannot be read or that does not follow the one before, so what is known from earlier releases cannot be told.',
    remedy: 'Restore the file as the last export left it; take no line out and change none.',
  },
} as const satisfies Record<string, ErrorEntry>;

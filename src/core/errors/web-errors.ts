import type { ErrorEntry } from './error-entry.ts';

export const webErrors = {
  ADDRESS_NOT_UNDERSTOOD: {
    meaning: 'What follows the question mark of the address asks for something that its page does not have.',
    remedy: 'Ask for one of the values that the message names, or leave it out.',
  },
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
  FORM_FROM_ELSEWHERE: {
    meaning: 'A form was sent to this server by a page of another site, so it was refused.',
    remedy: 'Open the page at the address that Wellspent printed when it started, and send the form there.',
  },
  FORM_OUT_OF_DATE: {
    meaning: 'The form is from before Wellspent was started again, so it was refused.',
    remedy: 'Open the page again and send the form from there.',
  },
  UPLOAD_TOO_LARGE: {
    meaning: 'The file sent is larger than the pages take.',
    remedy: 'Use the command line, which has no such limit: `wellspent add FILE --into WORKSPACE`.',
  },
  UPLOAD_BROKEN: {
    meaning: 'The file did not arrive whole. Nothing of it was kept.',
    remedy: 'Send it again.',
  },
} as const satisfies Record<string, ErrorEntry>;

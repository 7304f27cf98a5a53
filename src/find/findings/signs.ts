import type { Pattern } from './finding.ts';

/** What each kind of finding is called. */
export const signs = {
  'clock-restart': 'A clock starts again',
  wait: 'A wait',
  rework: 'Work done again',
  'rejection-loop': 'Turned back, and back again',
  overprocessing: 'Checked in vain',
  workaround: 'A possible workaround',
  'failure-demand': 'Contacts that a failure brings',
  'target-covers-part': 'A target leaves cases out',
} as const satisfies Readonly<Record<Pattern, string>>;

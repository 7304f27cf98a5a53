import type { Detector } from '../detector.ts';
import { clockChange } from './clock-change.ts';
import { clockPause } from './clock-pause.ts';
import { clockReset } from './clock-reset.ts';
import { doubleKeying } from './double-keying.ts';
import { duplicateContacts } from './duplicate-contacts.ts';
import { duplicates } from './duplicates.ts';
import { futureTimes } from './future-times.ts';
import { identicalTimes } from './identical-times.ts';
import { lateLogging } from './late-logging.ts';
import { levelShift } from './level-shift.ts';
import { mergedIdentities, placeholderPersons } from './merged-identities.ts';
import { missingTimes } from './missing-times.ts';
import { monthEndBatches } from './month-end-batches.ts';
import { offSystemGaps, offSystemWords } from './off-system.ts';
import { onlyFinalState } from './only-final-state.ts';
import { overnightStamps } from './overnight-stamps.ts';
import { preEmptive } from './pre-emptive.ts';
import { reopened } from './reopened.ts';
import { smallCells } from './small-cells.ts';
import { stepReplaced } from './step-replaced.ts';
import { teamRenamed } from './team-renamed.ts';
import { leftTruncation, rightTruncation } from './truncation.ts';
import { uncheckedDefects } from './unchecked.ts';
import { unitSwitch } from './unit-switch.ts';
import { withdrawnAsDecided } from './withdrawn.ts';

/** Every defect that is looked for, in the order in which it is reported. */
export const allDetectors: readonly Detector[] = [
  futureTimes,
  duplicates,
  duplicateContacts,
  doubleKeying,
  clockReset,
  clockPause,
  monthEndBatches,
  overnightStamps,
  identicalTimes,
  onlyFinalState,
  missingTimes,
  leftTruncation,
  rightTruncation,
  mergedIdentities,
  placeholderPersons,
  offSystemGaps,
  offSystemWords,
  reopened,
  withdrawnAsDecided,
  preEmptive,
  stepReplaced,
  levelShift,
  teamRenamed,
  clockChange,
  unitSwitch,
  lateLogging,
  smallCells,
  ...uncheckedDefects,
];

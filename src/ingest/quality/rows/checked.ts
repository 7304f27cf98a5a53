import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';

/** What the rows of the checks are traced with. */
export interface Checked {
  readonly workspace: Workspace;
  readonly data: CheckedData;
  readonly shape: DataShape;
}

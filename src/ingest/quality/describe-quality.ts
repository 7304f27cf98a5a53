import type { QueryRecord, Result } from '../../core/index.ts';
import type { Workspace } from '../workspace.ts';
import { type CheckedData, naiveSourcesOf } from './checked-data.ts';
import { shapeOf } from './data-shape.ts';
import { defectsResult } from './defects-result.ts';
import { detectDefects } from './detect.ts';

function checkedData(workspace: Workspace): CheckedData {
  const { charter } = workspace.loaded;
  return {
    warehouse: workspace.warehouse,
    charter,
    tables: workspace.tables,
    timezone: charter.timezone,
    naiveSources: naiveSourcesOf(workspace.manifest),
  };
}

/** What the data can carry, before any figure is read: their faults, one Result each way of looking. */
export async function describeQuality(workspace: Workspace): Promise<readonly Result[]> {
  const data = checkedData(workspace);
  const base: QueryRecord[] = [];
  const shape = await shapeOf(data, base);
  const defectLog = [...base];
  const detections = await detectDefects(data, shape, defectLog);
  return [defectsResult(workspace, detections, defectLog)];
}

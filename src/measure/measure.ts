import type { Result } from '../core/index.ts';
import type { MeasureOptions, MeasureWorkspace } from './workspace.ts';

/** Every figure about outcomes, output, quality, inputs and productivity that the workspace can give. */
export async function measure(
  _workspace: MeasureWorkspace,
  _options: MeasureOptions = {},
): Promise<Result[]> {
  return [];
}

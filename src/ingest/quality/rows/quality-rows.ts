import type { Result } from '../../../core/index.ts';
import type { FigureRows } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import { shapeOf } from '../data-shape.ts';
import { checkedData } from '../describe-quality.ts';
import {
  conservationRows,
  frontAndBackRows,
  littlesLawRows,
  openWorkRows,
  restartRows,
} from './case-rows.ts';
import type { Checked } from './checked.ts';
import { dayRows, loggedRows, pausedRows } from './event-rows.ts';

type Planner = (checked: Checked, figure: string, result: Result) => FigureRows | Promise<FigureRows>;

const says =
  (noRows: string): Planner =>
  () => ({ noRows });
const called = (...ids: readonly string[]) => new RegExp(`^(${ids.join('|')})$`);

/** The planners of the checks' figures, and the figures that each knows. */
const planners: Readonly<Record<string, readonly (readonly [figures: RegExp, planner: Planner])[]>> = {
  'can-answer': [
    [called('yes', 'partly', 'not'), says('It counts questions of the home page, and no rows.')],
  ],
  defects: [
    [
      called('looked-for', 'found', 'material', 'not-checked'),
      says('It counts kinds of fault; the table says how many rows or cases each touches.'),
    ],
  ],
  'data-quality': [
    [
      called('cautions', 'empty-working-days'),
      says('It counts properties of fields, or days without a row; the tables have them.'),
    ],
    [called('lag-median', 'lag-p90', 'logged-early'), (_, figure) => loggedRows(figure)],
  ],
  'case-conservation': [[called('opened', 'closed', 'open', 'difference'), conservationRows]],
  'littles-law': [[called('ratio', 'outside'), littlesLawRows]],
  'open-work': [[called('open', 'median-age', 'p90-age', 'over-a-year', 'closed-median'), openWorkRows]],
  'clock-audit': [
    [
      called('restart-share', 'understated'),
      (checked, figure, result) => restartRows(checked, result, figure),
    ],
    [called('paused-share'), pausedRows],
  ],
  'days-worked': [
    [called('weekend', 'ordinary'), dayRows],
    [called('holidays', 'worked'), says('It counts days; the table has how many events fall on each.')],
  ],
  'front-and-back': [[called('until-work', 'until-told', 'after'), frontAndBackRows]],
};

/** Traces figures of the checks of the data to their rows. */
export type QualityTracer = (result: Result, figure: { readonly id: string }) => Promise<FigureRows | null>;

/**
 * Gives what traces any figure of the checks of the data to the rows behind it and those left out; null for a figure of
 * no check. The data are looked over when it is first asked.
 */
export function traceQuality(workspace: Workspace): QualityTracer {
  let checked: Promise<Checked> | undefined;
  const look = async (): Promise<Checked> => {
    const data = checkedData(workspace);
    return { workspace, data, shape: await shapeOf(data, []) };
  };
  return async (result, figure) => {
    const planner = planners[result.id]?.find(([figures]) => figures.test(figure.id))?.[1];
    if (!planner) return null;
    checked ??= look();
    return planner(await checked, figure.id, result);
  };
}

import type { ExtractKind } from '../../define/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import { CodedCells } from '../readers/cells.ts';
import type { Notice, RawBatch } from '../readers/raw-table.ts';
import { type LifecycleRule, transitionOf } from './transitions.ts';

/** What is done with a source's lifecycle column, and what to say of it. */
interface LifecycleChoice {
  readonly lifecycle?: LifecycleRule;
  readonly notices: readonly Notice[];
}

/** Looks at the lifecycle column of a source while it is read. */
export interface TransitionWatch {
  look(batch: RawBatch, plans: readonly ColumnPlan[]): void;
  /** What the rule comes to; without one, rows are joined where starts and completions both occur. */
  choose(as: ExtractKind, rule: LifecycleRule | undefined, stepColumn: string): LifecycleChoice;
}

/** Starts a watch over one source. */
export function watchTransitions(): TransitionWatch {
  let column: string | null = null;
  let starts = false;
  let ends = false;
  return {
    look(batch, plans) {
      const plan = plans.find(({ field }) => field?.name === 'lifecycle');
      if (!plan) return;
      column = plan.column;
      if (starts && ends) return;
      const cells = batch.columns[plan.index] ?? [];
      for (const word of cells instanceof CodedCells ? cells.words : cells) {
        const transition = word === '' ? null : transitionOf(word);
        starts ||= transition === 'start';
        ends ||= transition === 'complete';
      }
    },
    choose(as, rule, stepColumn) {
      if (as !== 'events') return { notices: [] };
      const both = column !== null && starts && ends;
      // A step that holds the transition itself is never the same at its start and at its end.
      const chosen = rule ?? (both && !stepColumn.split('+').includes(column ?? '') ? 'pair' : 'keep');
      if (!both || rule === 'pair') return { lifecycle: chosen, notices: [] };
      const what =
        chosen === 'pair'
          ? 'so the rows of one piece of work were joined into one; `keep` counts every row as it stands'
          : 'and every row counts as it stands; `pair` joins the rows of one piece of work';
      return {
        lifecycle: chosen,
        notices: [
          {
            code: 'LIFECYCLE_FOUND',
            message: `Column "${column}" holds starts and completions of steps, ${what} (option lifecycle).`,
          },
        ],
      };
    },
  };
}

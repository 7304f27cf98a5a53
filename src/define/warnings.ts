import { dateLabel, type WellspentError } from '../core/index.ts';
import type { LoadedCharter } from './charter.ts';
import { faultAt } from './fault-at.ts';

/**
 * What a reader should know before relying on the charter, none of which stops the work: assumptions past
 * their review date on `today` (ISO date), outcomes nobody measures, targets that cover only some cases.
 */
export function charterWarnings(loaded: LoadedCharter, today: string): readonly WellspentError[] {
  const { charter } = loaded;
  const overdue = (charter.assumptions ?? []).flatMap((assumption, index) =>
    assumption.review >= today.slice(0, 10)
      ? []
      : [
          faultAt(
            loaded,
            'CHARTER_REVIEW_DUE',
            ['assumptions', index, 'review'],
            `the assumption "${assumption.id}" was to be reviewed by ${dateLabel(assumption.review)}.`,
            {
              found: `review: ${assumption.review}`,
              hint: `ask ${assumption.owner} to confirm or change it`,
            },
          ),
        ],
  );
  const unmeasured = charter.outcomes.flatMap((outcome, index) =>
    outcome.measure !== undefined
      ? []
      : [
          faultAt(
            loaded,
            'CHARTER_OUTCOME_UNMEASURED',
            ['outcomes', index],
            `nobody measures the outcome "${outcome.title}".`,
            { found: `outcomes: ${outcome.id} has no measure`, hint: 'measure: the id of a quality measure' },
          ),
        ],
  );
  const partial = (charter.targets ?? []).flatMap((target, index) =>
    target.of === undefined || target.compare_with !== undefined
      ? []
      : [
          faultAt(
            loaded,
            'CHARTER_TARGET_PARTIAL',
            ['targets', index, 'of'],
            `the target "${target.title}" covers only some cases, and nothing beside it covers all.`,
            { found: `of: ${target.of}`, hint: 'compare_with: the id of a quality measure over all cases' },
          ),
        ],
  );
  return [...overdue, ...unmeasured, ...partial].toSorted(
    (a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0),
  );
}

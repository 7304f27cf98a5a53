import { dateLabel, type WellspentError } from '../core/index.ts';
import type { LoadedCharter } from './charter/charter.ts';
import { equivalenceGroups } from './equivalence-groups.ts';
import { faultAt } from './fault-at.ts';

/** Groups of outputs under one weight that have no owner, or no day from which they hold. */
function unownedGroups(loaded: LoadedCharter): readonly WellspentError[] {
  return equivalenceGroups(loaded.charter.outputs).flatMap(({ id, places, owner, since }) => {
    const missing = [...(owner === null ? ['group_owner'] : []), ...(since === null ? ['group_since'] : [])];
    if (missing.length === 0) return [];
    const without = [...(owner === null ? ['no owner'] : []), ...(since === null ? ['no date'] : [])];
    return [
      faultAt(
        loaded,
        'CHARTER_GROUP_UNOWNED',
        ['outputs', places[0] ?? 0, 'group'],
        `the group "${id}", whose outputs share one weight, has ${without.join(' and ')}.`,
        {
          found: `group: ${id}, without ${missing.join(' and ')}`,
          hint:
            owner === null
              ? 'group_owner: the role that answers for it'
              : 'group_since: the day from which it holds',
        },
      ),
    ];
  });
}

/**
 * What a reader should know before relying on the charter, none of which stops the work: assumptions past
 * their review date on `today` (ISO date), outcomes nobody measures, targets that cover only some cases, groups of
 * outputs that nobody owns.
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
  return [...overdue, ...unmeasured, ...partial, ...unownedGroups(loaded)].toSorted(
    (a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0),
  );
}

import type { QueryRecord, WellspentError } from '../core/index.ts';
import { runStep, sql, type Warehouse } from '../stores/index.ts';
import type { LoadedCharter } from './charter/charter.ts';
import { type NamedStep, stepsNamed } from './charter-expressions.ts';
import { faultAt } from './fault-at.ts';
import { editDistance, nearestName } from './suggest.ts';

/** A step that the charter names and that no event has, with the steps of the data that look most like it. */
export interface UnknownStep extends NamedStep {
  /** At most six, the nearest first; empty where there are no events. */
  readonly nearest: readonly string[];
}

const mostShown = 6;

function nearestSteps(written: string, known: readonly string[]): readonly string[] {
  const plain = (name: string) => name.toLowerCase().slice(0, 80);
  return known
    .map((step) => ({ step, distance: editDistance(plain(written), plain(step)) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, mostShown)
    .map(({ step }) => step);
}

/** Every step that the charter names and that never occurs in `events`, at each place where it is named. */
export async function findUnknownSteps(
  warehouse: Warehouse,
  loaded: LoadedCharter,
  log: QueryRecord[] = [],
): Promise<readonly UnknownStep[]> {
  const named = stepsNamed(loaded.charter);
  if (named.length === 0) return [];
  const rows = await runStep(
    warehouse,
    {
      name: 'steps_of_the_data',
      purpose: 'Every step that occurs, to tell which of the steps that the charter names never does.',
      sql: sql`select distinct step from events where step is not null order by step`,
    },
    log,
  );
  const known = rows.map(({ step }) => String(step));
  const occurs = new Set(known);
  return named
    .filter(({ step }) => !occurs.has(step))
    .map((step) => ({ ...step, nearest: nearestSteps(step.step, known) }));
}

/** The unknown steps as warnings, one for each line that names one: none of them stops the work. */
export function unknownStepWarnings(
  loaded: LoadedCharter,
  unknown: readonly UnknownStep[],
): readonly WellspentError[] {
  const told = new Set<string>();
  return unknown.flatMap(({ step, path, nearest }) => {
    const near = nearestName(step, nearest);
    const place = `${loaded.lineOf(path)} ${step}`;
    if (told.has(place)) return [];
    told.add(place);
    return [
      faultAt(loaded, 'CHARTER_STEP_UNKNOWN', path, `no event has the step "${step}".`, {
        found: nearest.length > 0 ? nearest.join(', ') : 'no events',
        hint:
          near !== undefined
            ? `did you mean "${near}"?`
            : nearest.length > 0
              ? 'write the step as the data do'
              : 'add an extract of events',
      }),
    ];
  });
}

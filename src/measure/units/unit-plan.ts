import type { Charter, Facts, Input, QualityMeasure } from '../../define/index.ts';
import type { Study } from '../study.ts';

type UnitsSection = NonNullable<Charter['units']>;

/** A quality measure as a part of the comparison. */
export interface UnitPart {
  readonly measure: QualityMeasure;
  readonly isShare: boolean;
  /** True where it tells who comes: shown and weighed as it is, without allowing for case mix. */
  readonly asTheyCome: boolean;
}

/** What is compared, resolved from the charter. */
export interface UnitPlan {
  readonly section: UnitsSection;
  readonly members: readonly { readonly unit: string; readonly title: string; readonly input: Input }[];
  /** Measures worked out from cases, those with weight first. */
  readonly parts: readonly UnitPart[];
  /** Titles of weighed measures that cannot be told by unit: they are taken to be alike. */
  readonly takenAsAlike: readonly string[];
  readonly weightOfAlike: number;
  /** Places of the outputs that are counted from cases. */
  readonly outputs: readonly number[];
  readonly starts: readonly string[];
}

/** Why units cannot be compared, and what would help. */
export interface CannotCompare {
  readonly why: string;
  readonly next: string;
}

/** What one unit uses over some periods. */
export function usedBy(study: Study, input: Input, starts: readonly string[]): number {
  const wanted = new Set(starts);
  const index = study.data.inputList.findIndex(({ id }) => id === input.id);
  return study.data.inputs
    .filter((cell) => cell.input === index && wanted.has(cell.period))
    .reduce((sum, cell) => sum + (cell.volume ?? 0), 0);
}

function partsOf({ plan }: Study, section: UnitsSection): readonly UnitPart[] {
  return plan.measures
    .filter(
      ({ measure }) =>
        measure.from === 'cases' && (measure.share !== undefined || measure.mean !== undefined),
    )
    .map(({ measure }) => ({
      measure,
      isShare: measure.share !== undefined,
      asTheyCome: section.as_they_come?.includes(measure.id) ?? false,
    }))
    .toSorted((a, b) => Number(b.measure.weight > 0) - Number(a.measure.weight > 0));
}

/** Resolves the charter's section on units against the data; null where there is none. */
export function planUnits(
  study: Study,
  facts: Facts | null,
  periodsWanted: number,
): UnitPlan | CannotCompare | null {
  const { charter, outputs, measures } = study.plan;
  const section = charter.units;
  if (!section) return null;
  const what = section.title.toLowerCase();
  const fromCases = outputs.flatMap((output, o) => (output.from === 'cases' ? [o] : []));
  if (!facts || fromCases.length === 0)
    return {
      why: `${what} are compared case by case, and no output is counted from cases`,
      next: `Add a file with a row for each case, and the column that names its ${what}.`,
    };
  const weighed = measures.filter(({ measure }) => measure.weight > 0);
  if (weighed.some((planned) => fromCases.some((o) => !planned.outputs.includes(o))))
    return {
      why: 'the weighed quality measures do not all speak for the same outputs',
      next: 'Let each weighed quality measure speak for all outputs, or compare one output at a time.',
    };
  const members = section.members.flatMap(({ unit, title, input }) => {
    const found = (charter.inputs ?? []).find(({ id }) => id === input);
    return found ? [{ unit, title: title ?? unit, input: found }] : [];
  });
  const hasInputs = (start: string) => members.every(({ input }) => usedBy(study, input, [start]) > 0);
  const starts = study.complete.filter(hasInputs).slice(-periodsWanted);
  if (starts.length === 0)
    return {
      why: `there is no whole period for which it is known what all ${what} used`,
      next: 'Add inputs of the same periods for each of them.',
    };
  const parts = partsOf(study, section);
  const alike = weighed.filter(({ measure }) => !parts.some((part) => part.measure.id === measure.id));
  return {
    section,
    members,
    parts,
    takenAsAlike: alike.map(({ measure }) => measure.title),
    weightOfAlike: alike.reduce((sum, { measure }) => sum + measure.weight, 0),
    outputs: fromCases,
    starts,
  };
}

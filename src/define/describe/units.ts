import { listInWords, type Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { inEnglish, shareInEnglish } from '../in-english.ts';
import { type Said, saidTable } from './table-of.ts';

/** What the charter says of the units that are compared, as a table; none where it says nothing. */
export function unitsTable({ units, inputs = [], quality = [], clocks = [] }: Charter): readonly Table[] {
  if (!units) return [];
  const inputOf = (id: string) => inputs.find((input) => input.id === id)?.title ?? id;
  const measureOf = (id: string) => quality.find((measure) => measure.id === id)?.title ?? id;
  const { case_mix = [], as_they_come = [], practices = [] } = units;
  const said: readonly Said[] = [
    ['What they are', units.kind],
    ['The column that tells them apart', units.column],
    ...units.members.map(
      ({ unit, title, input }): Said => [`What ${title ?? unit} uses`, `the input "${inputOf(input)}"`],
    ),
    [
      'What the figure in use counts',
      units.counted === undefined ? 'the outputs' : inEnglish(units.counted, clocks),
    ],
    ['Cases alike in these are compared', case_mix.length > 0 ? listInWords(case_mix) : undefined],
    ['What a case takes', units.effort === undefined ? undefined : inEnglish(units.effort, clocks)],
    [
      'Shown without allowing for case mix',
      as_they_come.length > 0 ? listInWords(as_they_come.map(measureOf)) : undefined,
    ],
    ...practices.map(({ title, share, of }): Said => [title, shareInEnglish(share, of, clocks)]),
  ];
  return saidTable('units', `${units.title} that are compared`, said);
}

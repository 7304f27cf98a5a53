import { countOf, dateLabel, formatValue, listInWords, type Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import type { Assumption } from '../charter/costs.ts';
import { inEnglish, shareInEnglish } from '../in-english.ts';
import { tableOf } from './table-of.ts';

/** What the service intends, and how it is measured. */
export function outcomesTable({ outcomes, quality = [] }: Charter): readonly Table[] {
  return tableOf(
    'outcomes',
    'Intended outcomes',
    [
      ['outcome', 'Outcome'],
      ['for_whom', 'For whom'],
      ['measured_by', 'How it is measured'],
    ],
    outcomes.map((outcome) => ({
      outcome: outcome.title,
      for_whom: outcome.for_whom ?? '',
      measured_by: quality.find((measure) => measure.id === outcome.measure)?.title ?? 'not measured',
    })),
  );
}

function valueInWords(assumption: Assumption | undefined): string {
  if (!assumption) return '';
  const unit = assumption.unit ? ` ${assumption.unit}` : '';
  if (assumption.value !== undefined) return `${formatValue(assumption.value, 'number')}${unit}`;
  return `${countOf(Object.keys(assumption.by_period ?? {}).length, 'value')} over time${unit && ` in${unit}`}`;
}

/** "answers: the same answer (Head of service, since 1 April 2024)". */
function groupInWords({ group, group_reason, group_owner, group_since }: Charter['outputs'][number]): string {
  if (group === undefined) return '';
  const said = [group_owner, group_since && `since ${dateLabel(group_since)}`].filter(Boolean).join(', ');
  return `${[group, group_reason].filter(Boolean).join(': ')}${said && ` (${said})`}`;
}

/** What the service produces, and what counts. */
export function outputsTable(charter: Charter): readonly Table[] {
  const { outputs, clocks = [], assumptions = [] } = charter;
  const cost = (output: Charter['outputs'][number]) => {
    if (output.unit_cost === undefined)
      return output.from === 'volumes' ? 'from the volumes table, where it gives one' : 'not stated';
    return valueInWords(assumptions.find(({ id }) => id === output.unit_cost));
  };
  return tableOf(
    'outputs',
    'What the service produces',
    [
      ['output', 'Output'],
      ['unit', 'One is'],
      ['counts', 'What counts'],
      ['placed_by', 'Placed in a period by'],
      ['unit_cost', 'Cost of one'],
      ['group', 'Same service by another route'],
    ],
    outputs.map((output) => ({
      output: output.essential ? `${output.title} (essential)` : output.title,
      unit: output.unit,
      counts:
        output.measured_by === 'inputs'
          ? 'its inputs, as it has no measure of its own'
          : output.from === 'volumes'
            ? 'totals from the volumes table'
            : output.where === undefined
              ? 'all cases'
              : inEnglish(output.where, clocks),
      placed_by: output.from === 'volumes' ? 'its period' : (output.at ?? 'closed'),
      unit_cost: cost(output),
      group: groupInWords(output),
    })),
  );
}

/** How quality is measured, with weights and whose they are. */
export function qualityTable({ quality = [], outputs, clocks = [] }: Charter): readonly Table[] {
  const titleOf = (id: string) => outputs.find((output) => output.id === id)?.title ?? id;
  return tableOf(
    'quality',
    'How quality is measured',
    [
      ['measure', 'Measure'],
      ['speaks_for', 'Speaks for'],
      ['worked_out', 'Worked out as'],
      ['better', 'Better when'],
      ['weight', 'Weight', 'share'],
      ['weight_source', 'Whose weight, and why'],
    ],
    quality.map((measure) => ({
      measure: measure.title,
      speaks_for: measure.outputs === 'all' ? 'all outputs' : listInWords(measure.outputs.map(titleOf)),
      worked_out:
        measure.from === 'quality'
          ? `values from the quality table named "${measure.measure ?? measure.id}"`
          : measure.share !== undefined
            ? shareInEnglish(measure.share, measure.of, clocks)
            : `the mean of ${inEnglish(measure.mean ?? '', clocks)}${measure.of ? `, over ${inEnglish(measure.of, clocks)}` : ''}`,
      better: measure.direction,
      weight: measure.weight,
      weight_source: measure.weight_source,
    })),
    ['The weights that speak for one output add to 100%. They are never rescaled.'],
  );
}

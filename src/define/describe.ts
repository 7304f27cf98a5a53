import {
  type CellValue,
  type Column,
  type ColumnType,
  countOf,
  dateLabel,
  formatValue,
  listInWords,
  provenance,
  type Result,
  type Table,
} from '../core/index.ts';
import type { Charter, LoadedCharter } from './charter/charter.ts';
import type { Assumption } from './charter/costs.ts';
import type { Input } from './charter/outputs.ts';
import type { Clock } from './charter/ways-of-working.ts';
import { paymentsTable } from './describe-payments.ts';
import { unitsTable } from './describe-units.ts';
import { waitsTable } from './describe-waits.ts';
import { inEnglish, shareInEnglish } from './in-english.ts';
import { charterWarnings } from './warnings.ts';

type Row = Readonly<Record<string, CellValue>>;

function tableOf(
  id: string,
  title: string,
  columns: readonly (readonly [key: string, title: string, type?: ColumnType])[],
  rows: readonly Row[],
  notes: readonly string[] = [],
): readonly Table[] {
  if (rows.length === 0) return [];
  const specs: Column[] = columns.map(([key, name, type = 'text']) => ({ key, title: name, type }));
  return [{ id, title, columns: specs, rows, ...(notes.length > 0 ? { notes } : {}) }];
}

const quoted = (steps: readonly string[]) => steps.map((step) => `"${step}"`);

function momentInWords(moment: Clock['start'], otherwise: 'first' | 'last'): string {
  if ('column' in moment) return `the time in the column "${moment.column}"`;
  const which = moment.which ?? otherwise;
  if (typeof moment.step === 'string') return `the ${which} "${moment.step}"`;
  return `the ${which} of ${listInWords(quoted(moment.step))}`;
}

function outcomesTable({ outcomes, quality = [] }: Charter): readonly Table[] {
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

function outputsTable(charter: Charter): readonly Table[] {
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

function qualityTable({ quality = [], outputs, clocks = [] }: Charter): readonly Table[] {
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

function floorsAndTargets({
  floors = [],
  targets = [],
  quality = [],
  clocks = [],
}: Charter): readonly Table[] {
  return [
    ...tableOf(
      'floors',
      'Floors: what may not be traded away',
      [
        ['floor', 'Floor'],
        ['measure', 'Worked out as'],
        ['at_least', 'At least', 'share'],
        ['why', 'Why'],
      ],
      floors.map((floor) => ({
        floor: floor.title,
        measure: shareInEnglish(floor.share, floor.of, clocks),
        at_least: floor.at_least,
        why: floor.why,
      })),
    ),
    ...tableOf(
      'targets',
      'Targets in use',
      [
        ['target', 'Target'],
        ['measure', 'Worked out as'],
        ['at_least', 'At least', 'share'],
        ['covers', 'Whom it covers'],
        ['since', 'Since', 'date'],
        ['compare_with', 'The same asked of everyone'],
      ],
      targets.map((target) => ({
        target: target.title,
        measure:
          target.share === undefined
            ? 'the measure in the last column'
            : shareInEnglish(target.share, target.of, clocks),
        at_least: target.at_least,
        covers: target.of === undefined ? 'all cases' : `covers only ${inEnglish(target.of, clocks)}`,
        since: target.since ?? null,
        compare_with: quality.find(({ id }) => id === target.compare_with)?.title ?? '',
      })),
    ),
  ];
}

function clocksTable({ clocks = [] }: Charter): readonly Table[] {
  return tableOf(
    'clocks',
    'How time is counted',
    [
      ['clock', 'Clock'],
      ['starts', 'Starts at'],
      ['stops', 'Stops at'],
      ['restarts', 'Starts again from nothing at'],
      ['pauses', 'Stands still'],
    ],
    clocks.map((clock) => ({
      clock: clock.title,
      starts: momentInWords(clock.start, 'first'),
      stops: momentInWords(clock.stop, 'last'),
      restarts: clock.restart ? `each ${listInWords(quoted(clock.restart))} before the stop` : 'never',
      pauses: clock.pause
        ? listInWords(clock.pause.map(({ from, to }) => `from "${from}" to the next "${to}"`))
        : 'never',
    })),
    ['Days are counted by the calendar where the data hold dates without a time of day.'],
  );
}

function changesTable({ changes = [] }: Charter): readonly Table[] {
  return tableOf(
    'changes',
    'What was changed in how the work is done',
    [
      ['change', 'Change'],
      ['on', 'From', 'date'],
    ],
    changes.map(({ title, on }) => ({ change: title, on })),
  );
}

function linkedSeriesTables({
  annual_figures = [],
  discontinuities = [],
  outputs,
  inputs = [],
}: Charter): readonly Table[] {
  const titleOf = (output?: string, input?: string) =>
    (output === undefined ? inputs : outputs).find(({ id }) => id === (output ?? input))?.title ?? '';
  const joined = ({ link }: NonNullable<Charter['discontinuities']>[number]) =>
    link === 'none'
      ? 'by nothing: no growth is told across the day'
      : 'overlap' in link
        ? 'by periods counted both ways'
        : `by judgement (${link.source})`;
  return [
    ...tableOf(
      'annual-figures',
      'Annual figures that periods are held to',
      [
        ['series', 'Output or input'],
        ['year', 'Year from', 'date'],
        ['total', 'Total of the year', 'number'],
        ['source', 'Source'],
      ],
      annual_figures.flatMap(({ output, input, of, figures, source }) =>
        Object.entries(figures)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([year, total]) => ({
            series: `${titleOf(output, input)}${of === 'cost' ? ', as cost' : ''}`,
            year,
            total,
            source,
          })),
      ),
    ),
    ...tableOf(
      'discontinuities',
      'What is no longer counted as it was',
      [
        ['series', 'Output or input'],
        ['on', 'From', 'date'],
        ['what', 'What changed'],
        ['joined', 'How both sides are joined'],
        ['decided', 'Decided by'],
        ['evidence', 'Evidence'],
      ],
      discontinuities.map((one) => ({
        series: titleOf(one.output, one.input),
        on: one.on,
        what: one.title,
        joined: joined(one),
        decided: one.decided_by,
        evidence: one.evidence,
      })),
    ),
  ];
}

function contactsTable({ contacts, inputs = [] }: Charter): readonly Table[] {
  if (!contacts) return [];
  const { failure = {}, hours = [] } = contacts;
  const titleOf = (id: string) => inputs.find((input) => input.id === id)?.title ?? id;
  const said: readonly (readonly [string, string | undefined])[] = [
    ['Reasons that the service is there for', contacts.value?.join(', ')],
    ['Reasons that chase', failure.chasing?.join(', ')],
    ['Reasons that ask what a letter or decision means', failure.clarifying?.join(', ')],
    ['Reasons that something was done wrong', failure.correcting?.join(', ')],
    ['Complaints and appeals', failure.complaint?.join(', ')],
    ['Other failures', failure.other?.join(', ')],
    ['A contact on the same issue is a repeat within', `${contacts.repeat_days ?? 14} days`],
    ['What a contact is about stands in the column', contacts.topic ?? 'reason'],
    ['Channels on which nobody is spoken to', contacts.automated?.join(', ')],
    ['Something is still to be done where this column says yes', contacts.open_action],
    ['Steps that move a case on', contacts.advancing?.join(', ')],
    ['Steps that send the person something', contacts.outbound?.join(', ')],
    ...hours.map(
      ({ team, title, input }) =>
        [`Paid hours of ${title ?? team}`, `the input "${titleOf(input)}"`] as const,
    ),
  ];
  return tableOf(
    'contacts',
    'What contacts are about, and who handles them',
    [
      ['what', 'What'],
      ['is', 'As the charter says'],
    ],
    said.flatMap(([what, is]) => (is === undefined ? [] : [{ what, is }])),
  );
}

/** What an input declares of its error, in words. */
function errorInWords({ percent, source, shared }: NonNullable<Input['error']>): string {
  return `its change may be out by ${percent}% (standard error; ${source})${shared ? `, alike for all that share "${shared}"` : ''}`;
}

function endingsAndGroups({
  endings = [],
  groups = [],
  clocks = [],
  inputs = [],
}: Charter): readonly Table[] {
  const declares = inputs.some(({ error }) => error);
  return [
    ...tableOf(
      'inputs',
      'What the service uses',
      [
        ['input', 'Input'],
        ['category', 'Kind'],
        ['name', 'Name in the inputs table'],
        ...(declares ? ([['error', 'Declared error']] as const) : []),
      ],
      inputs.map((input) => ({
        input: input.title,
        category: input.category,
        name: input.input ?? input.id,
        ...(declares ? { error: input.error ? errorInWords(input.error) : 'none: it counts as exact' } : {}),
      })),
    ),
    ...tableOf(
      'endings',
      'How cases end',
      [
        ['order', 'Tried', 'count'],
        ['ending', 'Ending'],
        ['where', 'Which cases'],
      ],
      endings.map((ending, index) => ({
        order: index + 1,
        ending: ending.title,
        where: inEnglish(ending.where, clocks),
      })),
      ["The first ending that holds is the case's."],
    ),
    ...tableOf(
      'groups',
      'How figures are split',
      [
        ['group', 'Split'],
        ['column', 'Column'],
      ],
      groups.map((group) => ({ group: group.title, column: group.column })),
    ),
  ];
}

function assumptionsTable({ assumptions = [] }: Charter, today: string | undefined): readonly Table[] {
  const rows = assumptions.flatMap((assumption) => {
    const values: readonly (readonly [string | null, number | null])[] = assumption.by_period
      ? Object.entries(assumption.by_period).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : [[null, assumption.value ?? null]];
    return values.map(([from, value]) => ({
      statement: assumption.statement,
      value,
      unit: assumption.unit ?? '',
      from,
      source: assumption.source,
      owner: assumption.owner,
      review: assumption.review,
      ...(today === undefined ? {} : { overdue: assumption.review < today }),
    }));
  });
  const overdue: readonly [string, string][] = today === undefined ? [] : [['overdue', 'Review overdue']];
  return tableOf(
    'assumptions',
    'What is assumed',
    [
      ['statement', 'Assumption'],
      ['value', 'Value', 'number'],
      ['unit', 'Unit'],
      ['from', 'Holds from', 'date'],
      ['source', 'Source'],
      ['owner', 'Owner'],
      ['review', 'To be reviewed by', 'date'],
      ...overdue,
    ],
    rows,
  );
}

/** Settings of describing a charter. */
export interface DescribeOptions {
  /** Today, as an ISO date: assumptions past their review date are then pointed out. */
  readonly today?: string;
}

/**
 * The charter in plain English as a Result (id `charter`): what the service is for, and tables `outcomes`,
 * `outputs`, `quality`, `inputs`, `floors`, `targets`, `clocks`, `annual-figures`, `discontinuities`, `endings`, `groups`, `waits`, `assumptions` and
 * `unmeasured`, each present where the charter has such entries.
 */
export function describeCharter(loaded: LoadedCharter, options: DescribeOptions = {}): Result {
  const { charter, hash } = loaded;
  const today = options.today?.slice(0, 10);
  const missing = charter.outcomes.filter(({ measure }) => measure === undefined);
  const partial = (charter.targets ?? []).filter(({ of }) => of !== undefined);
  const warnings = today === undefined ? [] : charterWarnings(loaded, today);
  const overdue = warnings.filter(({ code }) => code === 'CHARTER_REVIEW_DUE');
  const measured = charter.outcomes.length - missing.length;
  const purpose = charter.purpose.trim();
  return {
    id: 'charter',
    question: 'What is this service for, and what do we mean by productive?',
    answer: /[.!?]$/.test(purpose) ? purpose : `${purpose}.`,
    status: missing.length > 0 ? 'caution' : 'sound',
    figures: [
      {
        id: 'outcomes-measured',
        name: `Intended outcomes that are measured, of ${charter.outcomes.length}`,
        value: measured,
        unit: 'count',
        interval: null,
        period: null,
      },
    ],
    tables: [
      ...outcomesTable(charter),
      ...outputsTable(charter),
      ...qualityTable(charter),
      ...floorsAndTargets(charter),
      ...clocksTable(charter),
      ...changesTable(charter),
      ...linkedSeriesTables(charter),
      ...contactsTable(charter),
      ...paymentsTable(charter),
      ...unitsTable(charter),
      ...endingsAndGroups(charter),
      ...waitsTable(charter),
      ...assumptionsTable(charter, today),
      ...tableOf(
        'unmeasured',
        'What matters and is not measured',
        [['what', 'What is not measured']],
        [...missing.map(({ title }) => title), ...(charter.unmeasured ?? [])].map((what) => ({ what })),
      ),
    ],
    charts: [],
    caveats: [
      ...(charter.demonstration ? ['The data of this service are made up, for demonstration.'] : []),
      ...(charter.about ? [charter.about.trim()] : []),
      ...missing.map(({ title }) => `Nobody measures the outcome "${title}".`),
      ...partial.map(
        ({ title, of = '' }) => `The target "${title}" covers only ${inEnglish(of, charter.clocks ?? [])}.`,
      ),
      ...overdue.map(({ message }) => `${message.charAt(0).toUpperCase()}${message.slice(1)}`),
    ],
    next: [
      ...(missing.length > 0
        ? [`Find a measure for ${countOf(missing.length, 'outcome')} that nobody measures.`]
        : []),
      ...(overdue.length > 0 ? [`Ask the owners to review ${countOf(overdue.length, 'assumption')}.`] : []),
    ],
    provenance: provenance({
      method: `The charter, version ${charter.version}, in force from ${dateLabel(charter.effective)}, answered for by: ${charter.owner}.`,
      charter: { service: charter.service, version: charter.version, hash },
    }),
  };
}

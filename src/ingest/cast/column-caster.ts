import type { CodedNumbers, CodedTexts, ColumnSpec, ColumnValues } from '../../stores/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import { StyleOpen } from '../mapping/whole-styles.ts';
import type { Pseudonymise } from '../pseudonyms.ts';
import { type Cells, textsOf } from '../readers/cells.ts';
import { type TimeRules, timeFlags } from '../time/parse-time.ts';
import { castBooleans, castPeriods } from './cast-cells.ts';
import { attributeReading, fieldReading, NumberCaster } from './cast-numbers.ts';
import { TextCaster } from './cast-texts.ts';
import { type CastTimes, TimeCaster } from './cast-times.ts';
import { plainNumbers } from './coded-numbers.ts';
import { type Counters, commasOf, countComma, countFlags } from './counters.ts';
import type { RowFaults } from './row-faults.ts';
import { idReading, nameReading, pseudonymReading, type TextReading, textReading } from './text-readings.ts';

/** Values of one column ready to be staged. */
export type StagedValues = ColumnValues | CodedTexts | CodedNumbers;

/** One column ready to be staged. */
export interface Column {
  readonly spec: ColumnSpec;
  readonly values: StagedValues;
}

/** What holds for all columns of a source. */
export interface ColumnRules {
  readonly pseudonymise: Pseudonymise;
  readonly nulls: ReadonlySet<string>;
  /** Words for "missing" that hold for identifiers too: only those the charter states. */
  readonly statedNulls: ReadonlySet<string>;
  readonly timeRules: (column: string) => TimeRules;
  readonly counters: Counters;
  /** Minutes in one unit of the column mapped to `minutes`; 1 by default. */
  readonly minutesEach?: number;
  /** True if the decimal mark of all columns was said. */
  readonly isStyleStated?: boolean;
  /** True for a column whose decimal mark was decided from its first rows alone. */
  readonly mayOpenStyle?: (column: string) => boolean;
}

/** Casts the cells of one column, batch by batch. */
export type ColumnCaster = (cells: Cells, faults: RowFaults) => readonly Column[];

const noNulls: ReadonlySet<string> = new Set();

/** Times as the two columns that they are staged in. */
export function timeColumns(staged: string, times: CastTimes): readonly Column[] {
  return [
    { spec: { name: staged, kind: 'timestamp' }, values: times.instants },
    { spec: { name: `${staged}_wall`, kind: 'timestamp' }, values: times.walls },
  ];
}

/** Makes the caster of the times in a column. */
export function timeCasterFor({ column }: ColumnPlan, rules: ColumnRules): TimeCaster {
  return new TimeCaster(column, rules.nulls, rules.timeRules(column), rules.counters);
}

/** How the texts of a column read; null where it holds none. */
function textReadingOf({ field, kind, staged }: ColumnPlan, rules: ColumnRules): TextReading | null {
  const { nulls, pseudonymise, statedNulls } = rules;
  if (!field) return kind === 'text' ? textReading(nulls) : null;
  switch (field.reading) {
    case 'id':
      return idReading(field.identity ?? 'case', pseudonymise);
    case 'pseudonym':
      return pseudonymReading(field.identity ?? 'person', statedNulls, pseudonymise);
    case 'name':
      return field.required === true
        ? nameReading(staged === 'step' ? 'STEP_EMPTY' : 'REQUIRED_EMPTY')
        : textReading(noNulls);
    case 'text':
      return textReading(nulls);
    default:
      return null;
  }
}

/** Makes the caster of one column, by what it is planned to become. */
export function columnCasterFor(plan: ColumnPlan, rules: ColumnRules): ColumnCaster {
  const { column, field, staged, style } = plan;
  const { counters, minutesEach = 1, nulls } = rules;
  const one = (kind: ColumnSpec['kind'], values: StagedValues): readonly Column[] => [
    { spec: { name: staged, kind }, values },
  ];
  const textual = textReadingOf(plan, rules);
  if (textual) {
    // Each text of coded cells is read once, so its pseudonym need not be remembered.
    const once = { ...rules, pseudonymise: rules.pseudonymise.once ?? rules.pseudonymise };
    const texts = new TextCaster(column, textual, textReadingOf(plan, once) ?? textual);
    return (cells, faults) => one('text', texts.cast(cells, faults));
  }
  if (!field) {
    const numbers = new NumberCaster(column, attributeReading(plan, nulls, rules.timeRules(column)), (text) =>
      countFlags(counters, timeFlags.sentinel, text),
    );
    return (cells, faults) => one(plan.kind, numbers.cast(cells, faults));
  }
  switch (field.reading) {
    case 'number': {
      const commas = commasOf(counters, column);
      const told = (text: string) => {
        const isNews = countComma(commas, text);
        if (isNews && rules.mayOpenStyle?.(column)) throw new StyleOpen({ column, index: plan.index });
      };
      const numbers = new NumberCaster(
        column,
        fieldReading(nulls, style, field, style === 'comma' || rules.isStyleStated ? undefined : told),
      );
      const each = field.name === 'minutes' ? minutesEach : 1;
      return (cells, faults) => {
        const own = numbers.cast(cells, faults);
        return one('number', each === 1 ? own : plainNumbers(own).map((value) => value * each));
      };
    }
    case 'boolean':
      return (cells, faults) => one('boolean', castBooleans(textsOf(cells), column, nulls, faults));
    case 'period':
      return (cells, faults) =>
        one('date', castPeriods(textsOf(cells), column, rules.timeRules(column), counters, faults));
    default: {
      const times = timeCasterFor(plan, rules);
      return (cells, faults) => timeColumns(staged, times.cast(cells, faults));
    }
  }
}

import type { ColumnSpec } from '../../stores/index.ts';
import type { ColumnPlan } from '../mapping/column-plan.ts';
import { isPlainNumber, parseNumber } from '../numbers.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';

/** Says that an attribute is not what its first values promised; caught where the import starts again. */
export class AttributeChanged extends Error {
  readonly column: string;

  constructor(column: string) {
    super(`column ${column} is text after all`);
    this.name = 'AttributeChanged';
    this.column = column;
  }
}

const reading = newReading();

/** Casts an attribute that is planned to hold numbers or times. */
export function castAttribute(
  plan: ColumnPlan,
  cells: readonly string[],
  nulls: ReadonlySet<string>,
  rules: TimeRules,
): { readonly spec: ColumnSpec; readonly values: Float64Array } {
  const { column, staged, kind, style } = plan;
  const out = new Float64Array(cells.length).fill(Number.NaN);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as string;
    if (cell === '') continue;
    const text = cell.trim();
    if (text === '' || nulls.has(text)) continue;
    if (kind === 'number') {
      const value = style === 'comma' || isPlainNumber(text) ? parseNumber(text, style) : Number.NaN;
      if (Number.isNaN(value)) throw new AttributeChanged(column);
      out[i] = value;
    } else {
      if (!parseTime(text, rules, reading)) throw new AttributeChanged(column);
      if ((reading.flags & timeFlags.sentinel) === 0) out[i] = reading.instant;
    }
  }
  return { spec: { name: staged, kind }, values: out };
}

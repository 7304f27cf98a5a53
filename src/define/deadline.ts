import type { ColumnSpec } from '../stores/index.ts';
import { type Expression, parseExpression, printExpression } from './expression/index.ts';

/** A condition that a duration be at most so many days: the two moments, as expressions, and the days between. */
export interface Deadline {
  readonly started: string;
  readonly stopped: string;
  /** The function of the language that counts the days between them. */
  readonly by: 'days_between' | 'date_days_between' | 'working_days_between';
  /** Days of the calendar; of working days as many, so that the deadline told is the true one or earlier. */
  readonly days: number;
}

const between = ['days_between', 'date_days_between', 'working_days_between'] as const;

function momentsOf(duration: Expression): Omit<Deadline, 'days'> | null {
  if (duration.kind === 'call') {
    const by = between.find((name) => name === duration.name);
    const [started, stopped] = duration.args;
    return by && started && stopped
      ? { started: printExpression(started), stopped: printExpression(stopped), by }
      : null;
  }
  if (duration.kind !== 'column' || !duration.name.endsWith('_days')) return null;
  if (duration.name === 'duration_days')
    return { started: 'first_at', stopped: 'last_at', by: 'days_between' };
  const clock = duration.name.slice(0, -'_days'.length);
  return { started: `${clock}_started`, stopped: `${clock}_stopped`, by: 'days_between' };
}

function fromComparison(part: Expression): Deadline | null {
  if (part.kind !== 'compare') return null;
  const isUpper = part.operator === '<=' || part.operator === '<';
  const isLower = part.operator === '>=' || part.operator === '>';
  const [duration, limit] = isUpper ? [part.left, part.right] : [part.right, part.left];
  if (!(isUpper || isLower) || duration.kind === 'number') return null;
  // A moment that may be no later than the one in a column.
  if (limit.kind === 'column')
    return { started: limit.name, stopped: printExpression(duration), by: 'days_between', days: 0 };
  if (limit.kind !== 'number') return null;
  const moments = momentsOf(duration);
  return moments && { ...moments, days: limit.value };
}

/**
 * The deadline in a condition such as `end_to_end_days <= 21`, alone or joined to others by `and`; null where there is
 * none or more than one.
 */
export function deadlineOf(text: string): Deadline | null {
  const { expression } = parseExpression(text);
  if (!expression) return null;
  const parts =
    expression.kind === 'logic' && expression.operator === 'and' ? expression.parts : [expression];
  const found = parts.flatMap((part) => fromComparison(part) ?? []);
  const [deadline] = found;
  return found.length === 1 && deadline ? deadline : null;
}

/** True where the data can have both moments of a deadline: each is a time or date among the columns, or made from some. */
export function hasMomentsOf({ started, stopped }: Deadline, columns: readonly ColumnSpec[]): boolean {
  const known = new Set(
    columns.flatMap(({ name, kind }) => (kind === 'timestamp' || kind === 'date' ? [name] : [])),
  );
  return [started, stopped].every((moment) => !/^[a-z_]\w*$/iu.test(moment) || known.has(moment));
}

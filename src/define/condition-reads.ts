import { everyPart, parseExpression } from './expression/index.ts';

/** What a condition of the charter rests on: the steps that it counts, and whether it reads times. */
export interface ConditionReads {
  /** Steps of which it asks whether, or how often, a case has them; not those whose time alone it asks for. */
  readonly counts: ReadonlySet<string>;
  readonly times: boolean;
}

const timeFunctions = new Set(['first', 'last', 'days_between', 'date_days_between', 'working_days_between']);
const timeColumn = /^(opened|closed|first_at|last_at|duration_days)$|_(days|started|stopped)$/;

/** Reads a condition for what it rests on; one that cannot be read rests on nothing. */
export function conditionReads(text: string): ConditionReads {
  const { expression } = parseExpression(text);
  const parts = expression ? everyPart(expression) : [];
  const counts = parts.flatMap((part) =>
    part.kind === 'call' && (part.name === 'has' || part.name === 'count')
      ? part.args.flatMap((arg) => (arg.kind === 'text' ? [arg.value] : []))
      : [],
  );
  const times = parts.some(
    (part) =>
      (part.kind === 'call' && timeFunctions.has(part.name)) ||
      (part.kind === 'column' && timeColumn.test(part.name)),
  );
  return { counts: new Set(counts), times };
}

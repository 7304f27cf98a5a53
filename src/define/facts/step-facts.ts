import { identifier, joinSql, type Sql, sql } from '../../stores/index.ts';
import type { StepPart } from '../expression/index.ts';

/** Temporary table: one row a case, what is needed about its steps. */
export const stepTable = 'facts_steps';

type Needed = StepPart | 'last_position';

interface StepSet {
  readonly steps: readonly string[];
  readonly number: number;
  readonly parts: Set<Needed>;
}

/**
 * The steps whose counts and times are needed, each set of steps once, so that one pass over the events
 * works out all of them. A set of several steps is asked for by clocks that start at any of them.
 */
export class StepNeeds {
  readonly #sets = new Map<string, StepSet>();

  need(steps: readonly string[], ...parts: readonly Needed[]): void {
    const key = JSON.stringify(steps.toSorted());
    const set = this.#sets.get(key) ?? { steps, number: this.#sets.size + 1, parts: new Set<Needed>() };
    for (const part of parts) set.parts.add(part);
    this.#sets.set(key, set);
  }

  /** The column that holds a part, or undefined when it was not asked for before the pass. */
  columnOf(steps: readonly string[], part: Needed): string | undefined {
    const set = this.#sets.get(JSON.stringify(steps.toSorted()));
    return set?.parts.has(part) ? `steps_${set.number}_${part}` : undefined;
  }

  get columns(): readonly string[] {
    return [...this.#sets.values()].flatMap(({ number, parts }) =>
      [...parts].flatMap((part) =>
        part === 'first' || part === 'last'
          ? [`steps_${number}_${part}`, `steps_${number}_${part}_wall`]
          : [`steps_${number}_${part}`],
      ),
    );
  }

  /** "steps_1 is Payment; steps_2 is Decision or Refusal."; empty without steps. */
  get legend(): string {
    const parts = [...this.#sets.values()].map(
      ({ number, steps }) => `steps_${number} is ${steps.join(' or ')}`,
    );
    return parts.length === 0 ? '' : `${parts.join('; ')}.`;
  }

  /** The one pass: a row a case, from a single group-by over the events. */
  get sql(): Sql {
    const aggregates = [...this.#sets.values()].flatMap((set) =>
      [...set.parts].flatMap((part) => aggregate(set, part)),
    );
    const all = [
      sql`case_id`,
      sql`min(coalesce(at_wall, ${identifier('at')})) as first_wall`,
      sql`max(coalesce(at_wall, ${identifier('at')})) as last_wall`,
      ...aggregates,
    ];
    return sql`select ${joinSql(all, ', ')} from events group by case_id`;
  }
}

function aggregate({ steps, number }: StepSet, part: Needed): readonly Sql[] {
  const list = joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
  const when = (value: Sql) => sql`case when step in (${list}) then ${value} end`;
  const at = sql`${identifier('at')}`;
  const wall = sql`case when ${at} is not null then coalesce(at_wall, ${at}) end`;
  const named = (value: Sql, end: string = part) => sql`${value} as ${identifier(`steps_${number}_${end}`)}`;
  switch (part) {
    case 'count':
      return [named(sql`count(${when(sql`1`)})`)];
    case 'first':
      return [named(sql`min(${when(at)})`), named(sql`min(${when(wall)})`, 'first_wall')];
    case 'last':
      return [named(sql`max(${when(at)})`), named(sql`max(${when(wall)})`, 'last_wall')];
    case 'position':
      return [named(sql`min(${when(sql`position`)})`)];
    case 'last_position':
      return [named(sql`max(${when(sql`position`)})`)];
  }
}

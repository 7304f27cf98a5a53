import { drawsFor } from '../../core/index.ts';
import { type ColumnSpec, openDuckdb, type Warehouse } from '../../stores/index.ts';

/*
 * A made-up permit service, and seven kinds of workaround planted in it (after Weinzierl and others, 2022, whose
 * operators are defined here as `docs/methods/workarounds.md` says). Every draw is keyed by seed and case, so that
 * what happens to one case does not depend on the others.
 */
export const plantedTypes = [
  'substituted',
  'wrong-responsibility',
  'manipulated-data',
  'repeated',
  'interchanged',
  'bypassed',
  'added',
] as const;

export type PlantedType = (typeof plantedTypes)[number];

/** How often, after any step but the first, chance alone has it done again at once, or the one before it and it again. */
export interface Rework {
  readonly again: number;
  readonly back: number;
}

/**
 * What to plant, in cases that may hold rework by chance: nothing; every type in a share of all cases; or one type at
 * one step in a share of one team's cases, or of every team's.
 */
export type Planting = { readonly rework?: Rework } & (
  | { readonly kind: 'clean' }
  | { readonly kind: 'rare'; readonly share: number }
  | {
      readonly kind: 'habit';
      readonly share: number;
      readonly type: PlantedType;
      readonly step: string;
      readonly everywhere?: true;
    }
);

interface Event {
  step: string;
  at: number;
  team: string;
  worker: string;
  amount: number;
}

interface Case {
  readonly id: string;
  readonly type: string;
  readonly team: string;
  readonly events: Event[];
}

const regions = ['North', 'South', 'East', 'West', 'Centre'];
const hour = 3600;
const day = 24 * hour;
const steps = [
  'Receive',
  'Check',
  'Ask for information',
  'Information received',
  'Assess',
  'Visit',
  'Decide',
  'Pay',
  'Notify',
  'Close',
] as const;

/** Days of each wait before a step: the middle of a lognormal distribution. */
const usualDays: Readonly<Record<string, number>> = {
  Check: 2,
  'Ask for information': 1,
  'Information received': 9,
  Assess: 4,
  Visit: 7,
  Decide: 3,
  Pay: 2,
  Notify: 0.6,
  Close: 1.5,
};

/** Draws of one case for one purpose, one after the other. */
function drawsOf(seed: number, purpose: string, number: number): () => number {
  const draw = drawsFor(seed, purpose);
  let visit = 0;
  return () => draw(number, visit++);
}

function caseOf(seed: number, number: number, rework: Rework): Case {
  const random = drawsOf(seed, 'case', number);
  const chance = drawsOf(seed, 'rework', number);
  const normal = (uniform = random) => {
    const u = Math.max(uniform(), 1e-12);
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniform());
  };
  const team = regions[Math.floor(random() * regions.length)] as string;
  const type = random() < 0.8 ? 'standard' : 'complex';
  const amount = Math.round(100 * Math.exp(0.8 * normal()));
  const asks = random() < (type === 'standard' ? 0.25 : 0.45);
  const visits = random() < 0.3;
  const pays = random() < 0.6;
  const events: Event[] = [];
  let at = 1_700_000_000 + Math.floor(random() * 400 * day);
  for (const step of steps) {
    if ((step === 'Ask for information' || step === 'Information received') && !asks) continue;
    if (step === 'Visit' && !visits) continue;
    if (step === 'Pay' && !pays) continue;
    if (events.length > 0) at += Math.round((usualDays[step] ?? 1) * day * Math.exp(0.6 * normal()));
    const own = step === 'Pay' ? 'Finance' : step === 'Visit' ? 'Inspectors' : team;
    events.push({ step, at, team: own, worker: `${own} ${Math.floor(random() * 12)}`, amount });
    const redo = (event: Event) => {
      at += Math.round((usualDays[event.step] ?? 1) * day * Math.exp(0.6 * normal(chance)));
      events.push({ ...event, at, worker: `${event.team} ${Math.floor(chance() * 12)}` });
    };
    const last = events.at(-1) as Event;
    if (step === 'Close' || events.length === 1) continue;
    while (chance() < rework.again) redo(last);
    const before = events.findLast((event) => event.step !== step) as Event;
    while (chance() < rework.back) [before, last].forEach(redo);
  }
  return { id: `C${number}`, type, team, events };
}

function insideOf(each: Case): readonly number[] {
  return each.events.map((_, i) => i).slice(1, -1);
}

/** Changes one case in place; false where the type cannot be planted there. `who` draws the person who steps in. */
function plant(
  each: Case,
  type: PlantedType,
  at: number,
  random: () => number,
  who: () => number = random,
): boolean {
  const { events } = each;
  const event = events[at] as Event;
  const absent = steps.filter((step) => !events.some((other) => other.step === step));
  const missing = absent[Math.floor(random() * absent.length)];
  switch (type) {
    case 'substituted':
      if (missing === undefined) return false;
      event.step = missing;
      return true;
    case 'wrong-responsibility': {
      const others = [...regions, 'Finance', 'Inspectors'].filter((team) => team !== event.team);
      // A team of the same kind would be the usual one elsewhere: the wrong one is of another kind.
      const wrong = regions.includes(event.team)
        ? (['Finance', 'Inspectors'][Math.floor(random() * 2)] as string)
        : (others[Math.floor(random() * others.length)] as string);
      event.team = wrong;
      event.worker = `${wrong} ${Math.floor(who() * 12)}`;
      return true;
    }
    case 'manipulated-data':
      event.amount += 1 + Math.floor(random() * 500);
      return true;
    case 'repeated': {
      const copies = 2 + Math.floor(random() * 3);
      const next = events[at + 1] as Event;
      const gap = (next.at - event.at) / (copies + 1);
      const more = Array.from({ length: copies }, (_, i) => ({
        ...event,
        at: event.at + Math.round(gap * (i + 1)),
      }));
      events.splice(at + 1, 0, ...more);
      return true;
    }
    case 'interchanged': {
      const next = events[at + 1] as Event;
      if (next.step === event.step) return false;
      [event.step, next.step] = [next.step, event.step];
      [event.team, next.team] = [next.team, event.team];
      [event.worker, next.worker] = [next.worker, event.worker];
      return true;
    }
    case 'bypassed':
      events.splice(at, 1);
      return true;
    case 'added': {
      if (missing === undefined) return false;
      const next = events[at + 1] as Event;
      events.splice(at + 1, 0, { ...event, step: missing, at: Math.round((event.at + next.at) / 2) });
      return true;
    }
  }
}

/** One made-up log, and which cases were changed and how. */
export interface PlantedLog {
  readonly cases: readonly Case[];
  readonly planted: ReadonlyMap<string, PlantedType>;
}

/** Makes the log of a seed with what is to be planted. */
export function plantedLog(seed: number, count: number, planting: Planting): PlantedLog {
  const planted = new Map<string, PlantedType>();
  const cases = Array.from({ length: count }, (_, i) => {
    const each = caseOf(seed, i + 1, planting.rework ?? { again: 0, back: 0 });
    const random = drawsOf(seed, 'plant', i + 1);
    const draw = random();
    const inside = insideOf(each);
    if (planting.kind === 'rare') {
      const type = plantedTypes[Math.floor(draw / planting.share)];
      const at = inside[Math.floor(random() * inside.length)];
      if (type !== undefined && at !== undefined && plant(each, type, at, random)) planted.set(each.id, type);
    } else if (
      planting.kind === 'habit' &&
      (planting.everywhere || each.team === regions[0]) &&
      draw < planting.share
    ) {
      const at = each.events.findIndex(({ step }) => step === planting.step);
      if (inside.includes(at) && plant(each, planting.type, at, drawsOf(seed, 'habit', 0), random))
        planted.set(each.id, planting.type);
    }
    return each;
  });
  return { cases, planted };
}

const text = (name: string): ColumnSpec => ({ name, kind: 'text' });
const time = (name: string): ColumnSpec => ({ name, kind: 'timestamp' });

/** An engine with the log as `events` and `cases`, in the columns that the patterns read. */
export async function warehouseOf({ cases }: PlantedLog): Promise<Warehouse> {
  const warehouse = await openDuckdb({ folders: [] });
  const rows = cases.flatMap((each) => each.events.map((event, i) => ({ ...event, id: each.id, seq: i })));
  const micros = (values: readonly number[]) => Float64Array.from(values, (seconds) => seconds * 1e6);
  const times = micros(rows.map(({ at }) => at));
  const none = new Float64Array(rows.length).fill(Number.NaN);
  const columns: readonly ColumnSpec[] = [
    ...[
      text('case_id'),
      { name: 'seq', kind: 'integer' } as const,
      text('step'),
      text('team'),
      text('worker'),
    ],
    ...[text('kind'), time('at'), time('at_wall'), time('logged')],
    ...['processing', 'minutes', 'amount'].map((name) => ({ name, kind: 'number' }) as const),
  ];
  await warehouse.createTable('events', columns);
  await warehouse.append('events', columns, [
    rows.map(({ id }) => id),
    Float64Array.from(rows, ({ seq }) => seq),
    rows.map(({ step }) => step),
    rows.map(({ team }) => team),
    rows.map(({ worker }) => worker),
    rows.map(() => 'step'),
    times,
    times,
    none,
    none,
    none,
    Float64Array.from(rows, ({ amount }) => amount),
  ]);
  const ofCases: readonly ColumnSpec[] = [
    text('case_id'),
    text('type'),
    text('outcome'),
    { name: 'events', kind: 'integer' },
    time('closed'),
  ];
  await warehouse.createTable('cases', ofCases);
  await warehouse.append('cases', ofCases, [
    cases.map(({ id }) => id),
    cases.map(({ type }) => type),
    cases.map(() => 'done'),
    Float64Array.from(cases, ({ events }) => events.length),
    micros(cases.map(({ events }) => events.at(-1)?.at ?? 0)),
  ]);
  return warehouse;
}

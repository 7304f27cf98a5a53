import { drawsFor } from '../src/core/index.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Steps of a case, the team that does each, and how long one takes at the mean. Letters go out once a day. */
const route = [
  { step: 'Received', team: 'Intake', minutes: 6 },
  { step: 'Checked', team: 'Intake', minutes: 10 },
  { step: 'Assigned', team: 'Intake', minutes: 4 },
  { step: 'Examined', team: 'Assessment', minutes: 30 },
  { step: 'Referred', team: 'Assessment', minutes: 20 },
  { step: 'Decision drafted', team: 'Assessment', minutes: 25 },
  { step: 'Decision reviewed', team: 'Review', minutes: 15 },
  { step: 'Decided', team: 'Review', minutes: 8 },
  { step: 'Letter sent', team: 'Post', minutes: 5 },
  { step: 'Closed', team: 'Post', minutes: 3 },
] as const;
const skipped = 0.08;
const urgent = 0.1;
const letterHour = 15;
const utilisation = 0.85;
const workingDays = 500;

interface Task {
  readonly number: number;
  readonly place: number;
}

interface Worker {
  readonly name: string;
  readonly team: string;
  readonly urgent: Task[];
  readonly usual: Task[];
  isBusy: boolean;
}

/** Things to come, the earliest first. */
class Agenda<T> {
  readonly #items: { readonly at: number; readonly order: number; readonly what: T }[] = [];
  #added = 0;

  get size(): number {
    return this.#items.length;
  }

  #isBefore(a: number, b: number): boolean {
    const [x, y] = [this.#items[a], this.#items[b]];
    return x !== undefined && y !== undefined && (x.at - y.at || x.order - y.order) < 0;
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#items[a], this.#items[b]];
    if (x && y) [this.#items[a], this.#items[b]] = [y, x];
  }

  add(at: number, what: T): void {
    this.#items.push({ at, order: this.#added++, what });
    for (let i = this.#items.length - 1; i > 0; ) {
      const above = (i - 1) >> 1;
      if (!this.#isBefore(i, above)) return;
      this.#swap(i, above);
      i = above;
    }
  }

  next(): { readonly at: number; readonly what: T } | undefined {
    this.#swap(0, this.#items.length - 1);
    const first = this.#items.pop();
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      const below = left + 1 < this.size && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (below >= this.size || !this.#isBefore(below, i)) return first;
      this.#swap(i, below);
      i = below;
    }
  }
}

/** The first moment at or after another at which somebody is at work: nine to five, Monday to Friday. */
function atWork(moment: number, opens = 9): number {
  const midnight = Math.floor(moment / day) * day;
  // 1970 began on a Thursday.
  const weekday = (Math.floor(moment / day) + 3) % 7;
  if (weekday >= 5) return midnight + (7 - weekday) * day + opens * 60 * minute;
  if (moment < midnight + opens * 60 * minute) return midnight + opens * 60 * minute;
  if (moment < midnight + 17 * 60 * minute) return moment;
  return atWork(midnight + day, opens);
}

/** Workers enough for the load, each with an in-tray of their own. */
function hire(events: number): ReadonlyMap<string, readonly Worker[]> {
  const cases = events / (route.length * (1 - skipped));
  const teams = new Map<string, Worker[]>();
  for (const team of new Set(route.map((step) => step.team))) {
    const minutes = route
      .filter((step) => step.team === team)
      .reduce((sum, step) => sum + step.minutes * (1 - skipped), 0);
    // Whoever sends letters has the two hours after three o'clock for them.
    const open = team === 'Post' ? 120 : 480;
    const size = Math.max(1, Math.ceil((cases * minutes) / (workingDays * open * utilisation)));
    teams.set(
      team,
      Array.from({ length: size }, (_, i) => ({
        name: `${team} ${i + 1}`,
        team,
        urgent: [],
        usual: [],
        isBusy: false,
      })),
    );
  }
  return teams;
}

type Coming = { readonly task: Task } | { readonly worker: Worker };

/**
 * A log of cases worked by people: in-trays, urgent cases that overtake, letters in a daily batch, nine to five. Yields
 * lines `case,activity,start,end,team,resource`, at least so many, in order of their end.
 */
export function* staffedLog(events: number): Generator<string> {
  const draw = drawsFor(1, 'staffed log');
  const teams = hire(events);
  const cases = Math.ceil(events / (route.length * (1 - skipped)));
  const apart = (workingDays * 1.4 * day) / cases;
  const agenda = new Agenda<Coming>();
  let arrived = 0;
  const arrive = (after: number) => {
    if (arrived >= cases * 1.01) return;
    agenda.add(after - Math.log(draw(arrived, 900)) * apart, { task: { number: arrived++, place: 0 } });
  };
  const begin = (worker: Worker, now: number) => {
    const task = worker.urgent.shift() ?? worker.usual.shift();
    worker.isBusy = task !== undefined;
    if (!task) return null;
    const { minutes, step } = route[task.place] as (typeof route)[number];
    const from = atWork(now, step === 'Letter sent' ? letterHour : 9);
    const length = -Math.log(draw(task.number, 100 + task.place)) * minutes + 0.5;
    return { task, from, to: Math.round((from + length * minute) / 1000) * 1000 };
  };
  arrive(Date.UTC(2024, 0, 1, 9));
  const iso = (moment: number) => new Date(moment).toISOString();
  let block = '';
  const take = (worker: Worker, now: number) => {
    const work = begin(worker, now);
    if (!work) return;
    const { number, place } = work.task;
    const from = Math.round(work.from / 1000) * 1000;
    block += `C${number},${route[place]?.step},${iso(from)},${iso(work.to)},${worker.team},${worker.name}\n`;
    agenda.add(work.to, { worker });
    agenda.add(work.to, { task: { number, place: place + 1 } });
  };
  while (agenda.size > 0) {
    const { at, what } = agenda.next() as { at: number; what: Coming };
    if ('worker' in what) take(what.worker, at);
    else {
      let { place } = what.task;
      const { number } = what.task;
      if (place === 0) arrive(at);
      while (place < route.length && draw(number, place) < skipped) place++;
      const team = teams.get(route[place]?.team ?? '');
      if (!team) continue;
      const worker = team[Math.floor(draw(number, 200 + place) * team.length)] as Worker;
      (draw(number, 300) < urgent ? worker.urgent : worker.usual).push({ number, place });
      if (!worker.isBusy) take(worker, at);
    }
    if (block.length > 1 << 20) {
      yield block;
      block = '';
    }
  }
  yield block;
}

import { drawsFor } from '../../core/index.ts';

/** One row of a made event log; times are clocks on the wall, `yyyy-mm-dd hh:mm:ss`. */
export interface MadeEvent {
  id: string;
  case: string;
  step: string;
  started: string;
  finished: string;
  logged: string;
  worker: string;
  team: string;
  system: string;
  person: string;
  birthYear: string;
  minutes: string;
  note: string;
  fee: string;
  feeTotal: string;
}

/** One row of a made case extract. */
export interface MadeCase {
  id: string;
  opened: string;
  closed: string;
  outcome: string;
  person: string;
}

/** A made log: rows that a defect can be planted in. */
export interface MadeLog {
  readonly events: MadeEvent[];
  readonly cases: MadeCase[];
}

const firstDay = Date.UTC(2024, 8, 2);
const day = 86_400_000;
const teams = ['North', 'South', 'East'];
const days = 300;

/** A clock on the wall from milliseconds since 1970. */
export function wall(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since 1970 of a clock on the wall. */
export function ms(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

function isWeekend(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The same moment, or the start of the next working day: nine to five on weekdays. */
function inHours(at: number): number {
  let moved = at;
  const second = (moved % day) / 1000;
  if (second > 17 * 3600) moved += day - (moved % day) + 9 * 3_600_000 + (second % 3600) * 1000;
  else if (second < 9 * 3600) moved += 9 * 3_600_000 - (moved % day) + (second % 3600) * 1000;
  while (isWeekend(moved)) moved += day;
  return moved;
}

const steps = ['Submitted', 'Checked', 'Assessed', 'Decided', 'Told'] as const;
const waits = [0, 1.2, 3, 2, 0.6] as const;

/** A clean log of permits decided by three teams, all cases closed, with nothing wrong in it. */
export function cleanLog(seed: number, size = 900): MadeLog {
  const draw = drawsFor(seed, 'clean log');
  const events: MadeEvent[] = [];
  const cases: MadeCase[] = [];
  for (let i = 0; i < size; i++) {
    const team = teams[Math.floor(draw(i, 1) * teams.length)] ?? 'North';
    const id = `K${String(i).padStart(5, '0')}`;
    const person = `P${String(i).padStart(5, '0')}`;
    let at = inHours(
      firstDay + Math.floor(((i + draw(i, 2)) / size) * days) * day + (9 + 8 * draw(i, 3)) * 3_600_000,
    );
    const own: MadeEvent[] = [];
    steps.forEach((step, s) => {
      const started = inHours(
        Math.round((at + (waits[s] ?? 0) * (0.3 + 1.4 * draw(i, 10 + s)) * day) / 1000) * 1000,
      );
      const minutes = 3 + 40 * draw(i, 20 + s);
      const finished = started + Math.round(minutes * 60) * 1000;
      at = finished + 60_000 + Math.floor(draw(i, 30 + s) * 90) * 1000;
      const fee = s === 0 ? '100' : s === 3 ? '40' : '';
      own.push({
        id: `E${i}-${s}`,
        case: id,
        step,
        started: wall(started),
        finished: wall(finished),
        logged: wall(finished + 20_000 + Math.floor(draw(i, 40 + s) * 60) * 1000),
        worker: `${team}${Math.floor(draw(i, 50 + s) * 6)}`,
        team,
        system: 'core',
        person,
        birthYear: String(1940 + Math.floor(draw(i, 4) * 60)),
        minutes: minutes.toFixed(1),
        note: '',
        fee,
        feeTotal: s === 0 ? '100' : s === 3 ? '140' : '',
      });
    });
    events.push(...own);
    cases.push({
      id,
      opened: own[0]?.started ?? '',
      closed: own.at(-1)?.finished ?? '',
      outcome: draw(i, 5) < 0.8 ? 'granted' : 'refused',
      person,
    });
  }
  return { events, cases };
}

function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.join(',')).join('\n')}\n`;
}

/** The log's events as CSV, in order of time as a system would write them. */
export function eventsCsv({ events }: MadeLog): string {
  const header = [
    'event_id',
    'case_id',
    'step',
    'started',
    'finished',
    'logged',
    'worker',
    'team',
    'system',
    'person',
    'birth_year',
    'minutes',
    'note',
    'fee',
    'total_fee',
  ];
  const rows = events
    .toSorted(
      (a, b) => (a.started || a.finished).localeCompare(b.started || b.finished) || a.id.localeCompare(b.id),
    )
    .map((e) => [
      e.id,
      e.case,
      e.step,
      e.started,
      e.finished,
      e.logged,
      e.worker,
      e.team,
      e.system,
      e.person,
      e.birthYear,
      e.minutes,
      e.note,
      e.fee,
      e.feeTotal,
    ]);
  return csv([header, ...rows]);
}

/** The log's cases as CSV. */
export function casesCsv({ cases }: MadeLog): string {
  return csv([
    ['case_id', 'opened', 'closed', 'outcome', 'person'],
    ...cases.map((c) => [c.id, c.opened, c.closed, c.outcome, c.person]),
  ]);
}

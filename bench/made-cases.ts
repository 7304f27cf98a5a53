/** One event of a synthetic case; an empty text says nothing. `details` are further attributes with their kind. */
export interface Event {
  readonly step: string;
  readonly at: string;
  readonly team: string;
  readonly worker: string;
  readonly details: readonly (readonly ['text' | 'number', string, string])[];
}

/** Keyed uniform numbers: the same item and visit always give the same. */
type Draw = (item: number, visit?: number) => number;

/** Makes the events of one case from its number. */
export type MakeCase = (number: number, draw: Draw) => readonly Event[];

const day = 86_400_000;

const route = [
  'Received',
  'Checked',
  'Assigned',
  'Information requested',
  'Information received',
  'Examined',
  'Referred',
  'Decision drafted',
  'Decision reviewed',
  'Decided',
  'Letter sent',
  'Closed',
];

/** A case of about eleven steps of twelve, some skipped, some repeated, with long-tailed waits. */
export const makeCaseOfWork: MakeCase = (number, draw) => {
  let at = Date.UTC(2024, 0, 1) + Math.floor(draw(number) * 700 * day);
  const office = Math.floor(draw(number, 1) * 12);
  const events: Event[] = [];
  let visit = 2;
  for (const [place, step] of route.entries()) {
    const u = draw(number, visit++);
    if (u < 0.12) continue;
    const times = u > 0.95 ? 2 : 1;
    for (let k = 0; k < times; k++) {
      at += Math.floor(-Math.log(draw(number, visit++)) * 2 * day) + 1000;
      // Three teams share the route, so that work is handed over and comes back.
      const team = `Team ${1 + ((office + (place % 3)) % 12)}`;
      const worker = `W${Math.floor(u * 997)}`;
      events.push({ step, at: new Date(at).toISOString(), team, worker, details: [] });
    }
  }
  return events;
};

/** Steps of a traffic fine with the share of fines that go through each: 3.7 events a case, as in the published log. */
const fineSteps: readonly (readonly [string, number])[] = [
  ['Create Fine', 1],
  ['Payment', 0.2],
  ['Send Fine', 0.69],
  ['Insert Fine Notification', 0.53],
  ['Insert Date Appeal to Prefecture', 0.03],
  ['Add penalty', 0.53],
  ['Send Appeal to Prefecture', 0.03],
  ['Receive Result Appeal from Prefecture', 0.01],
  ['Notify Result Appeal to Offender', 0.01],
  ['Appeal to Judge', 0.01],
  ['Payment', 0.31],
  ['Send for Credit Collection', 0.39],
];

function firstDetails(amount: string) {
  return [
    ['number', 'amount', amount],
    ['text', 'dismissal', 'NIL'],
    ['text', 'vehicleClass', 'A'],
    ['number', 'article', '157'],
    ['number', 'points', '0'],
    ['text', 'notificationType', 'P'],
  ] as const;
}

/** A traffic fine: few events a case, many attributes on the first, as in the log of an Italian police force. */
export const makeFine: MakeCase = (number, draw) => {
  let at = Date.UTC(2000, 0, 1) + Math.floor(draw(number) * 4500) * day;
  const worker = `${500 + Math.floor(draw(number, 1) * 150)}`;
  const amount = (20 + Math.floor(draw(number, 2) * 400) / 4).toFixed(2);
  const events: Event[] = [];
  fineSteps.forEach(([step, share], i) => {
    const u = draw(number, 3 + i);
    if (u > share) return;
    if (events.length > 0) at += Math.floor(1 + (u / share) * 120) * day;
    const money = ['number', 'totalPaymentAmount', amount] as const;
    const details = [
      ['text', 'lifecycle:transition', 'complete'] as const,
      ...(i === 0 ? ([money, ...firstDetails(amount)] as const) : []),
      ...(step === 'Payment' ? [money, ['number', 'paymentAmount', amount] as const] : []),
      ...(step === 'Send Fine' ? [['number', 'expense', '11.0'] as const] : []),
    ];
    events.push({
      step,
      at: new Date(at).toISOString(),
      team: '',
      worker: i === 0 ? worker : '',
      details,
    });
  });
  return events;
};

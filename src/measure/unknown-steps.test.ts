import { expect, it } from 'vitest';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';
import { measure } from './measure.ts';

const reporting = '{ grain: month, from: 2024-01-01, to: 2024-03-31 }';

/** Twelve cases a month, each received and paid for. */
async function resultsWith(where: string, floor: string) {
  const cases = Array.from({ length: 36 }, (_, i) => ({
    case_id: `c${i}`,
    closed: `2024-0${1 + Math.floor(i / 12)}-${10 + (i % 12)}T12:00:00Z`,
  }));
  const events = cases.flatMap(({ case_id, closed }, i) =>
    ['Receive', 'Payment'].map((step, k) => ({
      case_id,
      step,
      seq: 2 * i + k,
      position: k + 1,
      kind: 'step',
      at: closed,
    })),
  );
  const workspace = await madeWorkspace(
    charterText(
      reporting,
      `
outcomes: [{ id: o, title: Outcome }]
outputs: [{ id: paid, title: Paid, unit: payment, from: cases, where: "has('${where}')" }]
floors: [{ id: f, title: Floor, share: "has('${floor}')", at_least: 0.5, why: It must be. }]
steps: { front: [Recieve] }
`,
    ),
    { cases, events },
  );
  try {
    const results = await measure(workspace, { replicates: 20 });
    return new Map(results.map((result) => [result.id, result]));
  } finally {
    await workspace.close();
  }
}

it('a figure that rests on a step which never occurs says so and is not sound', async () => {
  const right = await resultsWith('Payment', 'Payment');
  const wrong = await resultsWith('Paymnt', 'Payment');
  const caveat =
    'The charter names a step that no event has, so whatever asks for it counts nothing: "Paymnt" (did you mean "Payment"?).';
  expect(wrong.get('output')?.caveats).toContain(caveat);
  expect(wrong.get('productivity')?.caveats).toContain(caveat);
  expect(wrong.get('output')?.status).not.toBe('sound');
  expect(wrong.get('floors')?.caveats).not.toContain(caveat);
  expect([...right.values()].flatMap(({ caveats }) => caveats).join(' ')).not.toContain('no event has');
});

it('a floor that asks for a step which never occurs is held back, and the output is not', async () => {
  const right = await resultsWith('Payment', 'Payment');
  const wrong = await resultsWith('Payment', 'payment');
  expect(right.get('floors')?.status).toBe('sound');
  expect(wrong.get('floors')?.status).toBe('caution');
  expect(wrong.get('floors')?.caveats.join(' ')).toContain('"payment" (did you mean "Payment"?)');
  expect(wrong.get('output')?.caveats).toEqual(right.get('output')?.caveats);
});

it('a case that went through no step that stops a clock had not ended, where no closing date is given', async () => {
  const at = '2024-02-10T12:00:00Z';
  const cases = Array.from({ length: 36 }, (_, i) => ({ case_id: `c${i}`, closed: null, last_at: at }));
  const events = cases.map(({ case_id }, seq) => ({
    ...{ case_id, seq, at, position: 1, kind: 'step' },
    step: seq < 12 ? 'Receive' : 'Payment',
  }));
  const workspace = await madeWorkspace(
    charterText(
      reporting,
      `
outcomes: [{ id: o, title: Outcome }]
outputs: [{ id: paid, title: Paid, unit: payment, from: cases, where: "has('Payment')", at: last_at }]
clocks: [{ id: wait, title: Wait, start: { step: Receive }, stop: { step: Payment } }]
`,
    ),
    { cases, events },
  );
  const results = await measure(workspace, { replicates: 20 });
  await workspace.close();
  const caveats = results.find(({ id }) => id === 'output')?.caveats ?? [];
  expect(caveats).toContain(
    'Of 36 cases, 24 count as output, 12 had not ended when the data were taken, and 0 ended in a way that is no output.',
  );
});

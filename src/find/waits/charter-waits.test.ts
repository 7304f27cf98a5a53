import { describe, expect, it } from 'vitest';
import { parseCharter } from '../../define/index.ts';
import { hoursOfCharter, marksOfCharter } from './charter-waits.ts';
import { type MadeWork, waitsOf } from './opened-log.test-support.ts';

const head = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: { grain: month }
extracts: []
outcomes: [{ id: permit, title: A permit }]
outputs: [{ id: permits, title: Permits, unit: permit, from: cases }]
`;

async function found(work: readonly MadeWork[], said: string) {
  const { charter } = parseCharter(`${head}${said}`, 'service.yaml');
  const { evidence } = await waitsOf(work, {
    marks: marksOfCharter(charter),
    hours: hoursOfCharter(charter),
  });
  const minutes = Object.entries(evidence.explained.sums).map(
    ([key, micros]) => [key, micros / 60e6] as const,
  );
  return Object.fromEntries(minutes.filter(([, value]) => value > 0));
}

/** Asked at 9:30; the answer is looked at after two hours, of which Bo is at other work for half an hour. */
const asked: readonly MadeWork[] = [
  { case: 1, step: 'ask', from: 0, to: 30, worker: 'Ann', team: 'front' },
  { case: 1, step: 'look', from: 150, to: 160, worker: 'Bo', team: 'back' },
  { case: 2, step: 'other', from: 40, to: 70, worker: 'Bo', team: 'back' },
];

describe('whose a wait is', () => {
  it('is the staff unless the charter says otherwise', async () => {
    expect(await found(asked, '')).toEqual({ processing: 70, prioritisation: 30, extraneous: 90 });
  });

  it('is the applicant after a step that asks them', async () => {
    const said = 'steps: { waiting_for_applicant: [ask] }\n';
    expect(await found(asked, said)).toEqual({ processing: 70, applicant: 120 });
  });

  it('is a third party before the step of a team that stands for one', async () => {
    const said = 'waits: { third_party: { teams: [back] } }\n';
    expect(await found(asked, said)).toEqual({ processing: 70, third_party: 120 });
  });

  it('is the applicant for as long as the case stands in a status of theirs', async () => {
    const status = (step: string, to: number): MadeWork => ({ case: 1, step, to, kind: 'status' });
    const work = [...asked, status('with applicant', 60), status('back with us', 100)];
    const said = 'waits: { applicant: { statuses: [with applicant] } }\n';
    // Of Bo's other work, 40 to 70, the first twenty minutes come before the status.
    expect(await found(work, said)).toEqual({
      processing: 70,
      applicant: 40,
      prioritisation: 20,
      extraneous: 60,
    });
    const open = [...asked, status('with applicant', 60)];
    expect(await found(open, said)).toMatchObject({ applicant: 90 });
  });
});

describe('steps that are no work', () => {
  it('count as waiting where the charter declares it, and hold nobody up', async () => {
    const said = 'steps: { waiting: [other] }\n';
    expect(await found(asked, said)).toEqual({ processing: 40, declared: 30, extraneous: 120 });
  });

  it('take no time where a system does them', async () => {
    const work: readonly MadeWork[] = [
      { case: 1, step: 'take in', to: 0, worker: 'Ann', team: 'front' },
      { case: 1, step: 'book', to: 60, worker: 'robot', team: 'robots' },
    ];
    expect(await found(work, '')).toEqual({ processing: 60 });
    expect(await found(work, 'waits: { systems: [robots] }\n')).toEqual({ extraneous: 60 });
  });
});

describe('hours of the charter', () => {
  const hours =
    'hours: [{ days: [monday, tuesday, wednesday, thursday, friday], from: "10:00", to: "17:00" }]';

  it('tell time off duty apart, less bank holidays', async () => {
    // Enabled at 9:30; Bo takes up other work at 9:40, before the day begins at ten.
    expect(await found(asked, `waits: { ${hours} }\n`)).toEqual({
      processing: 70,
      prioritisation: 30,
      unavailability: 10,
      extraneous: 80,
    });
    const { charter } = parseCharter(`${head}waits: { ${hours} }\n`, 'service.yaml');
    expect(hoursOfCharter(charter)).toMatchObject({ forOthers: { holidays: 'england-and-wales' } });
  });

  it('are inferred only where the charter asks for it', () => {
    const of = (said: string) => hoursOfCharter(parseCharter(`${head}${said}`, 'service.yaml').charter);
    expect(of('')).toBeNull();
    expect(of('waits: { infer_hours: true }\n')).toHaveProperty('inferIn');
    expect(of(`waits: { infer_hours: true, ${hours} }\n`)).not.toHaveProperty('inferIn');
  });
});

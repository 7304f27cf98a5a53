import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { readCalendar, waitsOfRows } from '../find/index.ts';
import { calcMethod } from './calc-method.ts';

const instant = z.iso
  .datetime({ offset: true, error: 'a time with its offset, such as 2026-03-02T09:00:00Z' })
  .describe('A time with its offset.');

const row = z.strictObject({
  case: z.string(),
  step: z.string(),
  worker: z.string().nullable().optional().describe('A person or a queue with one server.'),
  team: z.string().nullable().optional(),
  started: instant.nullable().optional().describe('Estimated where left out.'),
  finished: instant,
  minutes: z.number().min(0).nullable().optional().describe('Minutes of work, where recorded.'),
});

const waits = {
  total: z.number(),
  batching: z.number().nullable(),
  prioritisation: z.number().nullable(),
  contention: z.number().nullable(),
  unavailability: z.number().nullable(),
  extraneous: z.number(),
  batchingAndQueue: z.number().optional(),
  unknownWorker: z.number(),
};

const milliseconds = (text: string | null | undefined) => (text == null ? null : Date.parse(text));

/** `calc waits`: the wait before every piece of work of a log, by cause. */
export const waitsMethod = calcMethod({
  name: 'waits',
  title: 'Why cases wait, by cause',
  summary:
    'For each piece of work the wait from when it could begin to when it began, in seconds: batching, contention (earlier work of the same worker), prioritisation (later work done first), unavailability (off duty by the calendar) and extraneous. Rows are counted from 1. Without a calendar unavailability is null and extraneous holds both; with estimated starts the queues are null too and batchingAndQueue holds them.',
  source:
    'Lashkevich, K., Milani, F., Chapela-Campa, D., Suvorau, I. and Dumas, M. (2023), Why am I waiting? Data-driven analysis of waiting times in business processes; starts after Chapela-Campa, D. and Dumas, M. (2022).',
  inputSchema: z.strictObject({
    rows: z.array(row).min(1),
    calendar: z
      .unknown()
      .optional()
      .describe('Weekly hours by worker, as the file of `wellspent waits --calendar`.'),
    timezone: z.string().optional().describe('The zone of the calendar; UTC by default.'),
    gapSeconds: z.number().min(0).optional().describe('Longest pause inside a batch; 0 by default.'),
    threshold: z.number().min(0).max(1).optional().describe('h of the concurrency oracle; 0.9 by default.'),
  }),
  outputSchema: z.strictObject({
    concurrent: z.array(z.tuple([z.string(), z.string()])),
    waits: z.array(
      z.strictObject({
        row: z.number(),
        source: z.number(),
        enabled: z.string(),
        started: z.string(),
        estimated: z.boolean(),
        ...waits,
      }),
    ),
    totals: z.strictObject(waits),
    processing: z.number(),
    cycleTimeEfficiency: z.number().nullable(),
    without: z.record(z.string(), z.number().nullable()),
    severalAtOnce: z.array(z.string()),
  }),
  run: async ({ rows, calendar, timezone = 'UTC', gapSeconds = 0, threshold = 0.9 }) => {
    const found = await waitsOfRows(
      rows.map((given) => ({
        case: given.case,
        step: given.step,
        worker: given.worker ?? null,
        team: given.team ?? null,
        started: milliseconds(given.started),
        finished: milliseconds(given.finished),
        minutes: given.minutes ?? null,
        kind: 'step',
      })),
      {
        hours:
          calendar === undefined ? null : readCalendar(JSON.stringify(calendar), 'the calendar', timezone),
        gapSeconds,
        threshold,
      },
    );
    if (!found) throw new WellspentError('WAITS_NOTHING_FINISHED', 'No row is finished.');
    return {
      ...found,
      concurrent: found.concurrent.map(([a, b]): [string, string] => [a, b]),
      waits: [...found.waits],
      severalAtOnce: [...found.severalAtOnce],
    };
  },
  example: {
    input: {
      rows: [
        {
          case: '1',
          step: 'take in',
          worker: 'Ann',
          started: '2026-03-02T09:00:00Z',
          finished: '2026-03-02T09:10:00Z',
        },
        {
          case: '2',
          step: 'take in',
          worker: 'Ann',
          started: '2026-03-02T09:10:00Z',
          finished: '2026-03-02T09:20:00Z',
        },
        {
          case: '1',
          step: 'decide',
          worker: 'Bo',
          started: '2026-03-02T09:10:00Z',
          finished: '2026-03-02T12:00:00Z',
        },
        {
          case: '2',
          step: 'decide',
          worker: 'Bo',
          started: '2026-03-02T13:30:00Z',
          finished: '2026-03-02T14:00:00Z',
        },
      ],
      calendar: {
        Bo: [
          { from: 'MONDAY', to: 'FRIDAY', beginTime: '09:00', endTime: '12:00' },
          { from: 'MONDAY', to: 'FRIDAY', beginTime: '13:00', endTime: '17:00' },
        ],
      },
    },
    output: {
      concurrent: [],
      waits: [
        {
          row: 3,
          source: 1,
          enabled: '2026-03-02T09:10:00.000Z',
          started: '2026-03-02T09:10:00.000Z',
          estimated: false,
          total: 0,
          batching: 0,
          prioritisation: 0,
          contention: 0,
          unavailability: 0,
          extraneous: 0,
          unknownWorker: 0,
        },
        {
          row: 4,
          source: 2,
          enabled: '2026-03-02T09:20:00.000Z',
          started: '2026-03-02T13:30:00.000Z',
          estimated: false,
          total: 15_000,
          batching: 0,
          prioritisation: 0,
          contention: 9600,
          unavailability: 3600,
          extraneous: 1800,
          unknownWorker: 0,
        },
      ],
      totals: {
        total: 15_000,
        batching: 0,
        prioritisation: 0,
        contention: 9600,
        unavailability: 3600,
        extraneous: 1800,
        unknownWorker: 0,
      },
      processing: 13_200,
      cycleTimeEfficiency: 13_200 / 28_200,
      without: {
        batching: 13_200 / 28_200,
        contention: 13_200 / 18_600,
        prioritisation: 13_200 / 28_200,
        unavailability: 13_200 / 24_600,
        extraneous: 13_200 / 26_400,
      },
      severalAtOnce: [],
    },
  },
});

import { z } from 'zod';
import { adjustedDurations } from '../find/index.ts';
import { calcMethod } from './calc-method.ts';

const instant = z.iso.datetime({
  offset: true,
  error: 'a time with its offset, such as 2026-03-02T09:00:00Z',
});

/** `calc multitasking`: time shared between the pieces of work that a worker had open at once. */
export const multitaskingMethod = calcMethod({
  name: 'multitasking',
  title: 'Hours of work where several things are open at once',
  summary:
    'Cuts the time of each worker at every start and finish; of a stretch during which k pieces were open each gets one k-th. The adjusted minutes of a worker add up to the time the worker was busy. For hours and costs, never for waits.',
  source:
    'The multitasking adjustment of the pix framework (Chapela-Campa, D., Dumas, M. and others), as restated.',
  inputSchema: z.strictObject({
    rows: z
      .array(z.strictObject({ worker: z.string(), started: instant, finished: instant }))
      .min(1)
      .refine((rows) => rows.every(({ started, finished }) => Date.parse(started) <= Date.parse(finished)), {
        error: 'no piece of work may finish before it starts',
      }),
  }),
  outputSchema: z.strictObject({
    minutes: z.array(z.number()),
    sum: z.number(),
    sumAsLogged: z.number(),
  }),
  run: ({ rows }) => {
    const minutes = new Array<number>(rows.length).fill(0);
    for (const [, own] of Map.groupBy(rows.keys(), (i) => rows[i]?.worker ?? '')) {
      const at = (key: 'started' | 'finished') => own.map((i) => Date.parse(rows[i]?.[key] ?? '') / 60_000);
      const adjusted = adjustedDurations(at('started'), at('finished'));
      own.forEach((i, place) => {
        minutes[i] = adjusted[place] ?? 0;
      });
    }
    return {
      minutes,
      sum: minutes.reduce((total, one) => total + one, 0),
      sumAsLogged: rows.reduce(
        (total, { started, finished }) => total + (Date.parse(finished) - Date.parse(started)) / 60_000,
        0,
      ),
    };
  },
  example: {
    input: {
      rows: [
        { worker: 'Ann', started: '2026-03-02T09:00:00Z', finished: '2026-03-02T10:00:00Z' },
        { worker: 'Ann', started: '2026-03-02T09:30:00Z', finished: '2026-03-02T10:30:00Z' },
      ],
    },
    output: { minutes: [45, 45], sum: 90, sumAsLogged: 120 },
  },
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newByteBacklog } from './byte-backlog.ts';

describe('bytes that wait', () => {
  it('are given in their order, whatever a scan leaves of them', () => {
    const sizes = fc.oneof(fc.nat(40), fc.integer({ min: 60_000, max: 900_000 }));
    const step = fc.record({ size: sizes, left: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const backlog = newByteBacklog();
        let expected: Buffer = Buffer.alloc(0);
        for (const [turn, { size, left }] of steps.entries()) {
          // The memory that a part came in is used again by whoever read it.
          const part = Buffer.alloc(size, turn + 1);
          const given = backlog.add(part);
          expected = Buffer.concat([expected, part]);
          part.fill(0);
          if (given === null) continue;
          expect(given.equals(expected)).toBe(true);
          const rest = Math.round(left * given.length);
          backlog.keep(given.subarray(given.length - rest));
          expected = expected.subarray(expected.length - rest);
        }
        expect(backlog.all().equals(expected)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

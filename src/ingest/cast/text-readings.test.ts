import { expect, test } from 'vitest';
import { nameReading, textReading } from './text-readings.ts';

test('one name is one text however its accents are written, as a step, a team or a category', () => {
  const readings = [nameReading('STEP_EMPTY'), textReading(new Set())];
  for (const read of readings) {
    expect(read('Cafe\u0301')).toBe('Caf\u00e9');
    expect(read('Caf\u00e9')).toBe('Caf\u00e9');
    // The sign of the unit and the letter are one in composed form.
    expect(read('\u212bngstrom')).toBe('\u00c5ngstrom');
    expect(read('\u1112\u1161\u11ab')).toBe('\ud55c');
    expect(read('plain')).toBe('plain');
  }
});

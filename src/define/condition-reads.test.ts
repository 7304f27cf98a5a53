import { describe, expect, it } from 'vitest';
import { conditionReads } from './condition-reads.ts';

describe('what a condition rests on', () => {
  it('names the steps that it counts, and not those whose time it asks for', () => {
    const { counts, times } = conditionReads(
      "count('Inbound Call') <= 1 and not has('Complaint') and first('Decision') is known",
    );
    expect([...counts]).toEqual(['Inbound Call', 'Complaint']);
    expect(times).toBe(true);
  });

  it('reads times in a duration, a clock or a distance in days', () => {
    expect(conditionReads('duration_days <= 14').times).toBe(true);
    expect(conditionReads('to_payment_days <= 10').times).toBe(true);
    expect(conditionReads('coalesce(enddate, last_at) <= deadline').times).toBe(true);
    expect(conditionReads("outcome = 'granted'").times).toBe(false);
  });

  it('rests on nothing where it cannot be read', () => {
    expect(conditionReads('count(')).toEqual({ counts: new Set(), times: false });
  });
});

import { describe, expect, it } from 'vitest';
import { waitTitle } from './wait-title.ts';

const edge = (median: number, p90: number, timed = 1200) => ({
  from: 'check',
  to: 'decide',
  count: 1200,
  cases: 1177,
  median,
  p90,
  total: 1,
  timed,
});

describe('a wait in words', () => {
  it('gives the middle case and the longest tenth', () => {
    expect(waitTitle(edge(98_640, 604_800), 1_000_000)).toBe(
      '1,177 cases wait between "check" and "decide": half of them over 1.1 days, one in ten over 7 days.',
    );
  });

  it('says that most pass at once, where a median of seconds would not read as a wait', () => {
    expect(waitTitle(edge(31, 172_800), 900_000)).toBe(
      'Half of 1,177 cases go from "check" to "decide" within 31 seconds, and one in ten waits over 2 days.',
    );
  });

  it('says how long the few wait, where nine in ten pass within the hour', () => {
    expect(waitTitle(edge(37, 1_440), 1_036_800)).toBe(
      'Nine in ten of 1,177 cases go from "check" to "decide" within 24 minutes; the others wait 12 days on average.',
    );
  });

  it('is so rounded that half, and one in ten, are over what it says', () => {
    const title = waitTitle(edge(10.7 * 86_400, 28.9 * 86_400, 0), 3_000_000);
    expect(title).toContain('half of them take over 10 days, one in ten over 28 days.');
    expect(waitTitle(edge(44.6 * 3600, 4.19 * 86_400), 1_000_000)).toContain(
      'half of them over 1.8 days, one in ten over 4.1 days.',
    );
    // One sentence tells both in one unit.
    expect(waitTitle(edge(18.8 * 3600, 2.75 * 86_400), 1_000_000)).toContain(
      'half of them over 0.7 days, one in ten over 2.7 days.',
    );
    expect(waitTitle(edge(6.1 * 3600, 24.6 * 3600), 1_000_000)).toContain(
      'half of them over 6.1 hours, one in ten over 24.6 hours.',
    );
  });

  it('calls it time and no wait where no start is recorded', () => {
    expect(waitTitle(edge(98_640, 604_800, 0), 1_000_000)).toBe(
      '1,177 cases go from "check" to "decide": half of them take over 1.1 days, one in ten over 7 days.',
    );
    expect(waitTitle(edge(31, 172_800, 0), 900_000)).toBe(
      'Half of 1,177 cases go from "check" to "decide" within 31 seconds, and one in ten takes over 2 days.',
    );
  });

  it('leaves the few out where their wait is no longer by far', () => {
    expect(waitTitle(edge(30, 420), 600)).toBe(
      'Half of 1,177 cases go from "check" to "decide" within 30 seconds, and one in ten waits over 7 minutes.',
    );
  });
});

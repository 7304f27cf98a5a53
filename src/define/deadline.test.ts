import { expect, it } from 'vitest';
import { deadlineOf } from './deadline.ts';

it('a deadline is read from a duration that may be at most so many days', () => {
  const clock = {
    started: 'end_to_end_started',
    stopped: 'end_to_end_stopped',
    by: 'days_between',
    days: 21,
  };
  expect(deadlineOf('end_to_end_days <= 21')).toEqual(clock);
  expect(deadlineOf("21 >= end_to_end_days and outcome = 'issued'")).toEqual(clock);
  expect(deadlineOf('duration_days < 5')).toEqual({
    started: 'first_at',
    stopped: 'last_at',
    by: 'days_between',
    days: 5,
  });
  expect(deadlineOf("working_days_between(opened, first('reply sent')) <= 10")).toEqual({
    started: 'opened',
    stopped: "first('reply sent')",
    by: 'working_days_between',
    days: 10,
  });
});

it('a deadline may stand in a column', () => {
  expect(deadlineOf('coalesce(enddate, last_at) <= deadline')).toEqual({
    started: 'deadline',
    stopped: 'coalesce(enddate, last_at)',
    by: 'days_between',
    days: 0,
  });
});

it('a condition with no deadline, or with two, has none to hold a finding against', () => {
  expect(deadlineOf("not has('call')")).toBeNull();
  expect(deadlineOf('end_to_end_days > 21')).toBeNull();
  expect(deadlineOf('age_days <= 21 or other_days <= 4')).toBeNull();
  expect(deadlineOf('age_days <= 21 and other_days <= 4')).toBeNull();
});

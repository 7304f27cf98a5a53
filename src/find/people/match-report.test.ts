import { expect, test } from 'vitest';
import { matchReport } from './match-report.ts';

const findings = [
  {
    id: 'a',
    pattern: 'unusual-neighbour',
    key: 'unusual-neighbour · allocated · moved to paper',
    title: '"allocated" is followed by "moved to paper", which it hardly ever is.',
  },
  {
    id: 'b',
    pattern: 'direct-repetition',
    key: 'direct-repetition · photo and document check',
    title: '"photo and document check" is done again straight after itself.',
  },
];
const report = { what: '', why: null, step: null, team: null };

test('a report is matched by the step it names', () => {
  expect(matchReport({ ...report, what: 'We do it twice', step: 'Photo and document check' }, findings)).toBe(
    'b',
  );
});

test('a report is matched by its words, whatever their endings', () => {
  expect(
    matchReport(
      { ...report, what: 'I move linked families to paper when one is allocated elsewhere' },
      findings,
    ),
  ).toBe('a');
});

test('a report with nothing in common is matched to nothing', () => {
  expect(matchReport({ ...report, what: 'I keep a spreadsheet of my own' }, findings)).toBeNull();
  expect(matchReport({ ...report, what: 'anything' }, [])).toBeNull();
});

test('a wait is matched only where the report speaks of waiting or chasing', () => {
  const wait = {
    id: 'w',
    pattern: 'wait',
    key: 'wait · allocated · answered',
    title: '12,522 cases wait between "allocated" and "answered".',
  };
  const list = 'I keep a list in a spreadsheet because the system cannot link letters';
  expect(matchReport({ ...report, what: list, step: 'Allocated' }, [wait])).toBeNull();
  expect(matchReport({ ...report, what: 'I chase the file every day', step: 'Allocated' }, [wait])).toBe('w');
  expect(matchReport({ ...report, what: list, why: 'They are waiting', step: 'Allocated' }, [wait])).toBe(
    'w',
  );
});

test('work done again is matched only where the report speaks of that', () => {
  const rework = {
    id: 'r',
    pattern: 'rework',
    key: 'rework · photo and document check',
    title: '"photo and document check" is done again in 1,135 cases, 11.4% of all.',
  };
  const step = 'Photo and document check';
  const list = 'I keep my own list of countries because the system has none';
  expect(matchReport({ ...report, what: list, step }, [rework])).toBeNull();
  expect(matchReport({ ...report, what: 'I have to rekey the form', step }, [rework])).toBe('r');
  expect(matchReport({ ...report, what: list, why: 'It comes back without one', step }, [rework])).toBe('r');
});

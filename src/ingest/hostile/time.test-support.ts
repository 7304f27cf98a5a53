import { casesOf, read, refused } from './hostile-case.test-support.ts';

const log = (...times: readonly string[]) =>
  `case,step,finished\n${times.map((time, i) => `c${i},x,${time}\n`).join('')}`;
const spans = (...pairs: readonly (readonly [string, string])[]) =>
  `case,step,started,finished\n${pairs.map(([from, to], i) => `c${i},x,${from},${to}\n`).join('')}`;
const good = '2024-03-02 09:00';

/** Times that do not exist, that mean nothing, or that mean two things. */
export const timeCases = casesOf('time', [
  [
    'days, hours and minutes that no calendar has',
    'a.csv',
    log(
      good,
      '2024-02-30 09:00',
      '2023-02-29 09:00',
      '2024-03-02 25:00',
      '2024-03-02 09:60',
      '2024-13-40 09:00',
    ),
    read(1, { TIME_UNPARSABLE: 5 }),
  ],
  [
    'words, digits of other scripts, and offsets that no place has',
    'a.csv',
    log(good, 'see email', '٢٠٢٤-٠٣-٠٢', '2024-03-02T09:00:00+99:00', 'NaN:NaN'),
    read(1, { TIME_UNPARSABLE: 4 }),
  ],
  [
    'years beyond the calendar',
    'a.csv',
    log(good, '10000-01-01', '-0001-01-01', '99999999-01-01'),
    read(1, { TIME_UNPARSABLE: 3 }),
  ],
  [
    'a time of 200,000 digits, blanks and dashes',
    'a.csv',
    () => log(good, '1'.repeat(200_000), `2024-03-02${' '.repeat(200_000)}x`, '2024-'.repeat(40_000)),
    read(1, { TIME_UNPARSABLE: 3 }),
  ],
  [
    '24:00 is the next day, 24:01 is nothing',
    'a.csv',
    log(good, '2024-03-02 24:00', '2024-03-02 24:01'),
    read(2, { TIME_UNPARSABLE: 1 }, ['TIME_24']),
  ],
  [
    'dates that stand for none, all of them',
    'a.csv',
    log('9999-12-31', '1900-01-01', '1970-01-01 00:00', '0001-01-01', '0000-00-00', '1899-12-30'),
    read(6, {}, ['SENTINEL', 'EVENTS_WITHOUT_TIME']),
  ],
  ['no time on any row', 'a.csv', log('', '', ''), read(3, {}, ['EVENTS_WITHOUT_TIME'])],
  [
    'dates that read both ways',
    'a.csv',
    log('03/04/2024', '11/12/2024'),
    refused('DATE_ORDER_AMBIGUOUS', 'day'),
  ],
  [
    'dates of two orders in one column',
    'a.csv',
    log('25/04/2024', '26/04/2024', '04/27/2024'),
    read(2, { TIME_UNPARSABLE: 1 }, ['DATE_ORDER_MIXED']),
  ],
  [
    'a finish before its start',
    'a.csv',
    spans(['2024-03-02 09:00', '2024-03-02 10:00'], ['2024-03-02 09:00', '2024-03-01 10:00']),
    read(1, { FINISH_BEFORE_START: 1 }),
  ],
  [
    'a start that is no time beside a good finish, and the other way round',
    'a.csv',
    spans(
      ['soon', '2024-03-02 10:00'],
      ['2024-03-02 09:00', 'later'],
      ['', '2024-03-02 10:00'],
      ['soon', 'later'],
    ),
    read(1, { TIME_UNPARSABLE: 3 }),
  ],
  [
    'seconds since 1970 that nobody said were times',
    'a.csv',
    log(good, '1717239600', '1717239600000'),
    read(1, { TIME_UNPARSABLE: 2 }),
  ],
  [
    'hours that the clocks skipped and hours that came twice',
    'a.csv',
    log('2024-03-31 01:30', '2024-10-27 01:30'),
    read(2, {}, ['CLOCK_GAP', 'CLOCK_AMBIGUOUS']),
    { timezone: 'Europe/London' },
  ],
  [
    'a zone that is on another planet',
    'a.csv',
    log(good),
    refused('TIMEZONE_UNKNOWN', 'Mars'),
    { timezone: 'Mars/Olympus' },
  ],
  [
    'a zone that is a path',
    'a.csv',
    log(good),
    refused('TIMEZONE_UNKNOWN'),
    { timezone: '../../etc/passwd' },
  ],
]);

import { describe, expect, test } from 'vitest';
import { emailsIn, singlesOut, tellsOfPerson } from './person-forms.ts';

describe('a text', () => {
  test.each([
    ...['jane@example.org', 'j.o-brien+claims@mail.example.co.uk', 'QQ123456C', 'AB 12 34 56 C', 'ab123456d'],
    ...['SW1A 1AA', 'M1 1AE', 'EC1A 1BB', 'ls2 9jt', 'CR2 6XH'],
  ])('"%s" singles a person out', (text) => {
    expect(singlesOut(text)).toBe(true);
  });

  test.each([
    ...['SW1A', 'SW1A 1', 'M1', 'jane@example', '@team', 'jane@', 'AB123456E', 'DA123456C', 'AB12345C'],
    ...['REF 1AA', 'A1 1C', 'Step 1AA', 'AB12CD', '2024-01-02', 'C123456', 'QQ1234567C', 'A1B 2C3', ''],
  ])('"%s" does not', (text) => {
    expect(singlesOut(text)).toBe(false);
  });
});

describe('a text of several words', () => {
  test.each([
    ...['Zed <z@example.org>', 'z@example.org (Zed)', 'a@example.org; b@example.org', 'mailto:a@example.org'],
    ...[
      '"a@example.org"',
      "'a@example.org'",
      'Wrote to jane.doe+claims@mail.example.co.uk.',
      'zoë@example.org',
    ],
    ...['NINO AB123456C', 'nino: ab 12 34 56 c', 'Jane Doe, QQ123456C.', '(AB123456C)', 'NINO=AB123456C'],
    ...['12 High Street, Leeds LS1 4AP', 'LS1 4AP Depot', '1 High Street, Ely m1 1aa', 'Leeds, LS1  4AP.'],
    ...['Leeds Ls1 4AP', 'Flat 2, EC1A 1BB, London', 'Leeds LS1\u00a04AP', 'office/LS1 4AP'],
  ])('"%s" tells of a person', (text) => {
    expect(tellsOfPerson(text)).toBe(true);
  });

  test.each([
    ...[
      'CASE-AB123456C-1',
      'REF/AB123456C/2',
      'XAB123456C',
      'AB123456CD',
      'AB1234567C',
      'ref. GB 12 34 56 A',
    ],
    ...['ABC 1AA', 'Team 3 AB', 'Room 4 1AA', 'Form P1 2AB', 'Block B2 1st floor', 'level e1 4th floor'],
    ...[
      'Grade S1 2hr',
      'REF-LS1 4AP',
      'LS1 4APX',
      'LS1 4',
      'Leeds LS1',
      'Team @ Leeds',
      'jane @ example.org',
    ],
    ...[
      'see @team.example',
      'package@1.2.3',
      'https://example.org/@jane',
      'see medium.example/@jane.doe',
      '@ 5.30',
    ],
    ...[
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      '2026-01-02T09:00:00Z',
      '12:30 AM',
      'Form CH2',
      'Step 12 B',
      '',
    ],
    ...['Create Fine', 'Send for Credit Collection', 'W_Completeren aanvraag', 'A_SUBMITTED', '1200.50'],
  ])('"%s" does not', (text) => {
    expect(tellsOfPerson(text)).toBe(false);
  });

  test('holds emails, each as often as it stands, whatever stands around them', () => {
    expect(emailsIn('Zed <Z@example.org>; "b@example.org"')).toEqual(['z@example.org', 'b@example.org']);
    expect(emailsIn('nobody')).toEqual([]);
    const many = Array.from({ length: 30 }, (_, i) => `person.${i}@example.org`);
    expect(emailsIn(`${'x'.repeat(100_000)}, ${many.join(' and then ')} ${many[0]}`)).toEqual(many);
  });

  test('is looked through in no time, whatever it is made of', () => {
    const long = 20_000;
    for (const part of ['a', 'a@', 'a.', 'a@a.', '@', '1a ', 'AB12 ', 'LS1 ', '12 34 A ', 'a-'])
      expect(tellsOfPerson(`a@${part.repeat(long)}1`)).toBe(false);
  });
});

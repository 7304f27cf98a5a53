import { describe, expect, test } from 'vitest';
import { keptFault, mayBeShown, personalHeader } from './personal-columns.ts';

describe('a header', () => {
  test.each([
    ...['National Insurance number', 'NI number', 'NI no.', 'NINO', 'Claimant NINO', "Applicant's NI number"],
    ...[
      'NHS number',
      'nhs_no',
      'Passport no',
      'passport_number',
      'Driving licence',
      'Driving licence number',
    ],
    ...['Date of birth', 'DOB', 'Applicant DOB', 'Applicant 1 date of birth', 'birth_date', 'case:DOB'],
    ...['Next of kin', 'Emergency contact', 'Bank account number', 'IBAN', 'UTR'],
    ...['Surname', 'Applicant name', 'E-mail', 'Caller tel no', 'Home address', 'Address line 1'],
    ...['Name of applicant', "Child's name", 'Given names', 'Previous surname', 'Payee name', 'CUST NAME'],
    ...[
      'Account holder',
      'DoB (applicant)',
      'birth_dt',
      'Telephone Nos',
      'Tel. (home)',
      'Work tel',
      'Mob no',
    ],
    ...['Property address', 'Addr1', 'Contact details', 'Sort code', 'UTR number', 'details.surname'],
    ...['owner.name', 'user.displayName', 'applicant.contact.email'],
    ...['Created by', 'Last updated by', 'Caseworker', 'Case officer', 'Assigned to', 'Staff number'],
    ...['Postcode', 'Applicant postcode', 'customer_post_code', 'Home address postcode', 'ZIP code'],
  ])('"%s" speaks of people', (header) => {
    expect(personalHeader(header)).not.toBeNull();
  });

  test.each([
    ...['Name', 'case:concept:name', 'org:resource', 'Office postcode', 'Postcode district', 'Product name'],
    ...['Passport type', 'Year of birth', 'Licence number', 'Birth registration', 'Contact', 'Nino area'],
    ...['Display name', 'Names', 'Form name', 'step.name', 'Mobile app', 'Contact', 'Work', 'Holder type'],
    ...['Number', 'Id', 'Reference', 'Account number', 'Kind', 'Union number', 'Country of birth'],
  ])('"%s" does not', (header) => {
    expect(personalHeader(header)).toBeNull();
  });
});

test('a value is shown only if it is no sentence and tells of nobody', () => {
  expect(mayBeShown('Telephone', 'Yes')).toBe(true);
  expect(mayBeShown('Telephone', '07700 900123')).toBe(false);
  expect(mayBeShown('Postcode', 'SW1A')).toBe(true);
  expect(mayBeShown('Remark', 'jane@example.org')).toBe(false);
  expect(mayBeShown('Remark', 'Jane Doe <jane@example.org>')).toBe(false);
  expect(mayBeShown('Remark', 'a'.repeat(60))).toBe(false);
  expect(mayBeShown('Remark', 'sent back')).toBe(true);
  expect(mayBeShown('Completed by', 'Jane Doe')).toBe(false);
  // Who is to say whether a column holds workers must see some of it.
  expect(mayBeShown('Completed by', 'Jane Doe', true)).toBe(true);
  expect(mayBeShown('Completed by', '31/03/2026')).toBe(true);
});

describe('a value that could not be used', () => {
  test.each([
    ...['John Smith AB123456D', 'see AB 12 34 56 D, please', 'of SW1A 1AA', 'ask a.b@council.gov.uk'],
    ...['a@example.org|b@example.org', 'NINO=AB123456D', 'P1 2AB'],
    ...['(QQ123456C)', 'x'.repeat(60), 'He came in twice and was told to come again on the day after.'],
  ])('is not kept where it may tell of people: %s', (value) => {
    const kept = keptFault(value);
    expect(kept).toContain('not kept');
    expect(kept).not.toContain(value);
  });

  test.each(['31/02/2025', 'n/a', 'ABC 123', 'twelve', '2025-13-01T09:00', '', null])(
    'is kept where it does not: %s',
    (value) => expect(keptFault(value)).toBe(value),
  );
});

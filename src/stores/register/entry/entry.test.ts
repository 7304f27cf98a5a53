import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/index.ts';
import { suspectedIn, utcSecondOf } from '../../records/index.ts';
import { codeOf } from '../fixtures.test-support.ts';
import { checkChain } from './chains.ts';
import type { Entry } from './entry.ts';
import { readLine } from './read-line.ts';
import { type NewEntry, writeLine } from './write-line.ts';

const hash = 'a'.repeat(64);

const verdict: NewEntry = {
  kind: 'disposition',
  id: 'repeat|decide|team A',
  recorded: '2026-05-04T09:30:00Z',
  role: 'caseworker',
  payload: { pattern: 'repeat', verdict: 'confirmed workaround', response: 'redesign', share: 0.125 },
};

const assumption = (payload: Record<string, unknown>): NewEntry => ({
  ...verdict,
  kind: 'assumption',
  payload,
});

describe('an entry', () => {
  it('comes back from its line as it was', () => {
    const { entry, line } = writeLine(verdict);
    expect(readLine(line)).toEqual(entry);
    expect(entry).toMatchObject({ schema: 'wellspent.register/1', version: 1, replaces: null });
  });

  it.each([
    ['a kind there is none of', { kind: 'opinion' }],
    ['a role that is a name', { role: 'Jo Bloggs' }],
    ['a local time', { recorded: '2026-05-04T09:30:00+01:00' }],
    ['a day that is none', { recorded: '2026-02-30T09:30:00Z' }],
    ['parts of a second', { recorded: '2026-05-04T09:30:00.5Z' }],
    ['an empty id', { id: '' }],
    ['a line break in its id', { id: 'a\nb' }],
    ['version 0', { version: 0 }],
    ['version 2 that replaces nothing', { version: 2 }],
    ['version 1 that replaces something', { replaces: hash }],
    ['a hash in capitals', { version: 2, replaces: 'A'.repeat(64) }],
    ['a payload and a commitment', { commitment: hash }],
    ['one field too many', { author: 'analyst' }],
    ['a verdict there is none of', { payload: { ...verdict.payload, verdict: 'lazy' } }],
    ['free text in a verdict', { payload: { ...verdict.payload, note: 'they all do it' } }],
    ['a response to what is no workaround', { payload: { ...verdict.payload, verdict: 'data error' } }],
    ['a whole number beyond 2^53', { kind: 'assumption', payload: { n: 2 ** 53 } }],
    ['70 levels', { kind: 'assumption', payload: { n: JSON.parse('['.repeat(70) + ']'.repeat(70)) } }],
    ['more than 256 KB', { kind: 'assumption', payload: { n: 'word '.repeat(60_000) } }],
  ])('with %s is refused', (_, change) => {
    expect(codeOf(() => writeLine({ ...verdict, ...change } as NewEntry))).toBe('ENTRY_INVALID');
  });

  it.each([
    ['NOT_NFC', { text: 'e\u0301' }],
    ['NOT_NFC', { 'e\u0301': 1 }],
    ['LONE_SURROGATE', { text: '\udc00' }],
    ['NOT_FINITE', { n: Number.NaN }],
    ['NOT_JSON', { day: new Date(0) }],
    ['PERSONAL_DATA_SUSPECTED', { text: ['ask jo.bloggs@example.org'] }],
  ])('is refused as %s where its data are %j', (code, payload) => {
    expect(codeOf(() => writeLine(assumption(payload)))).toBe(code);
  });

  it('is read from the one canonical line and from no other', () => {
    const text = Buffer.from(writeLine(verdict).line).toString();
    const others: readonly (readonly [string, string])[] = [
      ['NOT_CANONICAL', ` ${text}`],
      ['NOT_CANONICAL', `${text}\r`],
      ['NOT_CANONICAL', text.replace('0.125', '0.1250')],
      ['NOT_CANONICAL', text.replace('repeat', '\\u0072epeat')],
      ['DUPLICATE_KEY', text.replace('"version":1', '"version":1,"version":1')],
      ['DUPLICATE_KEY', text.replace('"share"', '"verdict":"x","\\u0076erdict":"y","share"')],
      ['NOT_JSON', `\ufeff${text}`],
      ['NOT_JSON', text.slice(0, -1)],
      ['NOT_JSON', ''],
      ['ENTRY_INVALID', '['.repeat(100_000) + ']'.repeat(100_000)],
      ['ENTRY_INVALID', '['.repeat(80) + ']'.repeat(80)],
      ['ENTRY_INVALID', '{}'],
      ['ENTRY_INVALID', '7'],
    ];
    for (const [code, line] of others)
      expect(
        codeOf(() => readLine(Buffer.from(line))),
        line.slice(0, 40),
      ).toBe(code);
    expect(codeOf(() => readLine(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('NOT_JSON');
  });

  it('with the same key in two objects beside or inside one another is no duplicate', () => {
    const payload = { a: { a: 1, b: [{ a: 2 }, { a: '{"a":1,"a":2}' }] }, b: 'a": 1' };
    expect(readLine(writeLine(assumption(payload)).line).payload).toEqual(payload);
  });

  it('of any plain data is read back the same, or refused in words of ours', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true }),
        (payload) => {
          let line: Uint8Array;
          try {
            line = writeLine(assumption(payload)).line;
          } catch (error) {
            expect((error as { code: string }).code).toMatch(/^[A-Z_]+$/);
            return;
          }
          expect(canonicalJson(readLine(line))).toBe(Buffer.from(line).toString());
        },
      ),
    );
  });

  it('takes its moment from a clock, cut to the second', () => {
    expect(utcSecondOf(new Date('2026-05-04T09:30:00.999Z'))).toBe('2026-05-04T09:30:00Z');
  });
});

describe('a chain of versions', () => {
  const first = { kind: 'forecast', id: 'F-1', version: 1, chain: 'forecast', replacedBy: null } as const;
  const entry = (change: Partial<Entry>) =>
    ({ ...verdict, kind: 'forecast', id: 'F-1', version: 2, replaces: hash, ...change }) as Entry;

  it('goes on with the next version, a correction or a withdrawal of its head', () => {
    for (const kind of ['forecast', 'correction', 'withdrawal'] as const)
      expect(() => checkChain(entry({ kind }), first, undefined)).not.toThrow();
    const corrected = { ...first, kind: 'correction', version: 2 } as const;
    expect(() => checkChain(entry({ version: 3 }), corrected, undefined)).not.toThrow();
    expect(() => checkChain(entry({ version: 1, replaces: null }), undefined, undefined)).not.toThrow();
  });

  it.each([
    ['VERSION_CONFLICT', 'a second first version', entry({ version: 1, replaces: null }), undefined, first],
    ['VERSION_CONFLICT', 'a version replaced before', entry({}), { ...first, replacedBy: hash }, first],
    ['VERSION_CONFLICT', 'a version left out', entry({ version: 3 }), first, first],
    ['VERSION_CONFLICT', 'another id', entry({ id: 'F-2' }), first, first],
    ['VERSION_CONFLICT', 'another kind', entry({ kind: 'decision' }), first, first],
    [
      'VERSION_CONFLICT',
      'a correction of nothing',
      entry({ kind: 'correction', version: 1, replaces: null }),
      undefined,
      undefined,
    ],
    ['LINK_MISSING', 'what is not there', entry({}), undefined, undefined],
  ] as const)('refuses as %s %s', (code, _, next, before, earlier) => {
    expect(codeOf(() => checkChain(next, before, earlier))).toBe(code);
  });
});

describe('the search for personal data', () => {
  it.each([
    ['an e-mail address', 'write to jo.bloggs+x@mail.example.co.uk today'],
    ['a telephone number', 'ring 020 7946 0018'],
    ['a telephone number', 'ring (01632) 960 001'],
    ['a telephone number', '07700900123'],
    ['a telephone number', '+44 (0)7700 900-123'],
    ['a telephone number', 'from abroad 00441632960001'],
    ['a National Insurance number', 'QQ 12 34 56 C is the example, AB123456C could be real'],
    ['a National Insurance number', 'ab 12 34 56 d'],
    ['an NHS number', '943 476 5919'],
    ['an NHS number', 'no. 9434765919.'],
    ['a postcode', 'lives near SW1A 2AA'],
    ['a postcode', 'M11AE'],
    ['a postcode', 'ec1a 1bb'],
  ])('finds %s in "%s"', (what, text) => {
    expect(suspectedIn(text).map((found) => found.what)).toContain(what);
  });

  it.each([
    'Half of repeat calls ask only where the case has got to',
    '2026-11-02T09:00:00Z',
    'between 2024-01-01 and 2024-12-31',
    '85c5dc4ad2917b9dfe0ee9bf017176f8daf8b933d452d2b022224a68707fb6ac',
    '0000000000000000000000000000000000000000000000000000000000000000',
    'register.wellspent.example+93a2c866+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea',
    'd6f1c2a4-0123-4567-8901-23456789abcd',
    'version 1.0.0-rc.1 of passports@1.2.0',
    'a share of 0.0123456789 and 1234567890',
    '12,345,678 cases, 10 to 12 weeks, £1,234,567.89',
    'step E1 2nd check, form A1 1AA',
    'C-001@3, T-001, wellspent.allocation/1',
    'Re-order: 5 to 10 days; team B2 3 works 9 to 5',
  ])('finds nothing in "%s"', (text) => {
    expect(suspectedIn(text)).toEqual([]);
  });
});

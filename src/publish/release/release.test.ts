import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provenance, type Result, sha256Hex, type Table } from '../../core/index.ts';
import { type DisclosureProfile, disclosureProfiles } from '../../stats/index.ts';
import { type ProtectedResults, protectResults } from '../disclosure/protect-results.ts';
import { earlierKnowledge } from './earlier-knowledge.ts';
import { makeRelease } from './make-release.ts';
import type { Publication } from './publication.ts';
import { ledgerLine, type Release, readLedger } from './release-ledger.ts';

const tenFive = disclosureProfiles['10-5'];
const noFigures: Table = { id: 'figures', title: 'Figures', columns: [], rows: [] };

function offices(id: string, counts: Readonly<Record<string, number>>): Result {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    id: 'made',
    question: 'How many?',
    answer: 'Some.',
    status: 'sound',
    figures: [],
    tables: [
      {
        id,
        title: id,
        columns: [
          { key: 'office', title: 'Office', type: 'text' },
          { key: 'cases', title: 'Cases', type: 'count' },
        ],
        rows: Object.entries({ all: total, ...counts }).map(([office, cases]) => ({ office, cases })),
      },
    ],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({ method: 'made' }),
  };
}

function releaseOf(guarded: ProtectedResults, extract: string, ledger = '', earlier = 0): Release {
  const publication: Publication = {
    service: 'made',
    title: 'Made',
    purpose: 'To test.',
    about: null,
    demonstration: true,
    charter: { version: '1.0.0', hash: sha256Hex('charter') },
    pages: ['measure/made'],
    guarded,
    figures: noFigures,
    data: {
      vintage: null,
      extracts: [{ file: 'a.csv', sha256: sha256Hex(extract) }],
      rowsSetAside: 0,
      reasons: 'none',
      unmeasured: [],
    },
  };
  return makeRelease(publication, [], ledger, earlier, new Date('2026-05-04T09:30:00Z'));
}

const shown = ({ results }: ProtectedResults) =>
  Object.fromEntries(
    (results[0]?.tables ?? []).flatMap(({ rows }) => rows.map((row) => [row.office, row.cases])),
  );

const again = (release: Release, result: Result, extract: string, profile: DisclosureProfile = tenFive) =>
  protectResults(
    [result],
    profile,
    earlierKnowledge([release], [{ file: 'a.csv', sha256: sha256Hex(extract) }]),
  );

describe('a later release', () => {
  it('of the same data and tables shows the same', async () => {
    const result = offices('t', { North: 61, South: 14, East: 6, West: 33 });
    const first = await protectResults([result], tenFive);
    const second = await again(releaseOf(first, 'x'), result, 'x');
    expect(shown(second)).toEqual(shown(first));
    expect(second.givenBefore).toEqual([]);
  });

  it('does not show what an earlier one hid so that a small count stays hidden', async () => {
    // East hides behind South; a table of South alone, without rounding, would tell East.
    const first = await protectResults([offices('t', { North: 61, South: 14, East: 6 })], tenFive);
    expect(shown(first)).toEqual({ all: 80, North: 60, South: '[c]', East: '[c]' });
    const release = releaseOf(first, 'x');
    const other = { ...offices('t', { North: 61, South: 14, East: 6 }) };
    const table = other.tables[0] as Table;
    const alone: Result = {
      ...other,
      tables: [{ ...table, rows: table.rows.filter(({ office }) => office === 'South') }],
    };
    expect(shown(await protectResults([alone], tenFive))).toEqual({ South: 15 });
    const found = await again(release, alone, 'x', { ...tenFive, base: 1 });
    expect(shown(found)).toEqual({ South: '[c]' });
  });

  it('does not hide behind what an earlier one showed', async () => {
    const release = releaseOf(
      await protectResults([offices('t', { North: 61, South: 14, East: 20 })], tenFive),
      'earlier data',
    );
    const now = offices('t', { North: 161, South: 14, East: 6 });
    expect(shown(await protectResults([now], tenFive))).toMatchObject({ South: '[c]', East: '[c]' });
    expect(shown(await again(release, now, 'x'))).toEqual({ all: 180, North: '[c]', South: 15, East: '[c]' });
  });

  it('says which small counts an earlier one told', async () => {
    const open = { ...tenFive, threshold: 1, base: 1, width: 1 };
    const result = offices('t', { North: 61, South: 14, East: 6 });
    const release = releaseOf(await protectResults([result], open), 'x');
    expect((await again(release, result, 'x')).givenBefore).toEqual(['made / t / cases / East']);
  });

  it('takes no count for known that has changed since', async () => {
    const release = releaseOf(
      await protectResults([offices('t', { North: 61, South: 44, East: 26 })], tenFive),
      'earlier data',
    );
    const now = offices('t', { North: 161, South: 144, East: 6 });
    expect(shown(await again(release, now, 'x'))).toEqual(shown(await protectResults([now], tenFive)));
  });
});

describe('the ledger', () => {
  it('holds published values only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60), { minLength: 2, maxLength: 5 }), async (counts) => {
        const named = Object.fromEntries(counts.map((count, i) => [`Office ${i}`, count]));
        const release = releaseOf(await protectResults([offices('t', named)], tenFive), 'x');
        for (const value of Object.values(release.counts))
          if (value !== null) expect([value % 5, value >= 10]).toEqual([0, true]);
      }),
      { numRuns: 20 },
    );
  });

  it('is read back as it was written, and each line follows the one before', async () => {
    const guarded = await protectResults([offices('t', { North: 61, South: 14, East: 6 })], tenFive);
    const first = releaseOf(guarded, 'x');
    const text = `${ledgerLine(first)}\n`;
    const second = releaseOf(guarded, 'x', text, 1);
    const whole = `${text}${ledgerLine(second)}\n`;
    expect(readLedger(whole, 'releases.ndjson')).toEqual([first, second]);
    expect(first.sums).toHaveLength(1);
  });

  it.each([
    ['a line that is not JSON', (text: string) => `${text}{\n`],
    ['a line that is no release', (text: string) => `${text}{}\n`],
    ['a line that was changed', (text: string) => text.replace('"release":1', '"release":7')],
    ['a line taken out', (text: string) => `${text.split('\n')[1]}\n`],
  ])('with %s is refused', async (_, change) => {
    const guarded = await protectResults([offices('t', { North: 61 })], tenFive);
    const text = `${ledgerLine(releaseOf(guarded, 'x'))}\n`;
    const whole = `${text}${ledgerLine(releaseOf(guarded, 'x', text, 1))}\n`;
    expect(() => readLedger(change(whole), 'releases.ndjson')).toThrow(/^Line \d of releases\.ndjson/);
  });
});

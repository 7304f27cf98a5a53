import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { errorCatalogue, WellspentFaults } from '../core/index.ts';
import type { Charter } from './charter/charter.ts';
import { loadCharter, parseCharter } from './load.ts';

const good = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit, once, in time.
timezone: Europe/London
reporting: {grain: month}
extracts:
  - {file: events.csv, as: events, map: {case_id: Case, step: Activity}}
outcomes:
  - {id: in-time, title: A permit in time, measure: timely}
outputs:
  - {id: permits, title: Permits, unit: permit, from: cases, where: "has('Decide')", unit_cost: permit-cost}
quality:
  - id: timely
    title: Decided in 20 days
    outputs: all
    from: cases
    share: end_to_end_days <= 20
    direction: higher
    weight: 0.6
    weight_source: The board, January 2024
  - id: right
    title: Right first time
    outputs: [permits]
    from: cases
    share: not has('Appeal')
    direction: higher
    weight: 0.4
    weight_source: The board, January 2024
clocks:
  - {id: end-to-end, title: From application to decision, start: {step: Apply}, stop: {step: Decide}}
endings:
  - {id: granted, title: Granted, where: has('Grant')}
assumptions:
  - id: permit-cost
    statement: A permit costs 120 pounds.
    value: 120
    unit: pounds
    source: Cost model, 2023
    owner: Finance partner
    review: 2026-04-01
`;

function faultsOf(text: string): WellspentFaults['faults'] {
  try {
    parseCharter(text, 'service.yaml');
  } catch (error) {
    if (error instanceof WellspentFaults) return error.faults;
    throw error;
  }
  return [];
}

const codesAndLines = (text: string) => faultsOf(text).map((fault) => `${fault.where?.line} ${fault.code}`);

/** The good charter with lines changed: each change says what to put for a line that is there. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text, from).toContain(from);
    return text.replace(from, to);
  }, good);
}

describe('a sound charter', () => {
  it('loads with its content', () => {
    const { charter, file } = parseCharter(good, 'service.yaml');
    expect(charter.quality?.map(({ weight }) => weight)).toEqual([0.6, 0.4]);
    expect(file).toBe('service.yaml');
  });

  it('says the line of each part, or of the nearest part above it', () => {
    const { lineOf } = parseCharter(good, 'service.yaml');
    expect(lineOf(['purpose'])).toBe(7);
    expect(lineOf(['quality', 1])).toBe(25);
    expect(lineOf(['quality', 1, 'share'])).toBe(29);
    expect(lineOf(['quality', 1, 'nothing', 3])).toBe(25);
    expect(lineOf(['outputs', 0, 'where'])).toBe(15);
    expect(lineOf(['nothing'])).toBe(1);
  });

  it('has a hash that comments, order of keys and style of writing do not change, and content does', () => {
    const { hash, charter } = parseCharter(good, 'a.yaml');
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, part]) => [key, reversed(part)]),
      );
    };
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(parseCharter(`# note\n${good}\n# end`, 'b.yaml').hash).toBe(hash);
    expect(parseCharter(stringify(reversed(charter)), 'c.yaml').hash).toBe(hash);
    expect(parseCharter(JSON.stringify(charter), 'd.yaml').hash).toBe(hash);
    expect(parseCharter(changed(['value: 120', 'value: 121']), 'e.yaml').hash).not.toBe(hash);
  });
});

const broken = `wellspent: 1
service: permits
title: Permits
version: 1.0
effective: 2024-02-30
owner: Head of permits
timezone: Europe/Londn
reporting: {grain: mnth}
extracts:
  - {file: events.csv, as: evnts}
outcomes:
  - {id: in-time, title: A permit in time, measure: timly}
outputs:
  - id: permits
    titel: Permits
    title: Permits
    unit: permit
    from: cases
    where: has('Decide
    unit_cost: permit-cst
quality:
  - id: timely
    title: Decided in 20 days
    outputs: all
    from: cases
    share: type = 5
    direction: higher
    weight: 0.6
    weight_source: The board
  - id: timely
    title: Right first time
    outputs: [permts]
    from: cases
    mean: end_to_ned_days
    direction: upward
    weight: 0.5
    weight_source: The board
clocks:
  - {id: end-to-end, title: End to end, start: {stp: Apply}, stop: {step: Decide}}
targets:
  - {id: fast, title: Fast, share: "ending = 'grantd'", at_least: 98}
endings:
  - {id: granted, title: Granted, where: "ending = 'x'"}
assumptions:
  - id: permit-cost
    id: permit-cost
    statement: &cost A permit costs 120 pounds.
    source: *cost
    owner: Finance partner
    review: 01/04/2026
`;

describe('a broken charter', () => {
  it('reports all of its planted faults in one run, each with code and line', () => {
    expect(codesAndLines(broken)).toEqual([
      '1 CHARTER_KEY_MISSING', // purpose
      '4 CHARTER_VALUE', // version is a number
      '5 CHARTER_DATE', // 30 February
      '7 CHARTER_TIMEZONE',
      '8 CHARTER_VALUE', // grain
      '10 CHARTER_VALUE', // as
      '12 CHARTER_REFERENCE', // timly
      '15 CHARTER_KEY_UNKNOWN', // titel
      '19 CHARTER_EXPRESSION', // no closing quote
      '20 CHARTER_REFERENCE', // permit-cst
      '26 CHARTER_EXPRESSION', // text and number
      '30 CHARTER_ID_TWICE',
      '32 CHARTER_REFERENCE', // permts
      '34 CHARTER_REFERENCE', // end_to_ned_days
      '35 CHARTER_VALUE', // direction
      '39 CHARTER_KEY_UNKNOWN', // stp
      '41 CHARTER_VALUE', // 98
      '41 CHARTER_REFERENCE', // grantd
      '43 CHARTER_EXPRESSION', // circular
      '46 CHARTER_KEY_TWICE',
      '47 CHARTER_ALIAS',
      '48 CHARTER_ALIAS',
      '50 CHARTER_VALUE', // review
    ]);
  });

  it('every fault shows its line, what was found and what to try, in a code of the catalogue', () => {
    const lines = broken.split('\n');
    for (const fault of faultsOf(broken)) {
      expect(errorCatalogue).toHaveProperty(fault.code);
      expect(fault.where?.excerpt).toBe(lines[(fault.where?.line ?? 0) - 1]?.trim());
      if (fault.code !== 'CHARTER_YAML') expect(fault.found, fault.message).toBeTruthy();
      expect(fault.hint, fault.message).toBeTruthy();
      expect(fault.message).toMatch(/\.$/);
    }
  });

  it('remedies are lines to write where the meaning is near', () => {
    const hints = faultsOf(broken).map((fault) => fault.hint);
    for (const hint of [
      'version: "1.0.0"',
      'effective: 2024-02-29',
      'timezone: Europe/London',
      'grain: month',
      'as: events',
      'measure: timely',
      'title: Permits',
      'at_least: 0.98',
      'unit_cost: permit-cost',
      "'5'",
      '- permits',
      'end_to_end_days',
      'step: Apply',
      "ending = 'granted'",
    ])
      expect(hints).toContain(hint);
  });

  it('the fault at large names the file and the number of faults', () => {
    expect(() => parseCharter(broken, 'service.yaml')).toThrow(
      expect.objectContaining({
        code: 'CHARTER_INVALID',
        message: 'The charter service.yaml has 23 faults.',
      }),
    );
  });
});

describe('faults that show when parts are read together', () => {
  it('weights that do not add to 1 are refused with the sum and the rest', () => {
    const [fault] = faultsOf(changed(['weight: 0.4', 'weight: 0.5']));
    expect(fault?.code).toBe('CHARTER_WEIGHTS');
    expect(fault?.where?.line).toBe(31);
    expect(fault?.found).toBe('timely 0.6 + right 0.5 = 1.1');
    expect(fault?.hint).toContain('weight: 0.4');
  });

  it('weights are summed to 1e-9: thirds are fine, a millionth off is not', () => {
    const third = String(1 / 3);
    const three = changed(['weight: 0.6', `weight: ${third}`], ['weight: 0.4', `weight: ${1 - 1 / 3}`]);
    expect(codesAndLines(three)).toEqual([]);
    expect(codesAndLines(changed(['weight: 0.4', 'weight: 0.400001']))).toEqual(['31 CHARTER_WEIGHTS']);
  });

  it('an assumption used as a cost must hold a number', () => {
    expect(codesAndLines(changed(['    value: 120\n', '']))).toEqual(['38 CHARTER_KEY_MISSING']);
  });

  it('a measure from cases must say share or mean, and not both', () => {
    expect(codesAndLines(changed(["    share: not has('Appeal')\n", '']))).toEqual([
      '25 CHARTER_KEY_MISSING',
    ]);
    expect(codesAndLines(changed(["has('Appeal')", "has('Appeal')\n    mean: duration_days"]))).toEqual([
      '30 CHARTER_VALUE',
    ]);
  });

  it('the declared error of an input has a size and a source, and a shared one is shared', () => {
    const withInputs = (...errors: readonly string[]) =>
      codesAndLines(
        `${good}inputs:\n${errors.map((error, i) => `  - {id: i${i}, title: I, category: labour, error: ${error}}`).join('\n')}\n`,
      );
    const line = good.split('\n').length + 1;
    expect(withInputs('{percent: 3, source: Payroll}')).toEqual([]);
    expect(withInputs('{percent: 3}')).toEqual([`${line} CHARTER_KEY_MISSING`]);
    expect(withInputs('{percent: 0, source: Payroll}')).toEqual([`${line} CHARTER_VALUE`]);
    const sharing = (word: string) => `{percent: 3, source: ONS, shared: ${word}}`;
    expect(withInputs(sharing('deflator'), sharing('deflator'))).toEqual([]);
    expect(withInputs(sharing('deflator'), sharing('deflater'))).toEqual([
      `${line} CHARTER_VALUE`,
      `${line + 1} CHARTER_VALUE`,
    ]);
  });

  it('outputs that share a weight must say why', () => {
    const two = changed([
      'outputs:\n',
      'outputs:\n  - {id: web, title: Web, unit: permit, from: volumes, group: g}\n  - {id: post, title: Post, unit: permit, from: volumes, group: g}\n',
    ]);
    expect(codesAndLines(two)).toContain('15 CHARTER_KEY_MISSING');
    expect(codesAndLines(two.replace('group: g}', 'group: g, group_reason: The same permit}'))).not.toContain(
      '15 CHARTER_KEY_MISSING',
    );
  });

  it('a target that leaves cases out cannot be defined as one over all cases', () => {
    const withTarget = (more: string) =>
      codesAndLines(
        `${good}targets:\n  - id: quick\n    title: Quick\n    share: duration_days <= 20\n    at_least: 0.9\n${more}`,
      );
    const line = good.split('\n').length;
    const all = '    definition:\n      stat: share\n      denominator_scope: all\n';
    const some = "    of: not has('Appeal')\n";
    expect(withTarget(all)).toEqual([]);
    expect(withTarget(`${some}${all}`)).toEqual([`${line + 8} CHARTER_TARGET_SCOPE`]);
    expect(withTarget(`${all}      excluded_share: 0.2\n`)).toEqual([`${line + 7} CHARTER_TARGET_SCOPE`]);
    expect(withTarget(`${all}      excluded_share: 0\n`)).toEqual([]);
    expect(withTarget(`${some}    definition: {denominator_scope: conditional}\n`)).toEqual([]);
    expect(withTarget(`${some}    definition:\n      excluded_share: 0\n`)).toEqual([
      `${line + 7} CHARTER_TARGET_SCOPE`,
    ]);
  });

  it('a group joins two outputs, and what is said of it is said alike and dated on a day', () => {
    const withOutputs = (web: string, post: string) =>
      codesAndLines(
        changed([
          'outputs:\n',
          `outputs:\n  - {id: web, title: Web, unit: permit, from: volumes${web}}\n  - {id: post, title: Post, unit: permit, from: volumes${post}}\n`,
        ]),
      ).filter((fault) => /^1[56] /.test(fault));
    const group = ', group: g, group_reason: The same permit';
    expect(withOutputs(`${group}, group_owner: Head, group_since: 2024-04-01`, group)).toEqual([]);
    expect(withOutputs(`${group}, group_owner: Head`, `${group}, group_owner: Deputy`)).toEqual([
      '16 CHARTER_VALUE',
    ]);
    expect(withOutputs(group, ', group: h, group_reason: The same permit')).toEqual([
      '15 CHARTER_VALUE',
      '16 CHARTER_VALUE',
    ]);
    expect(withOutputs(`${group}, group_since: 2024-02-30`, group)).toEqual(['15 CHARTER_DATE']);
    expect(withOutputs(', group_owner: Head', '')).toEqual(['15 CHARTER_VALUE']);
  });

  it('reporting that ends before it starts, and by_period without dates, are refused', () => {
    expect(
      codesAndLines(changed(['{grain: month}', '{grain: month, from: 2024-02-01, to: 2024-01-01}'])),
    ).toEqual(['9 CHARTER_DATE']);
    expect(codesAndLines(changed(['value: 120', 'by_period: {2023: 110, 2024-04-01: 120}']))).toEqual([
      '40 CHARTER_DATE',
    ]);
  });

  it('a file is listed once for a table, or once for each of its sheets', () => {
    const listed = (...parts: readonly string[]) => {
      const entries = parts.map((part) => `  - {file: book.xlsx, as: cases${part}}`).join('\n');
      return codesAndLines(good.replace('outcomes:', `${entries}\noutcomes:`));
    };
    expect(listed(', sheet: Jan', ', sheet: Feb')).toEqual([]);
    expect(listed(', object_type: order', ', object_type: item')).toEqual([]);
    expect(listed(', sheet: Jan', ', sheet: Jan')).toEqual(['13 CHARTER_ID_TWICE']);
    expect(listed('', '')).toEqual(['13 CHARTER_ID_TWICE']);
  });

  it('a column that only resembles a clock from afar may be a column of the data', () => {
    expect(codesAndLines(changed(['share: end_to_end_days', 'share: open_days']))).toEqual([]);
  });

  it('a target says what meets it, or the measure it is set on', () => {
    const withTarget = (text: string) =>
      codesAndLines(`${good}targets:\n  - {id: soon, title: Soon, at_least: 0.95${text}}\n`);
    const line = good.split('\n').length + 1;
    expect(withTarget(', compare_with: timely')).toEqual([]);
    expect(withTarget('')).toEqual([`${line} CHARTER_KEY_MISSING`]);
    expect(withTarget(', compare_with: timely, of: "has(\'Decide\')"')).toEqual([`${line} CHARTER_VALUE`]);
  });
});

describe('savings', () => {
  const withClaims = (...claims: readonly string[]) => {
    const entries = claims.map((claim, i) => `  - {id: s${i + 1}, title: A, owner: Head, claim: {${claim}}}`);
    return codesAndLines(`${good}savings:\n${entries.join('\n')}\n`);
  };
  const line = good.split('\n').length + 1;

  it('repeat only savings that are there', () => {
    expect(withClaims('saving_gbp: 5', 'duplicate_of: s1')).toEqual([]);
    expect(withClaims('saving_gbp: 5', 'duplicate_of: s9')).toEqual([`${line + 1} CHARTER_REFERENCE`]);
  });

  it('change totals by shares, and are not below zero', () => {
    expect(withClaims('input: [-0.05, -0.06, -0.04]')).toEqual([]);
    expect(withClaims('input: [-5, -6, -4]')).toEqual([`${line} CHARTER_VALUE`]);
    expect(withClaims('saving_gbp: -1000000')).toEqual([`${line} CHARTER_VALUE`]);
  });
});

describe('the file itself', () => {
  it('YAML that breaks is reported with its line, and what stands around it is still checked', () => {
    const text = changed(
      ['grain: month', 'grain: mnth'],
      ["title: Granted, where: has('Grant')}", 'title: "Granted, where}'],
    );
    const codes = codesAndLines(text);
    expect(codes).toContain('9 CHARTER_VALUE');
    expect(codes.some((code) => code.endsWith('CHARTER_YAML'))).toBe(true);
  });

  it('an empty file, a list and a word are faults and not crashes', () => {
    for (const text of ['', '- a', 'word', '{', '\0', 'a: b: c', '? [x]: y', '!!js/function x']) {
      expect(faultsOf(text).length, JSON.stringify(text)).toBeGreaterThan(0);
    }
  });

  it('prototypes cannot be reached and deep nesting is refused', () => {
    expect(codesAndLines(`${good}__proto__: {polluted: true}\n`)).toEqual(['45 CHARTER_KEY_UNKNOWN']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(faultsOf('['.repeat(50_000))[0]?.code).toBe('CHARTER_YAML');
  });

  it('merge keys are keys like any other and are refused', () => {
    const text = good.replace(
      'reporting: {grain: month}',
      'reporting: {grain: month, <<: {from: 2024-01-01}}',
    );
    expect(codesAndLines(text)).toEqual(['9 CHARTER_KEY_UNKNOWN']);
  });

  it('any text at all gives a charter or faults, never another error', () => {
    const lines = good.split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.oneof(
          fc.string(),
          fc.constantFrom('- ', '  :', '{', '&a b', '*a', '\t', '"', "'", 'id: x', '? ', '|'),
        ),
        (at, text) => {
          const faults = faultsOf(lines.with(at, text).join('\n'));
          for (const fault of faults) expect(fault.where?.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a file that is missing, too large, or names extracts that are not there is said to be so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wellspent-charter-'));
    try {
      const file = join(folder, 'service.yaml');
      expect(() => loadCharter(file)).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
      writeFileSync(file, `${good}# ${'x'.repeat(1_000_001)}`);
      expect(() => loadCharter(file)).toThrow(expect.objectContaining({ code: 'CHARTER_TOO_LARGE' }));
      writeFileSync(file, good);
      const charter: Charter = loadCharter(file).charter;
      expect(charter.service).toBe('permits');
      expect(() => loadCharter(file, { checkExtracts: true })).toThrow(
        expect.objectContaining({
          faults: [
            expect.objectContaining({
              code: 'CHARTER_EXTRACT_MISSING',
              where: expect.objectContaining({ line: 11 }),
            }),
          ],
        }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

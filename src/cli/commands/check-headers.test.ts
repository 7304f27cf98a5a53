import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../run.test-support.ts';

const cases = 'case_id,opened,closed,office,result\n1,2026-04-01,2026-04-03,Leeds,granted\n';

/** A charter whose first extract is the file of cases; line 14 says which column fills "closed". */
function charterOf({ closed = 'closed', office = 'office', effective = '2026-04-01', rest = '' } = {}) {
  return `wellspent: 1
service: small
title: A small service
version: 1.0.0
effective: ${effective}
owner: Head of the service
purpose: People get an answer.
timezone: UTC
reporting: { grain: month }
extracts:
  - file: cases.csv
    as: cases
    map:
      ${closed === 'closed' ? 'closed: closed' : closed}
      region: ${office}
outcomes:
  - { id: answer, title: People get an answer }
outputs:
  - { id: answers, title: Answers, unit: answer, from: cases }
${rest}`;
}

async function check(charter: string, files: Readonly<Record<string, string>> = { 'cases.csv': cases }) {
  return run(['check'], { cwd: folderWith({ 'service.yaml': charter, ...files }) });
}

describe('check before data are added', () => {
  it('finds a mapped column that the file lacks', async () => {
    const { code, out } = await check(charterOf({ closed: 'closed: decided' }));
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "error[COLUMN_MISSING]: cases.csv has no column "decided".
        service.yaml:14   closed: decided
        found             case_id, opened, closed, office, result
        try               closed: closed
        more              wellspent explain COLUMN_MISSING

      warning[CHARTER_OUTCOME_UNMEASURED]: nobody measures the outcome "People get an answer".
        service.yaml:17   - { id: answer, title: People get an answer }
        found             outcomes: answer has no measure
        try               measure: the id of a quality measure
        more              wellspent explain CHARTER_OUTCOME_UNMEASURED

      The charter has 1 fault.
      "
    `);
  });

  it('finds a key of the mapping that is one slip from a field', async () => {
    const { code, out } = await check(charterOf({ closed: 'clsoed: closed' }));
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "error[MAPPING_KEY_MISSPELT]: the table of cases has no field "clsoed", and nothing fills its field "closed".
        service.yaml:14   clsoed: closed
        found             case_id, type, opened, closed, outcome, person
        try               closed: closed
        more              wellspent explain MAPPING_KEY_MISSPELT

      warning[CHARTER_OUTCOME_UNMEASURED]: nobody measures the outcome "People get an answer".
        service.yaml:17   - { id: answer, title: People get an answer }
        found             outcomes: answer has no measure
        try               measure: the id of a quality measure
        more              wellspent explain CHARTER_OUTCOME_UNMEASURED

      The charter has 1 fault.
      "
    `);
  });

  it('lets attributes be named freely', async () => {
    const { code } = await check(charterOf({ closed: 'closed: closed\n      closed_2: opened' }));
    expect(code).toBe(0);
  });

  it('finds columns that conditions, groups and clocks name and no extract has', async () => {
    const rest = `groups:
  - { id: where, title: Where, column: regoin }
clocks:
  - { id: whole, title: Whole, start: { column: opend }, stop: { column: closed } }
floors:
  - { id: f, title: F, share: regionn = 'Leeds', at_least: 0.5, why: It must be. }
  - { id: g, title: G, share: region = 'Leeds' and outcome = 'granted', at_least: 0.5, why: It must be. }
`;
    const { code, out } = await check(charterOf({ rest }));
    expect(code).toBe(1);
    for (const [line, hint] of [
      [21, 'column: region'],
      [23, 'column: opened'],
      [25, 'region'],
    ])
      expect(out).toMatch(
        new RegExp(
          `error\\[CHARTER_COLUMN_MISSING\\][^\\n]*\\n {2}service\\.yaml:${line} [^!]*?try +.*${hint}`,
        ),
      );
    expect(out).toContain('The charter has 3 faults.');
  });

  it('says nothing of columns while an extract cannot tell which it has', async () => {
    const xes =
      '<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-04-01T09:00:00Z"/></event></trace></log>';
    const rest = 'groups:\n  - { id: where, title: Where, column: weight }\n';
    const charter = charterOf({ rest }).replace('outcomes:', '  - { file: log.xes, as: events }\noutcomes:');
    expect((await check(charter, { 'cases.csv': cases, 'log.xes': xes })).code).toBe(0);
    expect((await check(charterOf({ rest }))).code).toBe(1);
  });

  it('reports faults of the charter and of its files in one run', async () => {
    const { code, out } = await check(
      charterOf({ effective: '2026-02-30', closed: 'closed: decided', office: 'ofice' }).replace(
        'outcomes:',
        '  - { file: log.csv, as: events }\noutcomes:',
      ),
      { 'cases.csv': cases, 'log.csv': 'a,b\nx,1\ny,2\n' },
    );
    expect(code).toBe(1);
    const found = [...out.matchAll(/error\[(\w+)\][^\n]*\n {2}service\.yaml:(\d+)/g)].map(
      ([, fault, line]) => `${line} ${fault}`,
    );
    expect(found).toEqual([
      '5 CHARTER_DATE',
      '14 COLUMN_MISSING',
      '15 COLUMN_MISSING',
      ...['16 MAPPING_INCOMPLETE', '16 MAPPING_INCOMPLETE'],
    ]);
  });

  it('says of an empty charter what to start from', async () => {
    const { code, out } = await check('');
    expect(code).toBe(1);
    expect(out).toContain('try               start from the charter that `wellspent init DIR` writes');
  });

  it('leaves extracts alone that are in already', async () => {
    const cwd = folderWith({ 'service.yaml': charterOf(), 'cases.csv': cases });
    expect((await run(['add'], { cwd })).code).toBe(0);
    expect((await run(['check'], { cwd })).code).toBe(0);
  });
});

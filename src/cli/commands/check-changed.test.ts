import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../run.test-support.ts';

const cases = 'case_id,opened,closed,decided,office,cost\n1,2026-04-01,2026-04-03,2026-04-02,Leeds,"1,234"\n';

function charterOf(extract: string): string {
  return `wellspent: 1
service: small
title: A small service
version: 1.0.0
effective: 2026-04-01
owner: Head of the service
purpose: People get an answer.
timezone: UTC
reporting: { grain: month }
extracts:
  - file: cases.csv
    as: cases
${extract}outcomes:
  - { id: answer, title: People get an answer }
outputs:
  - { id: answers, title: Answers, unit: answer, from: cases }
`;
}

/** A workspace brought in by one charter, of which another is then written. */
async function changed(before: string, after: string, options: readonly string[] = []) {
  const cwd = folderWith({ 'service.yaml': charterOf(before), 'cases.csv': cases });
  expect((await run(['add', 'cases.csv', '--into', '.', '--as', 'cases', ...options], { cwd })).code).toBe(0);
  writeFileSync(join(cwd, 'service.yaml'), charterOf(after));
  return { cwd, check: async () => run(['check'], { cwd }) };
}

const warned = (out: string) =>
  out.match(/warning\[EXTRACT_READ_OTHERWISE\][\s\S]*?(?=\n\n|\nwarning\[|\nThe charter)/g) ?? [];

describe('check of a charter that now says how to read what is in', () => {
  it('names each difference at its line until the file is added again', async () => {
    const map =
      '    map:\n      closed: decided\n    drop: [office]\n    timezone: Europe/London\n    decimal: comma\n';
    const { cwd, check } = await changed('', map);
    const { out, code } = await check();
    expect(code).toBe(0);
    expect(warned(out).join('\n')).toMatchInlineSnapshot(`
      "warning[EXTRACT_READ_OTHERWISE]: cases.csv was brought in with "closed" as closed; the charter now says "decided".
        service.yaml:14   closed: decided
        found             closed: closed
        try               wellspent add cases.csv --into .
        more              wellspent explain EXTRACT_READ_OTHERWISE
      warning[EXTRACT_READ_OTHERWISE]: cases.csv was brought in with column "office"; the charter now leaves it out.
        service.yaml:15   drop: [office]
        found             "office" among its columns
        try               wellspent add cases.csv --into .
        more              wellspent explain EXTRACT_READ_OTHERWISE
      warning[EXTRACT_READ_OTHERWISE]: cases.csv was brought in with timezone: "UTC"; the charter now says "Europe/London".
        service.yaml:16   timezone: Europe/London
        found             timezone: "UTC"
        try               wellspent add cases.csv --into .
        more              wellspent explain EXTRACT_READ_OTHERWISE
      warning[EXTRACT_READ_OTHERWISE]: cases.csv was brought in with no decimal; the charter now says "comma".
        service.yaml:17   decimal: comma
        found             no decimal
        try               wellspent add cases.csv --into .
        more              wellspent explain EXTRACT_READ_OTHERWISE"
    `);
    expect((await run(['add', './cases.csv', '--into', '.'], { cwd })).code).toBe(0);
    expect(warned((await check()).out)).toEqual([]);
  });

  it('tells of a mapping put in for a field that no column filled, and of how rows are told apart', async () => {
    const map = '    map:\n      closed: closed\n      outcome: office\n    dedupe: exact\n    shape: rows\n';
    const { check } = await changed('', map);
    const said = warned((await check()).out);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(
      'cases.csv was brought in with nothing as outcome; the charter now says "office".',
    );
    expect(said[1]).toContain('cases.csv was brought in with no dedupe; the charter now says "exact".');
  });

  it('tells of columns that are left out unless they are named, and of a file under another spelling', async () => {
    const charter = '    drop: ["*"]\n';
    const { cwd, check } = await changed('', charter);
    writeFileSync(
      join(cwd, 'service.yaml'),
      charterOf(charter).replace('file: cases.csv', 'file: ./x/../cases.csv'),
    );
    const said = warned((await check()).out);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(
      'cases.csv was brought in with columns such as "decided"; the charter now leaves out all that are not named.',
    );
  });

  const decided = '    map:\n      closed: decided\n    decimal: comma\n';
  const usual =
    "    delimiter: ','\n    encoding: utf-8\n    decimal: point\n    day_first: true\n    minutes_in: minutes\n";
  it.each([
    ['what the charter says was said already', decided, decided, []],
    ['the charter says what the file told of itself', '', usual, []],
    [
      'the charter leaves open what the command said',
      '',
      '',
      ['--map', 'closed=decided', '--drop', 'office'],
    ],
  ])('says nothing where %s', async (_, before, after, options) => {
    const { check } = await changed(before, after, options);
    expect(warned((await check()).out)).toEqual([]);
  });

  it('names the part of the file in the command that adds it again', async () => {
    const log = {
      objectTypes: [{ name: 'order', attributes: [] }],
      eventTypes: [{ name: 'Sent', attributes: [] }],
      objects: [{ id: 'o', type: 'order' }],
      events: [{ id: 'e', type: 'Sent', time: '2026-04-01T09:00:00Z', relationships: [{ objectId: 'o' }] }],
    };
    const charter = (more: string) =>
      charterOf('').replace(
        'cases.csv\n    as: cases',
        `log.json\n    as: events\n    object_type: order${more}`,
      );
    const cwd = folderWith({ 'service.yaml': charter(''), 'log.json': JSON.stringify(log) });
    expect((await run(['add', '--into', '.'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'service.yaml'), charter('\n    timezone: Europe/London'));
    const [warning] = warned((await run(['check'], { cwd })).out);
    expect(warning).toContain('log.json, object type order was brought in with timezone: "UTC"');
    expect(warning).toContain('wellspent add log.json --object-type order --into .');
  });
});

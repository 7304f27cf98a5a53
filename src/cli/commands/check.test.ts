import { describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { folderWith, run, smallCharter, smallLog, smallWorkspace } from '../run.test-support.ts';

/** Ten faults of ten kinds, with the code and the line that each must be reported at. */
const broken = `wellspent: 1
service: broken
title: A broken charter
version: 1.0.0
effective: 2026-02-30
owner: Head of the service
porpose: People get an answer.
timezone: Europe/Londn
reporting: { grain: fortnight }
extracts:
  - { file: data/missing.csv, as: events, map: { case_id: case, step: step, finished: when } }
outcomes:
  - { id: answer, title: People get an answer soon, measure: sooon }
outputs:
  - { id: answers, title: Answers, unit: answer, from: cases, where: outcome = }
  - { id: answers, title: Answers again, unit: answer, from: cases }
quality:
  - { id: soon, title: Soon, outputs: all, from: cases, share: duration_days <= 5, direction: up, weight: 1, weight_source: Ours }
floors:
  - { id: safe, title: Safe, share: has('check'), at_least: 2, why: It must be. }
`;

const planted = [
  ['CHARTER_DATE', 5],
  ['CHARTER_KEY_UNKNOWN', 7],
  ['CHARTER_TIMEZONE', 8],
  ['CHARTER_VALUE', 9],
  ['CHARTER_EXTRACT_MISSING', 11],
  ['CHARTER_REFERENCE', 13],
  ['CHARTER_EXPRESSION', 15],
  ['CHARTER_ID_TWICE', 16],
  ['CHARTER_VALUE', 18],
  ['CHARTER_VALUE', 20],
] as const;

describe('check', () => {
  it('reports all of ten planted faults in one run, each with its line and a remedy', async () => {
    const cwd = folderWith({ 'broken/service.yaml': broken });
    const { code, out } = await run(['check', 'broken'], { cwd });
    expect(code).toBe(1);
    const blocks = out.split('\n\n').filter((block) => block.startsWith('error['));
    for (const [fault, line] of planted) {
      const block = blocks.find(
        (text) =>
          text.startsWith(`error[${fault}]`) && new RegExp(`broken/service\\.yaml:${line}\\D`).test(text),
      );
      expect(block, `${fault} at line ${line}`).toBeDefined();
      expect(block).toMatch(/\n {2}try {15}\S/);
    }
    await expect(out).toMatchFileSnapshot('../golden/check-broken.txt');
  });

  it('gives the same faults as a table with --format json', async () => {
    const cwd = folderWith({ 'broken/service.yaml': broken });
    const { code, out } = await run(['check', 'broken', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    const [lint] = JSON.parse(out) as readonly Result[];
    const rows = lint?.tables[0]?.rows ?? [];
    for (const [fault, line] of planted)
      expect(rows).toContainEqual(expect.objectContaining({ level: 'fault', code: fault, line }));
    expect(rows.filter(({ hint }) => hint === null)).toEqual([]);
  });

  it('passes a sound charter without data and says what to do next', async () => {
    const cwd = smallWorkspace();
    expect(await run(['check', 'small'], { cwd })).toEqual({
      code: 0,
      out: 'The charter has no faults.\n',
      err: 'No data yet. Next: wellspent add --into small, which brings in every extract that the charter names\n',
    });
  });

  it('shows with data that every row is used or set aside', async () => {
    const cwd = folderWith({
      'small/service.yaml': smallCharter(),
      'small/data/log.csv': `${smallLog},received,2026-04-09T09:00:00Z\n`,
    });
    await run(['add', '--into', 'small'], { cwd });
    const { code, out, err } = await run(['check', 'small'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('The charter has no faults.');
    expect(out).toContain('CASE_ID_EMPTY');
    expect(out).toMatch(/data\/log\.csv +events +8 +7 +1 /);
    expect(err).toBe('Next: wellspent measure small\n');
  });

  it('gives what should be known of a file as whole sentences', async () => {
    const naive = smallLog.replaceAll('Z\n', '\n');
    const cwd = folderWith({ 'small/service.yaml': smallCharter(), 'small/data/log.csv': naive });
    await run(['add', '--into', 'small'], { cwd });
    const { out } = await run(['check', 'small'], { cwd });
    expect(out).toContain('  - data/log.csv: 7 times without an offset were read in UTC.\n');
  });

  it('holds the charter against the columns of the data', async () => {
    const floors =
      "floors:\n  - { id: f, title: F, share: region = 'north', at_least: 1, why: It must be. }\n";
    const cwd = folderWith({ 'small/service.yaml': smallCharter(floors), 'small/data/log.csv': smallLog });
    const before = await run(['check', 'small'], { cwd });
    await run(['add', '--into', 'small'], { cwd });
    const after = await run(['check', 'small'], { cwd });
    for (const { code, out } of [before, after]) {
      expect(code).toBe(1);
      expect(out).toContain('error[CHARTER_COLUMN_MISSING]');
      expect(out).toContain('The charter has 1 fault.');
    }
  });

  it('calls a warning a warning, which stops nothing', async () => {
    const assumptions = `assumptions:
  - { id: cost, statement: A case costs about £40., value: 40, source: Budget, owner: Head of finance,
      review: 2026-05-03 }
`;
    const cwd = folderWith({
      'small/service.yaml': smallCharter(assumptions),
      'small/data/log.csv': smallLog,
    });
    const { code, out } = await run(['check', 'small'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "warning[CHARTER_REVIEW_DUE]: the assumption "cost" was to be reviewed by 3 May 2026.
        small/service.yaml:21 review: 2026-05-03 }
        found             review: 2026-05-03
        try               ask Head of finance to confirm or change it
        more              wellspent explain CHARTER_REVIEW_DUE

      The charter has no faults and 1 warning.
      "
    `);
  });

  it('names every step of the charter that never occurs, with its line and the nearest step', async () => {
    const misspelt = `floors:
  - { id: f, title: F, share: has('Recieved'), at_least: 1, why: It must be. }
clocks:
  - id: whole
    title: Whole
    start: { step: recieved }
    stop: { step: decided }
    restart: [moved]
steps:
  front: [received, askd for more]
`;
    const cwd = folderWith({ 'small/service.yaml': smallCharter(misspelt), 'small/data/log.csv': smallLog });
    expect((await run(['check', 'small'], { cwd })).out).toBe('The charter has no faults.\n');
    await run(['add', '--into', 'small'], { cwd });
    const { code, out } = await run(['check', 'small'], { cwd });
    expect(code).toBe(0);
    expect(out.split('\n\n').slice(0, 4).join('\n\n')).toMatchInlineSnapshot(`
      "warning[CHARTER_STEP_UNKNOWN]: no event has the step "Recieved".
        small/service.yaml:20 - { id: f, title: F, share: has('Recieved'), at_least: 1, why: It must be. }
        found             received, decided, asked for more
        try               did you mean "received"?
        more              wellspent explain CHARTER_STEP_UNKNOWN

      warning[CHARTER_STEP_UNKNOWN]: no event has the step "recieved".
        small/service.yaml:24 start: { step: recieved }
        found             received, decided, asked for more
        try               did you mean "received"?
        more              wellspent explain CHARTER_STEP_UNKNOWN

      warning[CHARTER_STEP_UNKNOWN]: no event has the step "moved".
        small/service.yaml:26 restart: [moved]
        found             decided, received, asked for more
        try               write the step as the data do
        more              wellspent explain CHARTER_STEP_UNKNOWN

      warning[CHARTER_STEP_UNKNOWN]: no event has the step "askd for more".
        small/service.yaml:28 front: [received, askd for more]
        found             asked for more, decided, received
        try               did you mean "asked for more"?
        more              wellspent explain CHARTER_STEP_UNKNOWN"
    `);
    expect(out).toContain('The charter has no faults and 4 warnings.');
  });

  it('refuses a folder that is no workspace, and names the remedy', async () => {
    const { code, err } = await run(['check', 'nowhere']);
    expect(code).toBe(2);
    expect(err).toContain('error[WORKSPACE_NOT_FOUND]: nowhere holds no service.yaml.');
    expect(err).toContain('wellspent init nowhere');
  });
});

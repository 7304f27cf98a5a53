import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answers, prepareAnswers } from '../answers/index.ts';
import { createApp } from './app.ts';
import { testAnswers } from './made-answers.test-support.ts';
import { madeService } from './made-service.test-support.ts';

describe('a page that the charter marks for publication', () => {
  const service = madeService();
  const raw = testAnswers;
  const [first] = raw.measure.filter(({ tables }) => tables.length > 0);
  const page = `measure/${first?.id}`;
  const answers: Answers = { ...raw, publish: { pages: [page], profile: '10-5' } };
  let app: Awaited<ReturnType<typeof createApp>>;
  beforeAll(async () => {
    app = await createApp({
      workspaces: [{ id: 'permits', dir: service.dir }],
      answersFor: async () => answers,
    });
  });
  afterAll(async () => {
    await app.close();
    service.remove();
  });
  const get = async (path: string) =>
    (await app.inject({ url: `/permits/${path}`, headers: { host: 'localhost' } })).body;

  it('says so, in words and in its JSON', async () => {
    expect(await get(page)).toContain('Marked for publication');
    expect(JSON.parse(await get(`${page}.json`)).caveats[0]).toContain('Marked for publication');
  });

  it('shows no count that is not rounded, on the page and in its CSV', async () => {
    const json = JSON.parse(await get(`${page}.json`)) as Answers['measure'][number];
    const counts = json.tables.flatMap(({ columns, rows }) =>
      columns
        .filter(({ type, ofNobody }) => type === 'count' && !ofNobody)
        .flatMap(({ key }) => rows.map((row) => row[key])),
    );
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) if (typeof count === 'number') expect(count % 5).toBe(0);
    const [table] = json.tables;
    const csv = await get(`${page}/${table?.id}.csv`);
    expect(csv.split('\r\n').length - 2).toBe(table?.rows.length);
    expect(json.provenance.queries).toEqual([]);
  });

  it('leaves the pages beside it as they are', async () => {
    const other = raw.measure.find(({ id }) => id !== first?.id);
    expect(JSON.parse(await get(`measure/${other?.id}.json`))).toEqual(JSON.parse(JSON.stringify(other)));
  });
});

it('a charter that marks nothing changes nothing', async () => {
  const service = madeService();
  try {
    expect((await prepareAnswers(service.dir)).publish).toBeUndefined();
  } finally {
    service.remove();
  }
});

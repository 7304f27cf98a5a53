import { expect, test } from 'vitest';
import { openWorkspace } from '../../ingest/index.ts';
import { sql } from '../../stores/index.ts';
import { createApp } from '../app.ts';
import { madeService } from '../made-service.test-support.ts';
import { formClient } from './form-client.test-support.ts';

const cases = `Case ref,Date received,Date decided,Result
C1,2026-04-01,2026-04-03,granted
C2,2026-04-02,,
C3,2026-04-02,soon,refused
`;
const history = `CaseId,Field,OldValue,NewValue,CreatedDate
C1,Status,New,Closed,2026-04-03T09:00Z
C1,Owner,ann,bob,2026-04-02T09:00Z
`;

async function broughtIn(content: string, name: string) {
  const made = madeService();
  const app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  try {
    const reader = formClient(app, 'licences');
    const { location } = await reader.upload(name, content);
    const path = (await reader.send(location, { as: 'events' })).location;
    const mapping = (await reader.open(path)).body;
    const done = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
    return { mapping, done: done.body };
  } finally {
    await app.close();
    made.remove();
  }
}

test('a list of cases with dates is shown as steps, and brought in as it was shown', async () => {
  const { mapping, done } = await broughtIn(cases, 'cases.csv');
  expect(mapping).toContain('Its dates are events of the step &quot;Date received&quot;');
  expect(done).toContain('cases.csv is in');
  expect(done).toMatch(/Rows in the file[^0-9]+3[^0-9]+Used[^0-9]+2[^0-9]+Set aside[^0-9]+1/);
  expect(done).toContain('2 rows used + 1 added by flattening = 3 events.');
});

test('a history of fields is shown as steps, and brought in as it was shown', async () => {
  const { mapping, done } = await broughtIn(history, 'history.csv');
  expect(mapping).toContain('changes of &quot;Status&quot; are steps');
  expect(done).toMatch(/Rows in the file[^0-9]+2[^0-9]+Used[^0-9]+1[^0-9]+Set aside[^0-9]+1/);
});

async function opened() {
  const made = madeService();
  const app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  const reader = formClient(app, 'licences');
  return {
    reader,
    dir: made.dir,
    prepare: async (content: string, as: string) => {
      const { location } = await reader.upload('rows.csv', content);
      return (await reader.send(location, { as })).location;
    },
    close: async () => {
      await app.close();
      made.remove();
    },
  };
}

const delivered = `Contact ID,Case ref,Time,Updated
K1,C1,2026-04-01T09:00:00Z,2026-04-01T09:05:00Z
K1,C1,2026-04-01T09:00:00Z,2026-04-01T10:00:00Z
K2,C1,2026-04-02T09:00:00Z,2026-04-02T09:05:00Z
`;

test('records that came again are told by a column that is chosen, and the latest is kept', async () => {
  const { reader, prepare, close } = await opened();
  try {
    const path = await prepare(delivered, 'contacts');
    const page = (await reader.open(path)).body;
    expect(page).toContain('Rows that repeat');
    expect(page).not.toContain('What should become of them?');
    const without = await reader.send(path, { repeats: 'key', 'repeats-key': '', do: 'bring-in' });
    expect(without).toMatchObject({ status: 400 });
    expect(without.body).toContain('href="#repeats-key"');
    const fields = { repeats: 'key', 'repeats-key': '0', 'repeats-latest': '3', do: 'bring-in' };
    const done = (await reader.ended((await reader.send(path, fields)).location)).body;
    expect(done).toMatch(/Rows in the file[^0-9]+3[^0-9]+Used[^0-9]+2[^0-9]+Set aside[^0-9]+1/);
  } finally {
    await close();
  }
});

const startsAndEnds = `case_id,activity,timestamp,lifecycle:transition
C1,Check,2026-04-01T09:00:00Z,start
C1,Check,2026-04-01T10:00:00Z,complete
`;

test('starts and ends are joined as the file looks, or each counted, as is chosen', async () => {
  const { reader, prepare, close } = await opened();
  try {
    const path = await prepare(startsAndEnds, 'events');
    const joined = (await reader.ended((await reader.send(path, { do: 'try' })).location)).body;
    expect(joined).toContain('were joined into one');
    const kept = await reader.send(path, { lifecycle: 'keep', do: 'try' });
    expect((await reader.ended(kept.location)).body).not.toContain('were joined into one');
    expect((await reader.open(path)).body).toMatch(/value="keep" checked/);
  } finally {
    await close();
  }
});

const costs = `period,input,category,cost
2026-04,staff,labour,"1,234"
2026-05,staff,labour,"5,678"
`;

test('the decimal mark of numbers that read both ways is said with the columns, and kept in the form', async () => {
  const { reader, prepare, dir, close } = await opened();
  try {
    const path = await prepare(costs, 'inputs');
    expect((await reader.open(path)).body).toMatch(/name="decimal" type="radio" value="found" checked/);
    const open = (await reader.ended((await reader.send(path, { do: 'try' })).location)).body;
    expect(open).toContain('Nothing in column &quot;cost&quot; tells');
    expect(open).toContain('under &quot;Numbers with a comma or a point&quot;');
    const done = await reader.send(path, { decimal: 'comma', do: 'try' });
    expect((await reader.ended(done.location)).body).not.toContain('Nothing in column');
    expect((await reader.open(path)).body).toMatch(/value="comma" checked/);
    await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
    const workspace = await openWorkspace(dir);
    const [sum] = await workspace.warehouse.query(sql`select sum(cost) as cost from inputs`);
    await workspace.close();
    expect(sum?.cost).toBeCloseTo(6.912, 9);
  } finally {
    await close();
  }
});

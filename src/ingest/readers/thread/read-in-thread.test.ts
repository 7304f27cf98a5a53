import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WellspentError } from '../../../core/index.ts';
import { openTable } from '../open-table.ts';
import type { ReadOptions } from '../raw-table.ts';
import { errorOf, readAll } from '../read-all.test-support.ts';
import { ReadingThread } from './read-in-thread.ts';

const threads: ReadingThread[] = [];

/** Options that have even small files read in a thread of their own. */
function beside(options: ReadOptions = {}): ReadOptions & { thread: ReadingThread } {
  const thread = new ReadingThread(0);
  thread.isUsed = true;
  threads.push(thread);
  return { ...options, thread };
}

afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.close();
});

/** Rows with texts that come again, texts of their own, long ones that make lists be begun anew, gaps and faults. */
function csv(): string {
  const lines = ['Above the header', '', 'id;step;when;long;accent'];
  for (let i = 0; i < 20_000; i++) {
    if (i % 997 === 5) lines.push(`${i};too few`);
    const long = i % 3 === 0 ? 'x'.repeat(700) + (i % 6_007) : '';
    const time = new Date(Date.UTC(2025, 0, 1) + i * 7_777_777).toISOString();
    lines.push(`C${i % 1_234};${['Open', '"Check; twice"', 'Closed'][i % 3]};${time};${long};é${i % 7}`);
  }
  return `${lines.join('\n')}\nTotal;;;;\n`;
}

function xes(): string {
  const traces: string[] = [];
  for (let i = 0; i < 3_000; i++) {
    const event = (n: number) =>
      `<event><string key="concept:name" value="Step ${n}"/><date key="time:timestamp" value="2025-01-0${n}T10:00:${String(i % 60).padStart(2, '0')}Z"/>${i > 2_000 ? `<string key="late" value="é ${i % 5}"/>` : ''}</event>`;
    const events = i % 100 === 99 ? '' : [1, 2, 3].map(event).join('\n');
    traces.push(`<trace><string key="concept:name" value="case ${i}"/>${events}</trace>`);
  }
  const head =
    '<classifier name="Steps" keys="concept:name"/><global scope="event"><string key="concept:name" value=""/></global>';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log>${head}${traces.join('\n')}</log>`;
}

describe('a file read in a thread of its own', () => {
  it('gives the rows, lines, faults, facts and notices that it gives in this one', async () => {
    for (const text of [csv(), xes()]) {
      const here = await readAll(text);
      expect(here.rows.length).toBeGreaterThan(8_900);
      expect(await readAll(text, beside())).toEqual(here);
    }
    const latin = Buffer.from(csv(), 'latin1');
    const options = { encoding: 'latin1', delimiter: ';' };
    expect(await readAll(latin, beside(options))).toEqual(await readAll(latin, options));
  });

  it('fails as it fails in this one, with code, place and remedy', async () => {
    const damaged = `${csv()}C1;"not closed;2025-01-01;;\n`.replaceAll(';', '\t');
    expect(await readAll(damaged, beside())).toEqual(await readAll(damaged));
    for (const text of [xes().slice(0, -400), xes().replace('case 2900"', 'case 2900')]) {
      const here = await errorOf(text);
      const there = await errorOf(text, beside());
      expect([there.code, there.message.replace(/\S*file\.bin/, ''), there.where?.line]).toEqual([
        here.code,
        here.message.replace(/\S*file\.bin/, ''),
        here.where?.line,
      ]);
      expect(there).toBeInstanceOf(WellspentError);
      expect(there.hint).toBe(here.hint);
    }
  });

  it('leaves out what nobody reads, and ends when it is no longer asked or is cancelled', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wellspent-thread-'));
    try {
      const file = join(dir, 'log.csv');
      writeFileSync(file, csv().repeat(3));
      const { table } = await openTable(file, beside());
      let rows = 0;
      let last = 0;
      for await (const batch of table.batches()) {
        rows += batch.rows;
        const cells = batch.columns[4] ?? [];
        last = 'codes' in cells ? cells.codes.length : cells.length;
        table.leaveOut?.(new Set(['accent']));
      }
      expect(rows).toBeGreaterThan(60_000 - 100);
      expect(last).toBe(0);
      for await (const batch of table.batches()) {
        expect(batch.rows).toBeGreaterThan(0);
        break;
      }
      const stop = new AbortController();
      const cancelled = await openTable(file, beside({ signal: stop.signal }));
      const reading = (async () => {
        for await (const _ of cancelled.table.batches()) stop.abort(new Error('enough'));
      })();
      await expect(reading).rejects.toThrow('enough');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('is read in this thread where it has many columns', async () => {
    const names = Array.from({ length: 80 }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 500 }, (_, i) => names.map((name) => `${name} ${i % 9}`).join(','));
    const text = [names.join(','), ...rows].join('\n');
    expect(await readAll(text, beside())).toEqual(await readAll(text));
    const attributes = names.map((name) => `<string key="${name}" value="1"/>`).join('');
    const log = `<log><trace>${`<event>${attributes}</event>`.repeat(300)}</trace></log>`;
    expect(await readAll(log, beside())).toEqual(await readAll(log));
  });

  it('is worth its start only for large files that are scanned as bytes', async () => {
    const thread = new ReadingThread();
    expect(thread.reads({ format: 'delimited', bytes: 7_000_000 })).toBe(false);
    expect(thread.reads({ format: 'xes', bytes: 9_000_000 })).toBe(true);
    expect(thread.reads({ format: 'json', bytes: 9_000_000 })).toBe(false);
  });
});

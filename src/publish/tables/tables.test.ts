import { describe, expect, it } from 'vitest';
import type { Table } from '../../core/index.ts';
import { tableToCsv } from './csv.ts';
import { datapackage } from './datapackage.ts';

const table: Table = {
  id: 't',
  title: 'A table',
  columns: [
    { key: 'name', title: 'Name', type: 'text' },
    { key: 'share', title: 'Share', type: 'share' },
  ],
  rows: [
    { name: 'plain', share: 0.1 + 0.2 },
    { name: 'a "quoted", long\nname', share: null },
    { name: '=1+1', share: -1 },
    { name: '@home', share: 1 },
  ],
};

describe('tables as CSV', () => {
  it('keep full precision, quote by RFC 4180 and leave null empty', () => {
    expect(tableToCsv(table)).toBe(
      'name,share\r\nplain,0.30000000000000004\r\n"a ""quoted"", long\nname",\r\n\'=1+1,-1\r\n\'@home,1\r\n',
    );
  });

  it('come with a Table Schema that names every column and its unit', () => {
    const result = {
      id: 'r',
      question: '',
      answer: 'It rose.',
      status: 'sound',
      figures: [],
      tables: [table],
      charts: [],
      caveats: [],
      next: [],
      provenance: {
        charter: { service: 's', version: '1.0.0', hash: 'h' },
        sources: [],
        method: '',
        parameters: {},
        seed: null,
        queries: [],
        recompute: [],
        version: '1',
      },
    } as const;
    const [resource] = datapackage([result]).resources;
    expect(resource?.path).toBe('r-t.csv');
    expect(resource?.schema.fields).toEqual([
      { name: 'name', title: 'Name', type: 'string' },
      { name: 'share', title: 'Share', type: 'number', unit: 'share' },
    ]);
  });
});

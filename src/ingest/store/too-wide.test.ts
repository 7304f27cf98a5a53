import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDuckdb } from '../../stores/index.ts';
import { importFiles } from '../import-files.ts';
import { pseudonymsWith } from '../pseudonyms.ts';

it('rows too wide for the memory of an import are refused with a remedy, and nothing is written', async () => {
  const store = mkdtempSync(join(tmpdir(), 'too-wide-'));
  const path = join(store, 'wide.csv');
  const names = Array.from({ length: 200 }, (_, c) => `k${c}`);
  const row = (r: number) =>
    `c${r % 50},step,2024-03-02,${names.map((_, c) => `v${(r * 7 + c) % 90}`).join(',')}`;
  writeFileSync(
    path,
    [`case,step,finished,${names}`, ...Array.from({ length: 600 }, (_, r) => row(r))].join('\n'),
  );
  const warehouse = await openDuckdb({ folders: [store], memoryMb: 8 });
  try {
    const files = [{ path, shown: 'wide.csv', rules: { as: 'events', map: {}, timezone: 'UTC' } as const }];
    const pseudonymise = pseudonymsWith(Buffer.alloc(32, 1));
    await expect(
      importFiles({ store, files, heldBytes: 100_000, warehouse, pseudonymise }),
    ).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
      hint: expect.stringContaining('drop'),
    });
    expect(readdirSync(store)).not.toContain('tables-1');
  } finally {
    await warehouse.close();
    rmSync(store, { recursive: true, force: true });
  }
});

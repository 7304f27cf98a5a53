import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type SourceRecord, temporaryFolder } from '../core/index.ts';
import { openDuckdb, type Warehouse } from '../stores/index.ts';
import type { AddReport, ImportSettings } from './add-request.ts';
import { fileSha256 } from './file-sha256.ts';
import { importFiles } from './import-files.ts';
import { rulesIn, type StatedRules } from './import-rules.ts';
import type { EventOrder } from './lifecycle/apply-pairing.ts';
import type { LifecycleRule } from './lifecycle/transitions.ts';
import { namedWorkers, pseudonymsWith } from './pseudonyms.ts';
import { readManifest } from './store/manifest.ts';
import { showTables } from './store/views.ts';
import { sourceRecords } from './workspace.ts';

/** How to read an event log; what is left out is guessed and reported. Times without an offset are of UTC by default. */
export interface LogOptions extends ImportSettings, Omit<StatedRules, 'as' | 'lifecycle' | 'onBadStart'> {
  /** Joins the rows of one piece of work, always or where a file has both starts and completions; every row counts as it stands by default. */
  readonly lifecycle?: LifecycleRule | 'guess';
  /** Leaves workers under the names of the file, for a caller who has the file; pseudonyms by default. */
  readonly namesWorkers?: boolean;
  /** Which time gives an event its place in the case; its finish by default. */
  readonly order?: EventOrder;
}

/** An event log opened on its own: views `events` and `cases`, and what was set aside. */
export interface LogHandle {
  readonly warehouse: Warehouse;
  readonly rejects: readonly { readonly reason: string; readonly rows: number }[];
  readonly report: AddReport;
  readonly sources: readonly SourceRecord[];
  close(): Promise<void>;
}

/** Reads one event log without a charter, into a temporary folder that goes when it is closed. */
export async function openLog(file: string, options: LogOptions = {}): Promise<LogHandle> {
  const { lifecycle, order, namesWorkers, ...others } = options;
  const store = temporaryFolder('log');
  let warehouse: Warehouse | undefined;
  const close = async () => {
    await warehouse?.close();
    rmSync(store, { recursive: true, force: true });
  };
  try {
    warehouse = await openDuckdb({ folders: [store], memoryMb: 300 });
    const path = resolve(file);
    const rules = {
      map: {},
      timezone: 'UTC',
      ...rulesIn(others),
      as: 'events' as const,
      lifecycle: lifecycle === 'guess' ? undefined : (lifecycle ?? 'keep'),
      order,
    };
    // The file's own hash as key: nothing is kept, and the same file gives the same figures.
    const pseudonymise = pseudonymsWith(Buffer.from(await fileSha256(path)));
    const [report] = await importFiles({
      ...others,
      store,
      warehouse,
      files: [{ path, shown: file, rules }],
      pseudonymise: namesWorkers ? namedWorkers(pseudonymise) : pseudonymise,
    });
    const manifest = readManifest(store);
    await showTables(warehouse, store, manifest);
    return {
      warehouse,
      rejects: (report as AddReport).reasons,
      report: report as AddReport,
      sources: sourceRecords(manifest),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addExtract } from '../add-extract.ts';
import { demonstrationKey } from '../key-file.ts';
import { broughtInOf } from '../known-until.ts';
import { pseudonymsWith } from '../pseudonyms.ts';
import { lineFinder } from '../staged-line.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { type CheckedData, naiveSourcesOf } from './checked-data.ts';
import { type DataShape, shapeOf } from './data-shape.ts';

/** Pseudonyms as a demonstration workspace gives them. */
export const pseudonym = pseudonymsWith(demonstrationKey);

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2020-04-01
owner: Head of permits
purpose: Decide on permits.
timezone: Europe/London
demonstration: true
reporting: { grain: month }
extracts: []
outcomes: [{ id: decided, title: A decision }]
outputs: [{ id: permit, title: Permits, unit: permit, from: cases }]
`;

/** A workspace with its data ready to be checked. */
export interface OpenedLog {
  readonly workspace: Workspace;
  readonly data: CheckedData;
  readonly shape: DataShape;
  close(): Promise<void>;
}

/** Opens a workspace that holds the extracts given, each as `[file, table, mapping]`. */
export async function openExtracts(
  extracts: readonly (readonly [string, 'events' | 'cases', Readonly<Record<string, string>>])[],
  more = '',
): Promise<OpenedLog> {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-quality-'));
  writeFileSync(join(dir, 'service.yaml'), charter + more);
  const workspace = await openWorkspace(dir);
  for (const [file, as, map] of extracts) await addExtract({ workspace, file, as, map, dayFirst: true });
  const data: CheckedData = {
    warehouse: workspace.warehouse,
    charter: workspace.loaded.charter,
    tables: workspace.tables,
    timezone: workspace.loaded.charter.timezone,
    naiveSources: naiveSourcesOf(workspace.manifest),
    broughtIn: broughtInOf(workspace.manifest),
    findLine: lineFinder(workspace),
  };
  return {
    workspace,
    data,
    shape: await shapeOf(data, []),
    async close() {
      await workspace.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Writes CSV texts beside each other and opens them as one workspace. */
export async function openTexts(events: string, cases: string | null, more = ''): Promise<OpenedLog> {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-made-'));
  try {
    writeFileSync(join(dir, 'events.csv'), events);
    if (cases !== null) writeFileSync(join(dir, 'cases.csv'), cases);
    const files: [string, 'events' | 'cases', Record<string, string>][] = [
      [join(dir, 'events.csv'), 'events', events.split('\n', 1)[0]?.includes('note') ? { note: 'note' } : {}],
    ];
    if (cases !== null) files.push([join(dir, 'cases.csv'), 'cases', {}]);
    return await openExtracts(files, more);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

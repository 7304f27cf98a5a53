import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyword } from '../stores/index.ts';
import { type AddReport, type AddRequest, addExtract, openWorkspace, type Workspace } from './index.ts';

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts: EXTRACTS
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
`;

/** A workspace in a folder of its own that holds nothing yet. */
export interface SmallWorkspace {
  readonly folder: string;
  readonly workspace: Workspace;
  /** Writes a file and brings it in. */
  add(name: string, text: string, rules?: Partial<AddRequest>): Promise<AddReport>;
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Writes the charter into a folder, which is made if need be. */
export function smallCharter(folder: string, extracts = '[]'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'service.yaml'), charter.replace('EXTRACTS', extracts));
}

/** Makes one; `extracts` is what its charter says of files, as YAML in one line. */
export async function smallWorkspace(extracts = '[]'): Promise<SmallWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'small-'));
  smallCharter(folder, extracts);
  const workspace = await openWorkspace(folder);
  return {
    folder,
    workspace,
    add(name, text, rules = {}) {
      const file = join(folder, name);
      writeFileSync(file, text);
      return addExtract({ as: 'events', ...rules, workspace, file, keyFile: join(folder, 'key') });
    },
    query: (text) => workspace.warehouse.query(keyword(text)),
    async close() {
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const charter = `wellspent: 1
service: licences
title: Licences
version: 1.0.0
effective: 2026-04-01
owner: Head of licences
purpose: Decide on licences.
timezone: Europe/London
demonstration: true
reporting: { grain: month }
extracts: [{ file: cases.csv, as: cases }, { file: volumes.csv, as: volumes }]
outcomes: [{ id: decided, title: A decision }]
outputs: [{ id: licence, title: Licences, unit: licence, from: cases }]
`;

/** The folder of a service with a charter and no data. */
export interface MadeService {
  readonly dir: string;
  remove(): void;
}

/** Makes a service in a temporary folder. */
export function madeService(): MadeService {
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-made-'));
  writeFileSync(join(dir, 'service.yaml'), charter);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

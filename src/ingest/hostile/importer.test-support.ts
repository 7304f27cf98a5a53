/** A process that brings files in as `wellspent add` does, one at a time, and says what came of each. */
import { join } from 'node:path';
import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { keyword } from '../../stores/index.ts';
import { addExtract, openWorkspace } from '../index.ts';
import type { ImportOutcome, ImportTask } from './run-imports.test-support.ts';

function saidBeside(error: WellspentError): readonly unknown[] {
  const inner = error instanceof WellspentFaults ? error.faults : [];
  return [error.found, error.hint, ...error.choices, ...inner.map(({ message }) => message)];
}

async function bringIn({ folder, file, rules }: ImportTask): Promise<ImportOutcome> {
  const workspace = await openWorkspace(folder);
  try {
    const report = await addExtract({
      as: 'events',
      ...rules,
      workspace,
      file,
      keyFile: join(folder, '..', 'key'),
    });
    const count = async (query: string) => {
      const [found] = await workspace.warehouse.query<{ n: number }>(keyword(query));
      return found?.n ?? 0;
    };
    const number = workspace.manifest.sources.findIndex((source) => source.file === report.file) + 1;
    return {
      kind: 'read',
      report,
      events: await count(`select count(*) as n from events where source = ${number}`),
      others: await count(`select count(*) as n from events where source <> ${number}`),
      lines: await count(`select count(distinct line) as n from rejects where source = ${number}`),
    };
  } catch (error) {
    const isCoded = error instanceof WellspentError;
    return {
      kind: 'refused',
      code: isCoded ? error.code : null,
      message: String(isCoded ? error.message : (error as Error).stack),
      more: isCoded ? saidBeside(error).join(' ') : '',
      cause: String((error as Error).cause ?? ''),
    };
  } finally {
    await workspace.close();
  }
}

process.on('message', async (task: ImportTask) => {
  process.send?.(await bringIn(task));
});

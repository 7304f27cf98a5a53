import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  countOf,
  isErrorCode,
  provenance,
  type Result,
  WellspentError,
  WellspentFaults,
} from '../../core/index.ts';
import { charterWarnings, lintCharter, loadCharter } from '../../define/index.ts';
import { describeSources, openWorkspace } from '../../ingest/index.ts';
import { renderError } from '../../publish/index.ts';
import { type CanonicalTable, type ColumnSpec, canonicalTables } from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd, renderResults } from '../talk.ts';

function faultTable(faults: readonly WellspentError[]) {
  return {
    id: 'faults',
    title: 'What is to be mended',
    columns: [
      { key: 'code', title: 'Code', type: 'text' },
      { key: 'line', title: 'Line', type: 'number' },
      { key: 'message', title: 'What is wrong', type: 'text' },
      { key: 'found', title: 'Found', type: 'text' },
      { key: 'hint', title: 'Try', type: 'text' },
    ] as const,
    rows: faults.map(({ code, where, message, found, hint }) => ({
      code,
      line: where?.line ?? null,
      message,
      found: found ?? null,
      hint: hint ?? null,
    })),
  };
}

function lintResult(faults: readonly WellspentError[], warnings: readonly WellspentError[]): Result {
  return {
    id: 'lint',
    question: 'Does the charter say what it means, and can the data answer it?',
    answer:
      faults.length === 0
        ? `The charter has no fault${warnings.length > 0 ? `, and ${countOf(warnings.length, 'thing')} to look at` : ''}.`
        : `The charter has ${countOf(faults.length, 'fault')}.`,
    status: faults.length === 0 ? (warnings.length > 0 ? 'caution' : 'sound') : 'cannot-tell',
    figures: [],
    tables: faults.length + warnings.length > 0 ? [faultTable([...faults, ...warnings])] : [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({ method: 'the charter read line by line, and against the columns of the data' }),
  };
}

async function columnsOf(workspace: Awaited<ReturnType<typeof openWorkspace>>) {
  const columns: Partial<Record<CanonicalTable, readonly ColumnSpec[]>> = {};
  for (const table of Object.keys(canonicalTables) as CanonicalTable[]) {
    if (workspace.tables.has(table)) columns[table] = await workspace.warehouse.columns(table);
  }
  return columns;
}

interface Checked {
  readonly faults: readonly WellspentError[];
  readonly warnings: readonly WellspentError[];
  readonly data: Result | null;
}

async function look(effects: Effects, dir: string): Promise<Checked> {
  const today = effects.now().toISOString().slice(0, 10);
  try {
    const loaded = loadCharter(join(dir, 'service.yaml'), { checkExtracts: true });
    const warnings = charterWarnings(loaded, today);
    const workspace = await openWorkspace(dir);
    try {
      if (workspace.sources.length === 0) return { faults: [], warnings, data: null };
      const faults = lintCharter(loaded, await columnsOf(workspace));
      return { faults, warnings, data: await describeSources(workspace) };
    } finally {
      await workspace.close();
    }
  } catch (error) {
    if (error instanceof WellspentFaults) return { faults: error.faults, warnings: [], data: null };
    throw error;
  }
}

/** `wellspent check`: every fault of the charter with its line and remedy, and what the data can answer. */
export const check: Action = async (effects, [dir = '.'], options) => {
  const folder = fromCwd(effects, dir);
  if (!existsSync(join(folder, 'service.yaml'))) {
    throw new WellspentError('WORKSPACE_NOT_FOUND', `${dir} holds no service.yaml.`, {
      where: { file: join(dir, 'service.yaml') },
      hint: `wellspent init ${dir}`,
    });
  }
  const { faults, warnings, data } = await look(effects, folder);
  const results = [lintResult(faults, warnings), ...(data ? [data] : [])];
  if (options.format === 'json') effects.stdout(renderResults(results, options, effects));
  else {
    const colour = effects.terminal.stdout && effects.env.NO_COLOR === undefined;
    for (const fault of faults) effects.stdout(renderError(fault, { colour, debug: false }));
    for (const warning of warnings)
      if (isErrorCode(warning.code)) effects.stdout(renderError(warning, { colour, debug: false }));
    effects.stdout(`${results[0]?.answer ?? ''}\n`);
    if (data) effects.stdout(renderResults([data], options, effects));
  }
  effects.stderr(
    faults.length > 0
      ? 'Mend these and check again. More on each: wellspent explain CODE\n'
      : `Next: ${data ? `wellspent measure ${dir}` : `wellspent add --into ${dir}`}\n`,
  );
  return faults.length > 0 ? 1 : 0;
};

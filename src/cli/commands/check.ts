import { existsSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { countOf, provenance, type Result, WellspentError, WellspentFaults } from '../../core/index.ts';
import {
  charterWarnings,
  type Extract,
  findUnknownSteps,
  type LoadedCharter,
  lintCharter,
  loadCharter,
  statedExtracts,
  unknownStepWarnings,
} from '../../define/index.ts';
import {
  changedReadings,
  checkHeaders,
  describeQuality,
  describeSources,
  openWorkspace,
} from '../../ingest/index.ts';
import { faultsOfTotals } from '../../measure/index.ts';
import { resultsToJson } from '../../publish/index.ts';
import { type CanonicalTable, type ColumnSpec, canonicalTables } from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import { inTables } from '../deliver.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { shownError } from '../show-error.ts';
import { asShellWord } from '../talk.ts';

function faultTable(faults: readonly WellspentError[], warnings: readonly WellspentError[]) {
  return {
    id: 'faults',
    title: 'What is to be mended',
    columns: [
      { key: 'level', title: 'Level', type: 'text' },
      { key: 'code', title: 'Code', type: 'text' },
      { key: 'file', title: 'File', type: 'text' },
      { key: 'line', title: 'Line', type: 'number' },
      { key: 'message', title: 'What is wrong', type: 'text' },
      { key: 'found', title: 'Found', type: 'text' },
      { key: 'hint', title: 'Try', type: 'text' },
    ] as const,
    rows: [...faults, ...warnings].map(({ code, where, message, found, hint }, index) => ({
      level: index < faults.length ? 'fault' : 'warning',
      code,
      file: where?.file === undefined ? null : isAbsolute(where.file) ? basename(where.file) : where.file,
      line: where?.line ?? null,
      message,
      found: found ?? null,
      hint: hint ?? null,
    })),
  };
}

/** How many faults and warnings there are, and where. */
function answerOf({ faults, totals, warnings }: Checked): string {
  const ofTotals = totals.length > 0 ? ` The totals have ${countOf(totals.length, 'fault')}.` : '';
  if (faults.length > 0) return `The charter has ${countOf(faults.length, 'fault')}.${ofTotals}`;
  const warned = warnings.length > 0 ? ` and ${countOf(warnings.length, 'warning')}` : '';
  return `The charter has no faults${warned}.${ofTotals}`;
}

function lintResult(checked: Checked): Result {
  const { warnings } = checked;
  const faults = [...checked.faults, ...checked.totals];
  return {
    id: 'lint',
    question: 'Does the charter say what it means, and can the data answer it?',
    answer: answerOf(checked),
    status: faults.length === 0 ? (warnings.length > 0 ? 'caution' : 'sound') : 'cannot-tell',
    figures: [],
    tables: faults.length + warnings.length > 0 ? [faultTable(faults, warnings)] : [],
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
  /** Rows of totals that stand in the way of every figure. */
  readonly totals: readonly WellspentError[];
  readonly warnings: readonly WellspentError[];
  readonly data: Result | null;
  /** What the data can carry: their faults, their fields, and whether they add up. */
  readonly quality: readonly Result[];
  readonly namesExtracts: boolean;
}

function inOrder(faults: readonly WellspentError[]): readonly WellspentError[] {
  return faults.toSorted((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0));
}

/** The charter, or the faults that keep it from being one. */
function readCharter(file: string): LoadedCharter | readonly WellspentError[] {
  try {
    return loadCharter(file, { checkExtracts: true });
  } catch (error) {
    if (error instanceof WellspentFaults) return error.faults;
    throw error;
  }
}

async function look(effects: Effects, dir: string, shownDir: string): Promise<Checked> {
  const file = join(dir, 'service.yaml');
  const loaded = readCharter(file);
  const stated = statedExtracts(file);
  const headers = await checkHeaders(dir, stated);
  const nothing = { totals: [], warnings: [], data: null, quality: [], namesExtracts: false };
  if (!('charter' in loaded)) return { ...nothing, faults: inOrder([...loaded, ...headers.faults]) };
  const warnings = charterWarnings(loaded, effects.now().toISOString().slice(0, 10));
  const namesExtracts = stated.extracts.length > 0;
  const workspace = await openWorkspace(dir);
  try {
    const hasData = workspace.sources.length > 0;
    const lint =
      hasData || namesExtracts ? lintCharter(loaded, await columnsOf(workspace), headers.caseColumns) : [];
    const checked = { ...nothing, faults: inOrder([...headers.faults, ...lint]), warnings, namesExtracts };
    if (!hasData) return checked;
    const changed = changedReadings(dir, stated, (extract) => addAgain(shownDir, extract));
    const steps = await findUnknownSteps(workspace.warehouse, loaded);
    return {
      ...checked,
      totals: await faultsOfTotals(workspace),
      warnings: inOrder([...changed, ...unknownStepWarnings(loaded, steps), ...warnings]),
      data: await describeSources(workspace),
      quality: await describeQuality(workspace),
    };
  } finally {
    await workspace.close();
  }
}

/** The command that brings an extract of the charter in again. */
function addAgain(dir: string, { file, sheet, object_type: type }: Extract): string {
  const part = [
    ...(sheet === undefined ? [] : ['--sheet', asShellWord(sheet)]),
    ...(type === undefined ? [] : ['--object-type', asShellWord(type)]),
  ];
  return ['wellspent add', asShellWord(join(dir, file)), ...part, '--into', asShellWord(dir)].join(' ');
}

function nextStep(checked: Checked, dir: string): string {
  const word = asShellWord(dir);
  if (checked.faults.length + checked.totals.length > 0)
    return 'Mend these and check again. More on each: wellspent explain CODE';
  if (checked.data) return `Next: wellspent measure ${word}`;
  return checked.namesExtracts
    ? `No data yet. Next: wellspent add --into ${word}, which brings in every extract that the charter names`
    : `No data yet. Next: wellspent add FILE --into ${word} --as events`;
}

/**
 * The data as a reader needs them here. What became of each column was said by `add` and is in the JSON; notices
 * are whole sentences, which a table would cut.
 */
function atATerminal(data: Result): Result {
  const notices = data.tables.find(({ id }) => id === 'notices')?.rows ?? [];
  return {
    ...data,
    tables: data.tables.filter(({ id, rows }) => id !== 'columns' && id !== 'notices' && rows.length > 0),
    caveats: [...data.caveats, ...notices.map(({ file, notice }) => `${file}: ${notice}`)],
  };
}

/** The answer alone: the tables are in the JSON and on the pages. */
function inBrief(result: Result): Result {
  return { ...result, figures: [], tables: [], caveats: [], next: [] };
}

/** `wellspent check`: every fault of the charter with its line and remedy, and what the data can answer. */
export const check: Action = async (effects, [dir = '.'], options) => {
  const folder = fromCwd(effects, dir);
  if (!existsSync(join(folder, 'service.yaml'))) {
    throw new WellspentError('WORKSPACE_NOT_FOUND', `${dir} holds no service.yaml.`, {
      where: { file: join(dir, 'service.yaml') },
      hint: `wellspent init ${asShellWord(dir)}`,
    });
  }
  const checked = await look(effects, folder, dir);
  const { warnings, data, quality } = checked;
  const faults = [...checked.faults, ...checked.totals];
  const lint = lintResult(checked);
  if (options.format === 'json') effects.stdout(resultsToJson(data ? [lint, data, ...quality] : [lint]));
  else {
    for (const fault of faults) effects.stdout(`${shownError(effects, fault, { to: 'stdout' })}\n`);
    for (const warning of warnings)
      effects.stdout(`${shownError(effects, warning, { to: 'stdout', level: 'warning' })}\n`);
    effects.stdout(`${lint.answer}\n`);
    if (data) effects.stdout(`\n${inTables(effects, [atATerminal(data), ...quality.map(inBrief)], options)}`);
  }
  effects.stderr(`${nextStep(checked, dir)}\n`);
  return faults.length > 0 ? 1 : 0;
};

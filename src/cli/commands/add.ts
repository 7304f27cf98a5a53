import { countOf, formatValue, WellspentError } from '../../core/index.ts';
import type { ExtractKind } from '../../define/index.ts';
import {
  type AddReport,
  type AddRequest,
  addExtract,
  buildWorkspace,
  workspaceToFill,
} from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { existingFile, fromCwd } from '../files.ts';
import { rowsSetAside } from '../reasons.ts';
import { asShellWord, fromHere, progressLine, tookSince } from '../talk.ts';
import { readingOf, throwForOptions } from './reading.ts';

const count = (n: number) => formatValue(n, 'count');
const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
const wasThere = (report: AddReport) => report.notices.some(({ code }) => code === 'ALREADY_IMPORTED');

function inWords(report: AddReport): string {
  if (wasThere(report)) return '';
  const guesses = report.guesses
    .map(({ column, field, reason, samples, leftOut }) => {
      const what = leftOut ? 'not kept' : (field ?? 'attribute');
      const such = samples.length > 0 ? ` (such as ${shortened(samples.join(', '))})` : '';
      return `  ${column.slice(0, 28).padEnd(28)}  ${what.padEnd(10)}  ${reason}${such}`;
    })
    .join('\n');
  return (
    `${report.file} into ${report.table}: ${countOf(report.rowsIn, 'row')} in = ${count(report.rowsUsed)} used + ${count(report.rowsSetAside)} set aside.\n` +
    (guesses ? `\nColumns\n${guesses}\n` : '') +
    rowsSetAside(report.reasons)
  );
}

const needFile = [
  ['as', '--as'],
  ['map', '--map'],
  ['drop', '--drop'],
  ['timezone', '--timezone'],
  ['dayFirst', '--day-first'],
  ['monthFirst', '--month-first'],
  ['decimal', '--decimal'],
  ['encoding', '--encoding'],
  ['delimiter', '--delimiter'],
  ['sheet', '--sheet'],
  ['objectType', '--object-type'],
  ['lifecycle', '--lifecycle'],
  ['classifier', '--classifier'],
  ['shape', '--shape'],
  ['steps', '--steps'],
  ['field', '--field'],
  ['minutesIn', '--minutes-in'],
  ['dedupe', '--dedupe'],
  ['keepLatestBy', '--keep-latest-by'],
  ['also', '--also'],
  ['replace', '--replace'],
  ['dryRun', '--dry-run'],
] as const;

/** Without a file the charter says how to read each extract, so options that would say it too are refused. */
function refuseWithoutFile(options: Record<string, unknown>): void {
  const given = needFile.find(([key]) => options[key] !== undefined);
  if (given)
    throw new WellspentError('USAGE', `${given[1]} speaks of one file, and none is named.`, {
      hint: `wellspent add FILE ${given[1]}, or say it in service.yaml`,
    });
}

/** What to do where a file of that name is in already; both answers together are refused. */
function sameNameOf({ also, replace }: Record<string, unknown>): Pick<AddRequest, 'sameName'> {
  if (also === true && replace === true)
    throw new WellspentError('USAGE', 'A file takes the place of another or stays beside it, not both.', {
      hint: '--also',
    });
  return also === true ? { sameName: 'keep-both' } : replace === true ? { sameName: 'replace' } : {};
}

async function bringIn(
  effects: Effects,
  dir: string,
  file: string | undefined,
  options: Record<string, unknown>,
): Promise<readonly AddReport[]> {
  const reading = { ...readingOf(options), ...sameNameOf(options) };
  const progress = progressLine(effects);
  const settings = {
    signal: effects.signal,
    now: effects.now,
    ...(effects.env.WELLSPENT_KEY_FILE ? { keyFile: effects.env.WELLSPENT_KEY_FILE } : {}),
    onProgress: (step: { file: string; rows: number; bytes: number; totalBytes: number }) =>
      progress.sayRead(`${step.file}: ${count(step.rows)} rows`, step.bytes, step.totalBytes),
  };
  try {
    if (file === undefined) return await buildWorkspace(dir, settings);
    const path = existingFile(effects, file);
    const workspace = workspaceToFill(dir);
    try {
      const as = typeof options.as === 'string' ? { as: options.as as ExtractKind } : {};
      const dryRun = options.dryRun === true;
      return [await addExtract({ ...settings, ...reading, ...as, workspace, file: path, dryRun })];
    } catch (error) {
      throwForOptions(error);
    }
  } finally {
    progress.clear();
  }
}

/** `wellspent add`: brings one extract, or all that the charter names, into a workspace. */
export const add: Action = async (effects, [file], options) => {
  if (file === undefined) refuseWithoutFile(options);
  const begun = effects.now();
  const into = String(options.into ?? '.');
  const reports = await bringIn(effects, fromCwd(effects, into), file, options);
  if (options.format === 'json')
    effects.stdout(`${JSON.stringify(file === undefined ? reports : reports[0], null, 2)}\n`);
  else {
    // In words a file is called what the user called it.
    const parts = reports
      .map((report) => inWords(file === undefined ? report : { ...report, file }))
      .filter((text) => text !== '');
    effects.stdout(fromHere(effects, parts.join('\n')));
  }
  for (const report of reports)
    for (const notice of report.notices) effects.stderr(fromHere(effects, `note: ${notice.message}\n`));
  if (reports.length === 0)
    effects.stderr(
      `Nothing to do: the charter names no extract. Name a file: wellspent add FILE --into ${asShellWord(into)} --as events\n`,
    );
  else {
    const changed = options.dryRun !== true && !reports.every(wasThere);
    effects.stderr(
      `${changed ? '' : 'Nothing was changed. '}Done in ${tookSince(effects, begun)}. Next: wellspent check ${asShellWord(into)}\n`,
    );
  }
  return 0;
};

import { existsSync } from 'node:fs';
import { formatValue, WellspentError } from '../../core/index.ts';
import type { ExtractKind } from '../../define/index.ts';
import { type AddReport, addExtract, buildWorkspace, openWorkspace } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd, progressLine, tookSince } from '../talk.ts';
import { readingOf } from './reading.ts';

const count = (n: number) => formatValue(n, 'count');

function inWords(report: AddReport): string {
  const guesses = report.guesses
    .map(({ column, field, reason, samples }) => {
      const what = field ?? 'attribute';
      return `  ${column.slice(0, 28).padEnd(28)}  ${what.padEnd(10)}  ${reason}${samples.length > 0 ? ` (such as ${samples.join(', ').slice(0, 60)})` : ''}`;
    })
    .join('\n');
  const reasons = report.reasons
    .map(({ reason, rows }) => `  ${count(rows).padStart(9)}  ${reason}`)
    .join('\n');
  return (
    `${report.file} into ${report.table}: ${count(report.rowsIn)} rows in = ${count(report.rowsUsed)} used + ${count(report.rowsSetAside)} set aside.\n` +
    (guesses ? `\nColumns\n${guesses}\n` : '') +
    (reasons ? `\nRows set aside, by reason\n${reasons}\n` : '')
  );
}

async function bringIn(
  effects: Effects,
  dir: string,
  file: string | undefined,
  options: Record<string, unknown>,
): Promise<readonly AddReport[]> {
  const progress = progressLine(effects);
  const onProgress = (step: { file: string; rows: number; bytes: number; totalBytes: number }) =>
    progress.say(
      `${step.file}: ${count(step.rows)} rows, ${step.totalBytes > 0 ? Math.round((100 * step.bytes) / step.totalBytes) : 0}%`,
    );
  try {
    if (file === undefined) return await buildWorkspace(dir, { onProgress, signal: effects.signal });
    const path = fromCwd(effects, file);
    if (!existsSync(path))
      throw new WellspentError('FILE_NOT_FOUND', `There is no file ${file}.`, { where: { file } });
    const workspace = await openWorkspace(dir);
    try {
      const report = await addExtract({
        workspace,
        file: path,
        ...(typeof options.as === 'string' ? { as: options.as as ExtractKind } : {}),
        ...readingOf(options),
        dryRun: options.dryRun === true,
        onProgress,
        signal: effects.signal,
      });
      return [report];
    } finally {
      await workspace.close();
    }
  } finally {
    progress.clear();
  }
}

/** `wellspent add`: brings one extract, or all that the charter names, into a workspace. */
export const add: Action = async (effects, [file], options) => {
  const begun = effects.now();
  const into = String(options.into ?? '.');
  const reports = await bringIn(effects, fromCwd(effects, into), file, options);
  if (options.format === 'json') {
    const shown = file === undefined ? reports : reports[0];
    effects.stdout(`${JSON.stringify(shown, null, 2)}\n`);
  } else effects.stdout(reports.map(inWords).join('\n'));
  for (const report of reports)
    for (const notice of report.notices) effects.stderr(`note: ${notice.message}\n`);
  if (reports.length === 0)
    effects.stderr('Nothing to do: every extract that the charter names is there already.\n');
  const dry = options.dryRun === true ? 'Nothing was changed (dry run). ' : '';
  effects.stderr(`${dry}Done in ${tookSince(effects, begun)}. Next: wellspent check ${into}\n`);
  return 0;
};

import { type WellspentError, WellspentFaults } from '../../core/index.ts';
import { type Paint, paintFor, visible } from './colours.ts';

/** How an error is shown. `debug` adds the stack of what caused it. */
export interface ErrorOptions {
  readonly colour: boolean;
  readonly debug: boolean;
  /** A warning is worth a look and stops nothing; an error by default. */
  readonly level?: 'error' | 'warning';
}

function place(error: WellspentError): string | null {
  const { file, line, column } = error.where ?? {};
  if (file === undefined && line === undefined) return null;
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function one(error: WellspentError, paint: Paint, level: 'error' | 'warning'): string {
  const at = place(error);
  const rows: [string, string][] = [];
  if (at !== null) rows.push([at, error.where?.excerpt ?? '']);
  if (error.found !== undefined) rows.push(['found', error.found]);
  if (error.hint !== undefined) rows.push(['try', error.hint]);
  rows.push(['more', `wellspent explain ${error.code}`]);
  const width = Math.max(17, ...rows.filter(([label]) => label !== at).map(([label]) => label.length + 1));
  const lines = rows.map(([label, text]) => {
    const shown = visible(text)
      .split('\n')
      .slice(0, 12)
      .join(`\n  ${' '.repeat(width)} `);
    return `  ${paint.dim(label.padEnd(width))} ${shown}`.trimEnd();
  });
  const colour = level === 'error' ? paint.red : paint.yellow;
  return `${colour(`${level}[${error.code}]`)}: ${visible(error.message)}\n${lines.join('\n')}\n`;
}

function stackOf(error: WellspentError): string {
  const cause = error.cause instanceof Error ? `\nCaused by ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.stack ?? ''}${cause}\n`;
}

/** An error for a terminal: what happened, where, what was found, what to try; all faults of a file, one after the other. */
export function renderError(error: WellspentError, options: ErrorOptions): string {
  const paint = paintFor(options.colour);
  const level = options.level ?? 'error';
  const parts =
    error instanceof WellspentFaults
      ? [...error.faults.map((fault) => one(fault, paint, level)), `${visible(error.message)}\n`]
      : [one(error, paint, level)];
  if (options.debug) parts.push(stackOf(error));
  return parts.join('\n');
}

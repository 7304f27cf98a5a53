import { readFileSync } from 'node:fs';
import { calcInputJsonSchema, calcMethodNamed, calcMethods, runCalc } from '../../calc/index.ts';
import { WellspentError } from '../../core/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { existingFile } from '../files.ts';

const most = 100 * 1024 * 1024;

async function inputText(effects: Effects, file: unknown): Promise<string> {
  if (typeof file !== 'string') {
    if (effects.terminal.stdin)
      effects.stderr('Reading one JSON document from standard input; end it with Ctrl+D.\n');
    return effects.readStdin();
  }
  const path = existingFile(effects, file);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new WellspentError('FILE_NOT_FOUND', `${file} cannot be read.`, { where: { file }, cause });
  }
}

function parsed(text: string, file: unknown, method: string): unknown {
  const where = { file: typeof file === 'string' ? file : 'standard input' };
  if (text.length > most)
    throw new WellspentError('CALC_INPUT_NOT_JSON', 'The input is larger than 100 MB.', { where });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WellspentError(
      'CALC_INPUT_NOT_JSON',
      `The input is not one JSON document: ${(cause as Error).message}`,
      {
        where,
        found: text.trim() === '' ? 'nothing' : text.trim().slice(0, 80),
        hint: `wellspent calc ${method} --example`,
        cause,
      },
    );
  }
}

function listing(): string {
  const width = Math.max(...calcMethods.map(({ name }) => name.length));
  const lines = calcMethods.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  return `Methods:\n${lines.join('\n')}\n\nwellspent calc METHOD --schema   what the input must be, as JSON Schema\nwellspent calc METHOD --example  an input that works\n`;
}

/** `wellspent calc`: one method alone, one JSON document in and one out. */
export const calc: Action = async (effects, [name], options) => {
  const print = (value: unknown) => effects.stdout(`${JSON.stringify(value, null, 2)}\n`);
  if (name === undefined && (options.schema === true || options.example === true))
    throw new WellspentError('USAGE', 'Say of which method.', {
      found: calcMethods.map((method) => method.name).join(', '),
      hint: `wellspent calc ${calcMethods[0]?.name} ${options.schema === true ? '--schema' : '--example'}`,
    });
  if (options.list === true || name === undefined) {
    effects.stdout(listing());
    return 0;
  }
  const method = calcMethodNamed(name);
  if (options.schema === true) print(calcInputJsonSchema(method));
  else if (options.example === true) print(method.example.input);
  else print(await runCalc(name, parsed(await inputText(effects, options.input), options.input, name)));
  return 0;
};

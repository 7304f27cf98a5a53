import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAnswers } from '../../answers/index.ts';
import { WellspentError } from '../../core/index.ts';
import { buildWorkspace } from '../../ingest/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd } from '../files.ts';
import { asShellWord, fromHere, progressLine, tookSince } from '../talk.ts';
import { unknownWord } from '../unknown-word.ts';
import { portOf, serveUntilStopped } from './listening.ts';

const shown = {
  emergency:
    'Accident and emergency in England, published figures: productivity cannot be told, and the page says why.',
  passports: 'A made-up service: question 7 on its home page says why a green target is not to be trusted.',
  'contact-centre':
    'A made-up service: question 7 says why contacts handled an hour rank its teams wrongly, question 5 what brings the calls.',
  council:
    'A small made-up service: question 3 says that there is not enough evidence yet, and how many more weeks it takes.',
  claims:
    'A made-up compensation scheme: question 7 says why claims that are cheaper to handle cost more in the end, question 8 where time pays.',
  operations:
    'Three made-up hospitals: question 7 says why operations for each year of work rank them wrongly, question 8 what to copy.',
} as const;

type Example = keyof typeof shown;

const names = Object.keys(shown) as Example[];
/** What opens when none is named. */
const first: readonly Example[] = ['emergency', 'passports'];

interface BuildModule {
  readonly buildExample: (dir: string, options: { readonly full?: boolean }) => Promise<unknown>;
}

async function builder(name: Example): Promise<BuildModule> {
  for (const ending of ['ts', 'js']) {
    const url = new URL(`../../../examples/${name}/build.${ending}`, import.meta.url);
    if (existsSync(url)) return (await import(url.href)) as BuildModule;
  }
  throw new WellspentError('FILE_NOT_FOUND', `The example ${name} is not installed.`, {
    where: { file: `examples/${name}` },
  });
}

async function buildOne(effects: Effects, name: Example, dir: string, full: boolean): Promise<void> {
  const begun = effects.now();
  const progress = progressLine(effects);
  progress.say(`${name}: making the data`);
  const { buildExample } = await builder(name);
  await buildExample(dir, { full });
  await buildWorkspace(dir, {
    signal: effects.signal,
    onProgress: ({ file, rows }) => progress.say(`${name}: ${file}, ${rows.toLocaleString('en-GB')} rows`),
  });
  await prepareAnswers(dir, { onProgress: (what) => progress.say(`${name}: ${what}`) });
  progress.clear();
  effects.stderr(fromHere(effects, `${name} is ready in ${dir} (${tookSince(effects, begun)}).\n`));
}

/** `wellspent demo`: builds the examples and serves them. */
export const demo: Action = async (effects, [wanted], options) => {
  const port = portOf(options.port);
  const chosen = wanted === undefined ? first : names.filter((name) => name === wanted);
  if (chosen.length === 0)
    throw unknownWord(
      'example',
      wanted ?? '',
      names,
      `wellspent demo ${names[0]} (or ${names.slice(1).join(', ')})`,
    );
  const into = fromCwd(effects, String(options.into));
  const dirs = chosen.map((name) => join(into, name));
  for (const name of chosen) await buildOne(effects, name, join(into, name), options.full === true);
  if (options.buildOnly === true) {
    effects.stderr(
      `Next: wellspent serve ${dirs.map((dir) => asShellWord(fromHere(effects, dir))).join(' ')}\n`,
    );
    return 0;
  }
  await serveUntilStopped(effects, dirs, port, (address) => {
    effects.stderr(`\nOpen ${address} in a browser.\n`);
    for (const name of chosen) effects.stderr(`  ${address}/${name}  ${shown[name]}\n`);
    effects.stderr('Stop with Ctrl+C.\n');
  });
  return 0;
};

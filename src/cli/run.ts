import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { type Action, commandTable, laterVerbs } from './commands.ts';
import type { Effects } from './effects.ts';

const exitWrongUse = 2;
const exitInternal = 3;

const examples = `
Examples:
  wellspent demo                    see two services in the browser
  wellspent log log.csv             what an event log holds
`;

function statedVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version as string;
    } catch {
      // In a checkout the file is two folders up, in the built package three.
    }
  }
  return 'unknown';
}

interface Chosen {
  readonly load: () => Promise<Action>;
  readonly args: readonly string[];
  readonly options: Record<string, unknown>;
}

/** The whole command line as commander sees it; `choose` is told which command was meant. */
function program(effects: Effects, choose: (chosen: Chosen) => void = () => {}): Command {
  const root = new Command('wellspent')
    .description('Helps the people who run a public service do the right thing, and then the next.')
    .version(statedVersion(), '--version', 'print the version')
    .helpOption('--help', 'print help')
    .addHelpText('after', examples)
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: effects.stdout, writeErr: () => {} });
  for (const { command, load } of commandTable()) {
    command
      .helpOption('--help', 'print help')
      .option('--debug', 'show where an unexpected error came from')
      .exitOverride()
      .configureOutput({ writeOut: effects.stdout, writeErr: () => {} })
      .allowExcessArguments(false)
      .action(() => {
        choose({
          load,
          args: command.processedArgs.flat().filter((arg) => arg !== undefined),
          options: command.opts(),
        });
      });
    root.addCommand(command);
  }
  return root;
}

function wrongUse(message: string, hint: string): { readonly message: string; readonly hint: string } {
  return { message, hint };
}

function usageOf(error: CommanderError, argv: readonly string[]) {
  const [verb] = argv.filter((arg) => !arg.startsWith('-'));
  const later = verb ? laterVerbs[verb] : undefined;
  if (later && error.code === 'commander.unknownCommand')
    return wrongUse(`"${verb}" is not in this version: ${later} will come later.`, 'wellspent --help');
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const text = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/\.?$/, '.');
  const suggestion = rest.join(' ').replace(/[()]/g, '').trim();
  const known = verb && error.code !== 'commander.unknownCommand' ? ` ${verb}` : '';
  return wrongUse(suggestion ? `${text} ${suggestion}` : text, `wellspent${known} --help`);
}

async function report(error: unknown, effects: Effects, debug: boolean): Promise<number> {
  const { WellspentError } = await import('../core/index.ts');
  const { renderError } = await import('../publish/index.ts');
  const colour = effects.terminal.stderr && effects.env.NO_COLOR === undefined;
  if (error instanceof WellspentError) {
    effects.stderr(renderError(error, { colour, debug }));
    return error.code === 'INTERNAL' ? exitInternal : exitWrongUse;
  }
  const message = error instanceof Error ? error.message : String(error);
  const internal = new WellspentError(
    'INTERNAL',
    `Something went wrong that we did not foresee: ${message}`,
    {
      hint: 'the same command with --debug',
      cause: error,
    },
  );
  effects.stderr(renderError(internal, { colour, debug }));
  return exitInternal;
}

/** Runs the command line and gives its exit code: 0 fine, 1 a check failed, 2 wrong use, 3 our fault. */
export async function runCli(argv: readonly string[], effects: Effects): Promise<number> {
  const debug = argv.includes('--debug');
  let chosen: Chosen | undefined;
  const root = program(effects, (choice) => {
    chosen = choice;
  });
  if (argv.length === 0) {
    root.outputHelp();
    return 0;
  }
  try {
    await root.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      const { WellspentError } = await import('../core/index.ts');
      const { message, hint } = usageOf(error, argv);
      return report(new WellspentError('USAGE', message, { hint }), effects, debug);
    }
    return report(error, effects, debug);
  }
  if (!chosen) return 0;
  try {
    const action = await chosen.load();
    return await action(effects, chosen.args, chosen.options);
  } catch (error) {
    return report(error, effects, debug);
  }
}

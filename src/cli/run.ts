import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { WellspentError } from '../core/index.ts';
import { type Action, commandTable } from './commands.ts';
import type { Effects } from './effects.ts';

const exitWrongUse = 2;
const exitInternal = 3;
/** What shells give a program that Ctrl+C ended. */
const exitStopped = 130;
const widestHelp = 100;

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

function speaking(command: Command, effects: Effects): Command {
  const width = Math.min(effects.terminal.width, widestHelp);
  return command
    .exitOverride()
    .helpOption('--help', 'print help')
    .showSuggestionAfterError(false)
    .configureHelp({
      minWidthToWrap: 20,
      subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map(argumentTerm)].join(' '),
    })
    .configureOutput({ writeOut: effects.stdout, writeErr: () => {}, getOutHelpWidth: () => width });
}

function argumentTerm(argument: Command['registeredArguments'][number]): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** The whole command line as commander sees it; `choose` is told which command was meant. */
function program(effects: Effects, choose: (chosen: Chosen) => void): Command {
  const root = speaking(new Command('wellspent'), effects)
    .description('Helps the people who run a public service do the right thing, and then the next.')
    .usage('COMMAND [options]')
    .version(statedVersion(), '--version', 'print the version')
    .option('--debug', 'show where an unexpected error came from')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', examples);
  for (const { command, load } of commandTable()) {
    speaking(command, effects)
      .option('--debug', 'show where an unexpected error came from')
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

function shortHelp(root: Command): string {
  const help = root.createHelp();
  const commands = help.visibleCommands(root).filter((command) => command.name() !== 'help');
  const width = Math.max(...commands.map((command) => help.subcommandTerm(command).length));
  const lines = commands.map(
    (command) => `  ${help.subcommandTerm(command).padEnd(width)}  ${command.description()}`,
  );
  return `Wellspent helps the people who run a public service do the right thing, and then the next.\n\n${lines.join('\n')}\n${examples}\nMore on a command: wellspent COMMAND --help\n`;
}

/** Commander shows all of the help when `help` is asked about a command that is not there. */
const unknownCommand = (name: string) =>
  new CommanderError(exitWrongUse, 'commander.unknownCommand', `unknown command '${name}'`);

async function report(error: unknown, effects: Effects, debug: boolean): Promise<number> {
  const { shownError } = await import('./show-error.ts');
  if (error instanceof WellspentError && error.code === 'WAREHOUSE_CANCELLED' && effects.signal.aborted) {
    effects.stderr('Stopped. Nothing was changed.\n');
    return exitStopped;
  }
  const { saidError } = await import('./said-error.ts');
  const said = saidError(error);
  effects.stderr(shownError(effects, said, { to: 'stderr', debug }));
  return said.code === 'INTERNAL' ? exitInternal : exitWrongUse;
}

/**
 * Runs the command line and gives its exit code: 0 fine, 1 a check failed, 2 wrong use, 3 our fault, 130 stopped
 * by Ctrl+C.
 */
export async function runCli(argv: readonly string[], effects: Effects): Promise<number> {
  const debug = argv.includes('--debug');
  let chosen: Chosen | undefined;
  const root = program(effects, (choice) => {
    chosen = choice;
  });
  try {
    if (argv.length > 0) await root.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error, effects, debug);
    if (error.exitCode === 0) return 0;
    const asked = argv[0] === 'help' ? argv[1] : undefined;
    if (error.code !== 'commander.help' || asked !== undefined) {
      const { usageError } = await import('./usage.ts');
      const wrong = asked === undefined ? error : unknownCommand(asked);
      return report(usageError(wrong, root, argv, effects.cwd), effects, debug);
    }
  }
  // No command, or options without one: commander calls that an error.
  if (!chosen) {
    effects.stdout(shortHelp(root));
    return 0;
  }
  try {
    const action = await chosen.load();
    return await action(effects, chosen.args, chosen.options);
  } catch (error) {
    return report(error, effects, debug);
  }
}

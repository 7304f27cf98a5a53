import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command, CommanderError } from 'commander';
import { WellspentError } from '../core/index.ts';
import { nearestName } from '../define/index.ts';
import { laterVerbs } from './commands.ts';
import { asShellWord } from './talk.ts';

const quotedIn = (text: string) => [...text.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');

interface Wrong {
  readonly message: string;
  readonly hint: string;
}

function unknownCommand(written: string, root: Command): Wrong {
  const later = laterVerbs[written];
  if (later) return { message: `"${written}" (${later}) is not in this version.`, hint: 'wellspent --help' };
  const near = nearestName(
    written,
    root.commands.map((command) => command.name()),
  );
  return {
    message: `There is no command "${written}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: near ? `wellspent ${near}` : 'wellspent --help',
  };
}

function unknownOption(written: string, command: Command, cwd: string): Wrong {
  const known = command.options.map((option) => option.long ?? '');
  const near = nearestName(written.replace(/=.*/s, ''), known);
  const isFile = near === undefined && existsSync(resolve(cwd, written));
  return {
    message: `${command.name()} has no option ${written}.${near ? ` Did you mean ${near}?` : ''}`,
    hint: isFile ? `the file as ${asShellWord(written)}` : helpOf(command),
  };
}

function invalidChoice(message: string): Wrong {
  const [flags = '', written = ''] = quotedIn(message);
  const known = (/choices are (.*)\.$/.exec(message)?.[1] ?? '').split(', ');
  const option = flags.split(' ')[0] ?? flags;
  const near = nearestName(written, known);
  return {
    message: `${option} cannot be "${written}".${near ? ` Did you mean "${near}"?` : ''}`,
    hint: near ? `${option} ${near}` : `${option} with one of ${known.join(', ')}`,
  };
}

function missingArgument(name: string, command: Command): Wrong {
  const described = command.registeredArguments.find((argument) => argument.name() === name)?.description;
  return {
    message: `${command.name()} needs to be told the ${name}${described ? ` (${described})` : ''}.`,
    hint: `wellspent ${command.name()} ${name.toUpperCase()}`,
  };
}

const helpOf = (command: Command) =>
  command.parent ? `wellspent ${command.name()} --help` : 'wellspent --help';

/** What was wrong with the words of a command, in ours, from what commander says. */
export function usageError(
  error: CommanderError,
  root: Command,
  argv: readonly string[],
  cwd: string,
): WellspentError {
  const verb = argv.find((arg) => !arg.startsWith('-'));
  const command = root.commands.find((known) => known.name() === verb) ?? root;
  const message = error.message.replace(/^error: /, '');
  const [first = ''] = quotedIn(message);
  const wrong = (): Wrong => {
    switch (error.code) {
      case 'commander.unknownCommand':
        return unknownCommand(first, root);
      case 'commander.unknownOption':
        return unknownOption(first, command, cwd);
      case 'commander.invalidArgument':
        return invalidChoice(message);
      case 'commander.missingArgument':
        return missingArgument(first, command);
      case 'commander.optionMissingArgument':
        return { message: `${first.split(' ')[0]} needs a value: ${first}.`, hint: helpOf(command) };
      case 'commander.excessArguments':
        return {
          message: `${command.name()} was given more words than it takes. A name with blanks goes in quotes.`,
          hint: helpOf(command),
        };
      default:
        return { message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`, hint: helpOf(command) };
    }
  };
  const { message: text, hint } = wrong();
  return new WellspentError('USAGE', text, { hint });
}

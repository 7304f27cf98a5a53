import { Argument, Command, Option } from 'commander';
import type { Effects } from './effects.ts';

/** Runs one command and gives its exit code: 0 fine, 1 a check failed. Wrong use and failures are thrown. */
export type Action = (
  effects: Effects,
  args: readonly string[],
  options: Record<string, unknown>,
) => Promise<number>;

const formatHelp = 'how to write the result: a table at a terminal, JSON in a pipe, unless said';
const wordsHelp = 'how to write the report: in words unless said';
const format = () => new Option('--format <format>', formatHelp).choices(['table', 'json', 'csv']);
const output = () =>
  new Option(
    '--output <path>',
    'write to a file (.json, .csv, else text); with csv, to a folder of all tables',
  );
const table = () => new Option('--table <result/table>', 'with csv, the one table to print');
const workspace = () => new Argument('[workspace]', 'folder with a service.yaml').default('.', 'this folder');
const tables = ['events', 'cases', 'contacts', 'volumes', 'inputs', 'quality'];

/** Verbs of the product that this version does not have; naming one says so. */
export const laterVerbs: Readonly<Record<string, string>> = {
  choose: 'comparing options',
  test: 'trials',
  learn: 'following promises over time',
  ask: 'the guidance assistant',
  apply: 'the forms assistant',
};

interface Definition {
  readonly command: Command;
  /** Loads the action only when it runs, so that help is quick. */
  readonly load: () => Promise<Action>;
}

const zoneHelp = 'zone of times that carry no offset, such as Europe/London';

function readingOptions(command: Command): Command {
  return command
    .option('--map <pairs>', 'field=column pairs, such as "case_id=Case ID,step=Activity"')
    .option('--drop <columns>', 'columns to leave out; "*" is all that --map does not name')
    .option('--timezone <zone>', zoneHelp)
    .option('--day-first', 'read 03/04/2024 as 3 April')
    .option('--month-first', 'read 03/04/2024 as 4 March')
    .addOption(
      new Option('--decimal <sign>', 'the decimal sign of numbers: with comma 1,234 is 1.234').choices([
        'point',
        'comma',
      ]),
    )
    .option('--encoding <name>', 'encoding of text that is not UTF-8, such as windows-1252')
    .option(
      '--delimiter <character>',
      'what separates the values of a text file: one character, tab or space',
    )
    .option('--sheet <name>', 'sheet of a workbook that has several')
    .option('--object-type <type>', 'type of object that is a case, for OCEL with several')
    .addOption(
      new Option(
        '--lifecycle <rule>',
        'join rows that start and complete one piece of work, or keep all',
      ).choices(['pair', 'keep']),
    )
    .addOption(
      new Option(
        '--shape <shape>',
        'a row an event, a column of dates a step, or a row a changed field',
      ).choices(['rows', 'wide', 'history']),
    )
    .option('--steps <pairs>', 'with wide: step=column pairs, such as "Received=Date received"')
    .option('--field <name>', 'with history: the field whose changes are steps')
    .option('--dedupe <columns>', 'keep one of equal rows (exact), or of rows with the same key columns')
    .option('--keep-latest-by <column>', 'with --dedupe columns: the time or number that is latest stays')
    .addOption(
      new Option('--minutes-in <unit>', 'what the column mapped to minutes counts').choices([
        'minutes',
        'hours',
        'seconds',
      ]),
    )
    .option('--classifier <name>', 'what tells steps apart: a classifier of XES, or columns joined with +');
}

/** Every command, in the order that help lists them. */
export function commandTable(): readonly Definition[] {
  return [
    {
      command: new Command('demo')
        .description('build the examples and open them in the browser')
        .argument(
          '[example]',
          'emergency, passports, contact-centre, council, claims or operations; else the first two',
        )
        .option('--full', 'passports at its full size of 138,000 cases')
        .option('--into <dir>', 'where to build them', 'demo')
        .option('--port <number>', 'port to listen on; the next free one is taken', '4600')
        .option('--build-only', 'build and work out the figures, and do not serve'),
      load: async () => (await import('./commands/demo.ts')).demo,
    },
    {
      command: new Command('init').description('start a workspace').argument('<dir>', 'folder to make'),
      load: async () => (await import('./commands/init.ts')).init,
    },
    {
      command: readingOptions(
        new Command('add')
          .description('bring an extract in')
          .argument('[file]', 'the extract; all that the charter names when left out'),
      )
        .option('--into <workspace>', 'the workspace', '.')
        .addOption(new Option('--as <table>', 'the table it fills').choices(tables))
        .option('--also', 'keep a file of the same name that is in already: both stay')
        .option('--replace', 'take the place of a file of the same name that is in already')
        .option('--dry-run', 'read everything, report, and change nothing')
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/add.ts')).add,
    },
    {
      command: new Command('check')
        .description('check the charter, and that the data can answer it')
        .addArgument(workspace())
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/check.ts')).check,
    },
    {
      command: new Command('measure')
        .description('outcomes, output, quality, inputs and productivity')
        .addArgument(workspace())
        .option('--explain', 'add the queries, sources and settings')
        .addOption(format())
        .addOption(table())
        .addOption(output()),
      load: async () => (await import('./commands/verbs.ts')).measureCommand,
    },
    {
      command: new Command('find')
        .description('what holds the service back: waits, repeats, endings, findings')
        .addArgument(workspace())
        .option('--compare <by>', 'two sides by a group of the charter, team, year, quarter or month')
        .option('--this <side>', 'the one side; the largest, or the latest period, when left out')
        .option('--with <side>', 'the other side')
        .option('--explain', 'add the queries, sources and settings')
        .addOption(format())
        .addOption(table())
        .addOption(output()),
      load: async () => (await import('./commands/verbs.ts')).findCommand,
    },
    {
      command: new Command('rows')
        .description('the rows behind a figure, and those left out; the rows of one class')
        .addArgument(workspace())
        .argument('[result]', 'the page, such as effectiveness or find/findings; all figures when left out')
        .argument('[figure]', 'the id of a figure of it, or of a finding')
        .option('--class <id>', 'the rows of this class, as the table of classes names it')
        .option('--explain', 'add the queries, sources and settings')
        .addOption(format())
        .addOption(table())
        .addOption(output()),
      load: async () => (await import('./commands/rows.ts')).rowsCommand,
    },
    {
      command: readingOptions(
        new Command('log')
          .description('describe an event log without a charter')
          .argument('<file>', 'CSV, XLSX, JSON, Parquet, XES or OCEL'),
      )
        .addOption(
          new Option('--order <time>', 'the time that orders a case; finish by default').choices([
            'finish',
            'start',
          ]),
        )
        .addOption(new Option('--format <format>', formatHelp).choices(['table', 'json']))
        .option('--output <path>', 'write to a file (.json, else text)'),
      load: async () => (await import('./commands/log.ts')).log,
    },
    {
      command: readingOptions(
        new Command('waits')
          .description('why the cases of a log wait: batches, queues, time off duty, the rest')
          .argument('<file>', 'CSV, XLSX, JSON, Parquet, XES or OCEL, with workers and starts'),
      )
        .option('--calendar <file>', 'JSON with the weekly hours of each worker, "*" for everyone')
        .option('--infer-hours', 'read weekly hours off the log itself, and say that they are inferred')
        .option('--explain', 'add the queries, sources and settings')
        .addOption(format())
        .addOption(table())
        .addOption(output()),
      load: async () => (await import('./commands/waits.ts')).waits,
    },
    {
      command: new Command('calc')
        .description('run one statistical method alone, JSON in and JSON out')
        .argument('[method]', 'name of the method')
        .option('--input <file>', 'the JSON document; standard input when left out')
        .option('--list', 'name the methods')
        .option('--schema', 'print the JSON Schema of the input')
        .option('--example', 'print an input that works'),
      load: async () => (await import('./commands/calc.ts')).calc,
    },
    {
      command: new Command('export')
        .description('publication files with small counts protected, and the ledger of releases')
        .addArgument(workspace())
        .option('--into <dir>', 'folder to write; it must be empty or not there')
        .option(
          '--profile <name>',
          '10-5, 5-star, or a file with a profile; as the charter says when left out',
        )
        .option('--replace', 'put this publication in the place of the one in the folder')
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/export.ts')).exportCommand,
    },
    {
      command: new Command('register')
        .description('the record that nobody may edit: list it, keep figures in it, export it')
        .argument('<action>', 'list, keep or export')
        .addArgument(workspace())
        .option('--into <dir>', 'with export: the folder to write, or one with an earlier export')
        .option('--result <ids...>', 'with keep: only these Results of measure and find')
        .option('--role <role>', 'with keep: in what role, never a name', 'analyst')
        .addOption(format())
        .addOption(table())
        .addOption(output()),
      load: async () => (await import('./commands/register.ts')).registerCommand,
    },
    {
      command: new Command('verify')
        .description('whether the register, or an export of it, is what it was')
        .argument('[workspace]', 'a workspace, or a folder with an exported register', '.')
        .option('--against <paths...>', 'checkpoints, or exports, that somebody outside kept')
        .option('--keys <file>', 'verifier keys, from somebody other than the sender')
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/verify.ts')).verify,
    },
    {
      command: new Command('report')
        .description('say how the work is really done, or what a finding is')
        .argument('[workspace]', 'folder with a service.yaml', '.')
        .argument('[what]', 'what you do, in a sentence; the list of reports when left out')
        .option('--why <text>', 'what stands in the way')
        .option('--step <name>', 'the step it is about')
        .option('--team <name>', 'the team that does it')
        .option('--times <number>', 'how often')
        .addOption(new Option('--per <unit>', 'for each').choices(['case', 'day', 'week', 'month']))
        .option('--minutes <number>', 'minutes each time')
        .option('--change <id>', 'change the report with this id')
        .option('--delete <id>', 'delete the report with this id for good')
        .option('--list', 'list the reports')
        .option('--finding <id>', 'say what this finding is, with --verdict')
        .option('--verdict <word>', 'confirmed, legitimate-exception, data-error or not-known')
        .option('--response <word>', 'if confirmed: prevent, redesign, adopt or ignore')
        .option('--reason <text>', 'why, in a sentence')
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/report.ts')).report,
    },
    {
      command: new Command('option')
        .description('make a draft of an option from a finding; list and remove drafts')
        .argument('[workspace]', 'folder with a service.yaml', '.')
        .argument('[finding]', 'the id of a finding; the list of drafts when left out')
        .option('--remove <id>', 'remove the draft with this id for good')
        .addOption(new Option('--format <format>', wordsHelp).choices(['table', 'json'])),
      load: async () => (await import('./commands/option.ts')).option,
    },
    {
      command: new Command('serve')
        .description('show workspaces in the browser')
        .argument('[workspaces...]', 'folders with a service.yaml; this folder when left out')
        .option('--port <number>', 'port to listen on; the next free one is taken', '4600'),
      load: async () => (await import('./commands/serve.ts')).serve,
    },
    {
      command: new Command('explain')
        .description('what an error code means, and what to do')
        .argument('[code]', 'the code; all when left out'),
      load: async () => (await import('./commands/explain.ts')).explain,
    },
  ];
}

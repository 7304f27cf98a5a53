import { prepareAnswers } from '../../answers/index.ts';
import { countOf, provenance, type Result, WellspentError, writing } from '../../core/index.ts';
import { nearestName } from '../../define/index.ts';
import {
  exportRegister,
  type KeptResult,
  keepResults,
  noRegister,
  openServiceRegister,
  type Role,
  readLine,
  readRecords,
  readStored,
  roles,
  type StoredRegister,
  useRecords,
  utcSecondOf,
  writeExport,
} from '../../stores/index.ts';
import type { Action } from '../commands.ts';
import { deliverResults } from '../deliver.ts';
import type { Effects } from '../effects.ts';
import { fromCwd, makeFolder } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';
import { charterOf, recordsOf } from '../workspace-records.ts';

type Options = Readonly<Record<string, unknown>>;
type RegisterAction = (effects: Effects, dir: string, options: Options) => Promise<number>;

function listed({ entries, origin }: StoredRegister): Result {
  const rows = entries.map(({ place, line, leaf }) => {
    const { kind, id, version, recorded, role } = readLine(Buffer.from(line, 'utf8'));
    return { entry: place, kind, id, version, recorded, role, leaf };
  });
  const last = entries.at(-1);
  return {
    id: 'register',
    question: 'What has been registered?',
    answer: last
      ? `The register ${origin} holds ${countOf(entries.length, 'entry', 'entries')}.`
      : 'Nothing has been registered yet.',
    status: 'sound',
    figures: [
      { id: 'size', name: 'Entries', value: entries.length, unit: 'count', interval: null, period: null },
    ],
    tables: [
      {
        id: 'entries',
        title: 'Entries, in the order in which they were added',
        columns: [
          { key: 'entry', title: 'Entry', type: 'number' },
          { key: 'recorded', title: 'Recorded', type: 'time' },
          { key: 'kind', title: 'Kind', type: 'text' },
          { key: 'id', title: 'Of', type: 'text' },
          { key: 'version', title: 'Version', type: 'number' },
          { key: 'role', title: 'Role', type: 'text' },
          { key: 'leaf', title: 'Leaf hash', type: 'text', forMachines: true },
        ],
        rows,
      },
    ],
    charts: [],
    caveats: last
      ? ['"Recorded" is the claim of whoever added the entry; only a copy kept outside shows when.']
      : [],
    next: [],
    provenance: provenance({ method: 'the lines of the register, read one by one' }),
  };
}

const list: RegisterAction = async (effects, dir, options) => {
  const { service } = charterOf(effects, dir).charter;
  const stored = await readRecords(recordsOf(effects, dir, service), readStored);
  deliverResults(effects, [listed(stored ?? noRegister)], options);
  effects.stderr(`Next: wellspent verify ${asShellWord(dir)}\n`);
  return 0;
};

function chosenResults(all: readonly Result[], wanted: unknown): readonly Result[] {
  if (!Array.isArray(wanted)) return all;
  return wanted.map((id: string) => {
    const found = all.find((result) => result.id === id);
    if (found) return found;
    const known = all.map((result) => result.id);
    const near = nearestName(id, known);
    throw new WellspentError(
      'USAGE',
      `There is no Result "${id}".${near ? ` Did you mean "${near}"?` : ''}`,
      {
        found: known.join(', '),
        hint: `--result ${near ?? known[0] ?? 'ID'}`,
      },
    );
  });
}

function roleOf({ role = 'analyst' }: Options): Role {
  const known = roles.find((one) => one === role);
  if (known) return known;
  throw new WellspentError(
    'USAGE',
    `"${String(role)}" is not a role. The register holds roles and no names.`,
    {
      found: roles.join(', '),
      hint: `--role ${nearestName(String(role), roles) ?? 'analyst'}`,
    },
  );
}

function keptInWords(kept: readonly KeptResult[]): string {
  const lines = kept.map(
    ({ result, index, version, isNew }) =>
      `  entry ${String(index).padStart(4)}  ${result}, version ${version}${isNew ? '' : ', kept before and unchanged'}\n`,
  );
  const added = kept.filter(({ isNew }) => isNew).length;
  const unchanged = kept.length - added;
  const answer =
    added === 0
      ? 'Nothing has changed: these figures are in the register already.'
      : `Kept ${countOf(added, 'Result')}${unchanged > 0 ? `; ${countOf(unchanged, 'other')} had not changed` : ''}.`;
  return `${answer}\n${lines.join('')}`;
}

const keep: RegisterAction = async (effects, dir, options) => {
  const begun = effects.now();
  const role = roleOf(options);
  const { charter, hash } = charterOf(effects, dir);
  const progress = progressLine(effects);
  const place = recordsOf(effects, dir, charter.service);
  const answers = await prepareAnswers(fromCwd(effects, dir), {
    records: place,
    onProgress: (what) => progress.say(what),
  }).finally(progress.clear);
  const results = chosenResults([...answers.measure, ...answers.find], options.result);
  await useRecords(place, async (records) => {
    const register = openServiceRegister(records, charter.service);
    const of = { name: charter.service, version: charter.version, effective: charter.effective, hash };
    const kept = await keepResults(register, results, of, { recorded: utcSecondOf(begun), role });
    effects.stdout(
      options.format === 'json'
        ? `${JSON.stringify({ charter: of, kept }, null, 2)}\n`
        : `Charter ${of.name} ${of.version}. ${keptInWords(kept)}`,
    );
  });
  effects.stderr(
    `Took ${tookSince(effects, begun)}. Next: wellspent register export ${asShellWord(dir)} --into FOLDER, for somebody outside to keep\n`,
  );
  return 0;
};

const exportInto: RegisterAction = async (effects, dir, options) => {
  const { into } = options;
  if (typeof into !== 'string')
    throw new WellspentError('USAGE', 'Say where to write the register.', { hint: '--into FOLDER' });
  const { service } = charterOf(effects, dir).charter;
  const exported = await readRecords(recordsOf(effects, dir, service), exportRegister);
  if (exported === null)
    throw new WellspentError('RECORDS_MISSING', `${dir} has no register yet.`, {
      hint: `wellspent register keep ${asShellWord(dir)}`,
    });
  const folder = makeFolder(effects, into);
  writing(into, () => writeExport(exported, folder));
  const { size, root } = exported.verified;
  effects.stdout(
    `Wrote ${countOf(size, 'entry', 'entries')} to ${into}.\n  size  ${size}\n  root  ${root}\n  keep  checkpoints/${size}.txt, outside and by somebody else\n`,
  );
  effects.stderr(
    `Anybody can check it: open ${into}/verify.html in a browser, or run node ${asShellWord(into)}/verify.mjs ${asShellWord(into)}\n`,
  );
  return 0;
};

const actions: Readonly<Record<string, RegisterAction>> = { list, keep, export: exportInto };

/** `wellspent register`: list the register's entries, keep today's figures, or export it for outsiders. */
export const registerCommand: Action = async (effects, [named = '', dir = '.'], options) => {
  const action = Object.hasOwn(actions, named) ? actions[named] : undefined;
  if (action) return action(effects, dir, options);
  const known = Object.keys(actions);
  const near = nearestName(named, known);
  throw new WellspentError(
    'USAGE',
    `The register cannot "${named}".${near ? ` Did you mean "${near}"?` : ''}`,
    {
      found: known.join(', '),
      hint: `wellspent register ${near ?? 'list'}`,
    },
  );
};

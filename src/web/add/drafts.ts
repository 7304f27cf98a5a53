import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isRunning } from '../../core/index.ts';
import { type ExtractKind, extractKinds, type FilePart } from '../../define/index.ts';
import { type AddRequest, minutesUnits, storeFolder } from '../../ingest/index.ts';

const choices = z.array(z.tuple([z.string(), z.string()]));

const answers = z.object({
  /** For each column of the file: a field of the table, `extra` or `out`. */
  choices,
  dayFirst: z.boolean().nullable(),
  timezone: z.string().nullable(),
  minutesIn: z.enum(minutesUnits).nullable(),
  /** The decimal sign of numbers; null is as each column shows, or as the charter says. */
  decimal: z.enum(['point', 'comma']).nullable().default(null),
  /** Whether rows that start and end one piece of work are joined; null is as the file looks. */
  lifecycle: z.enum(['pair', 'keep']).nullable().default(null),
  /** Which rows are the same row, of which one is kept; null is as the charter or the last such file says. */
  repeats: z
    .union([z.literal('exact'), z.object({ key: z.string(), latestBy: z.string().nullable() })])
    .nullable()
    .default(null),
  /** For a file whose name is in the workspace already. */
  sameName: z.enum(['replace', 'keep-both']).nullable(),
});

const record = z.object({
  name: z.string(),
  /** The file as the charter names it; null for a file that was sent. */
  extract: z.string().nullable(),
  preparedAt: z.string(),
  as: z.enum(extractKinds).nullable(),
  encoding: z.string().nullable(),
  /** What separates the values of a text file; null is as the rows show. */
  delimiter: z.string().nullable().default(null),
  sheet: z.string().nullable(),
  objectType: z.string().nullable(),
  answers: answers.nullable(),
  /** What must be asked because an import found it out: nothing in the first rows showed it. */
  asked: z.array(z.enum(['encoding', 'date-order'])),
  /** True from when it is brought in until that has ended: still true after the server was killed. */
  started: z.boolean(),
});

/** What a person decided about a file. */
export type Decided = z.infer<typeof answers>;
type DraftRecord = z.infer<typeof record>;

/** A file on its way in: where it lies, what it is called, and what has been decided about it. */
export interface Draft extends DraftRecord {
  readonly id: string;
  /** The file to read. */
  readonly file: string;
}

type Reading = 'encoding' | 'delimiter' | 'sheet' | 'objectType';

/** What was said about how a file is written: its letters, delimiter, sheet and type of object, as far as it had to be said. */
export function readingSaid({
  encoding,
  delimiter,
  sheet,
  objectType,
}: Pick<Draft, Reading>): Pick<AddRequest, Reading> {
  return {
    ...(encoding === null ? {} : { encoding }),
    ...(delimiter === null ? {} : { delimiter }),
    ...(sheet === null ? {} : { sheet }),
    ...(objectType === null ? {} : { objectType }),
  };
}

/** A folder that a file is being received into. */
export interface Receiving {
  readonly file: string;
  /** Keeps what was received as a draft. */
  keep(name: string): Draft;
  discard(): void;
}

/** The files of one workspace that were sent, or chosen from the charter, and are not brought in yet. */
export interface Drafts {
  receive(): Receiving;
  /** Takes up an extract that the charter names, or the part of it that is said; it stays where it is. */
  take(extract: string, as: ExtractKind, part: FilePart): Draft;
  find(id: string): Draft | undefined;
  list(): readonly Draft[];
  update(id: string, change: Partial<DraftRecord>): void;
  remove(id: string): void;
  /** Removes what programs that have ended left half received, and files that waited too long. */
  sweep(now: Date): void;
}

const days = 7;
/** How long a file waits to be brought in, in milliseconds. */
const keptFor = days * 86_400_000;
const idPattern = /^[0-9a-f]{16}$/;
const receiving = /^receiving-(\d+)-[0-9a-f]{16}$/;

const newId = () => randomBytes(8).toString('hex');

/** The drafts of a workspace, in folders named by us below its `.wellspent`, readable by their owner alone. */
export function draftsOf(dir: string, clock: () => Date): Drafts {
  const home = join(storeFolder(dir), 'uploads');
  const folderOf = (id: string) => join(home, id);

  function write(folder: string, content: DraftRecord): void {
    const partial = join(folder, 'draft.partial');
    writeFileSync(partial, JSON.stringify(content), { mode: 0o600 });
    renameSync(partial, join(folder, 'draft.json'));
  }

  function read(id: string): Draft | undefined {
    try {
      const found = record.parse(JSON.parse(readFileSync(join(folderOf(id), 'draft.json'), 'utf8')));
      const file = found.extract === null ? join(folderOf(id), 'content') : resolve(dir, found.extract);
      return { ...found, id, file };
    } catch {
      return undefined;
    }
  }

  const fresh = (name: string, extract: string | null, as: ExtractKind | null): DraftRecord => ({
    name,
    extract,
    preparedAt: clock().toISOString(),
    as,
    encoding: null,
    delimiter: null,
    sheet: null,
    objectType: null,
    answers: null,
    asked: [],
    started: false,
  });

  const found = (id: string): Draft => {
    const draft = read(id);
    if (!draft) throw new Error('the draft just written cannot be read');
    return draft;
  };

  return {
    receive() {
      const id = newId();
      const folder = join(home, `receiving-${process.pid}-${id}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return {
        file: join(folder, 'content'),
        keep(name) {
          write(folder, fresh(name, null, null));
          renameSync(folder, folderOf(id));
          return found(id);
        },
        discard: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
    take(extract, as, { sheet = null, objectType = null }) {
      const id = newId();
      mkdirSync(folderOf(id), { recursive: true, mode: 0o700 });
      write(folderOf(id), { ...fresh(extract, extract, as), sheet, objectType });
      return found(id);
    },
    find: (id) => (idPattern.test(id) ? read(id) : undefined),
    list() {
      if (!existsSync(home)) return [];
      return readdirSync(home)
        .filter((name) => idPattern.test(name))
        .flatMap((id) => read(id) ?? [])
        .sort((a, b) => (a.preparedAt < b.preparedAt ? -1 : 1));
    },
    update(id, change) {
      const { id: _, file: __, ...known } = found(id);
      write(folderOf(id), { ...known, ...change });
    },
    remove: (id) => rmSync(folderOf(id), { recursive: true, force: true }),
    sweep(now) {
      if (!existsSync(home)) return;
      for (const name of readdirSync(home)) {
        const pid = receiving.exec(name)?.[1];
        const draft = read(name);
        const isOld = !draft || now.getTime() - Date.parse(draft.preparedAt) > keptFor;
        const isLeft = pid === undefined ? isOld : !isRunning(Number(pid));
        if (isLeft) rmSync(join(home, name), { recursive: true, force: true });
      }
    },
  };
}

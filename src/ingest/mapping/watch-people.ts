import { listInWords } from '../../core/index.ts';
import type { Notice, RawBatch } from '../readers/raw-table.ts';
import {
  type ColumnLook,
  lookAt,
  mostTelling,
  rowsNamed,
  type Telling,
  type Verdict,
} from './column-look.ts';
import { personalHeader } from './personal-columns.ts';

/** Says that the rows of a file tell of some columns what the first did not; caught where the import starts again. */
export class PersonalOpen extends Error {
  /** By all rows, or as no further row can change it. */
  readonly verdicts: ReadonlyMap<string, Verdict | null>;

  constructor(verdicts: ReadonlyMap<string, Verdict | null>) {
    super(`what ${[...verdicts.keys()].join(', ')} tells of people is open`);
    this.name = 'PersonalOpen';
    this.verdicts = verdicts;
  }
}

/** Watches columns that nobody named for values that tell of people, and for sentences. */
export interface PeopleWatch {
  /** What a column's cells of the first batch tell, or what is known of it from an earlier reading. */
  judge(column: string, index: number, first: RawBatch): Verdict | null;
  /** Says that a column holds numbers or times alone; it is watched only if its name speaks of people. */
  passOver(column: string): void;
  /** Says that a column is left out whatever its values tell: it need not be read. */
  forget(column: string): void;
  watches(column: string): boolean;
  /** Throws `PersonalOpen` as soon as a column that was kept is sure to be left out. */
  look(batch: RawBatch): void;
  /** Throws `PersonalOpen` for columns of which the whole file tells otherwise than their first cells did. */
  end(): void;
  /** Of columns that are kept: that some of their values tell of people. Complete only after the last batch. */
  notices(): readonly Notice[];
}

interface Watched {
  readonly index: number;
  readonly look: ColumnLook;
  readonly judged: Verdict | null;
  /** True until the batch that it was judged by is behind. */
  isNew: boolean;
}

/** Tells of values that would have left their column out, were there more of them; the values are not shown. */
function noticeOf(column: string, { values, lines }: Telling): Notice {
  const number = values === mostTelling ? `${values.toLocaleString('en-GB')} or more` : `${values}`;
  const what =
    values === 1 ? 'value that tells who a person is' : 'different values that tell who people are';
  const rows = `${lines.length === 1 ? 'row' : 'rows'} ${listInWords(lines.map(String))}`;
  const where = lines.length === 0 ? '' : ` (${lines.length < rowsNamed ? '' : 'such as '}${rows})`;
  return {
    code: 'PEOPLE_AMONG_VALUES',
    message: `Column "${column}" was kept, and holds ${number} ${what}${where}. To leave it out: --drop "${column}", or \`drop\` in service.yaml. To keep it knowingly: --map "${column}=${column}", or \`map\`.`,
    count: values,
  };
}

/** Makes the watch of one reading. `known` are verdicts by all rows, from an earlier reading. */
export function watchPeople(known: ReadonlyMap<string, Verdict | null>): PeopleWatch {
  const watched = new Map<string, Watched>();

  const tell = (hasChanged: (one: Watched) => boolean) => {
    const open = [...watched].filter(([, one]) => hasChanged(one));
    if (open.length > 0)
      throw new PersonalOpen(new Map(open.map(([column, { look }]) => [column, look.verdict()])));
  };
  return {
    judge(column, index, { columns, lines }) {
      const before = known.get(column);
      if (before) return before;
      const look = lookAt(column);
      look.add(columns[index], lines);
      const judged = before === undefined ? look.verdict() : before;
      if (!look.isSettled()) watched.set(column, { index, look, judged, isNew: true });
      return judged;
    },
    passOver(column) {
      if (personalHeader(column) === null) watched.delete(column);
    },
    forget: (column) => {
      watched.delete(column);
    },
    watches: (column) => watched.has(column),
    look(batch) {
      for (const one of watched.values()) {
        if (one.isNew) one.isNew = false;
        else one.look.add(batch.columns[one.index], batch.lines);
      }
      tell(({ look, judged }) => judged === null && look.isSettled());
    },
    end: () => tell(({ look, judged }) => (look.verdict() === null) !== (judged === null)),
    notices: () =>
      [...watched].flatMap(([column, { look }]) => {
        const telling = look.telling();
        return telling.values > 0 && look.verdict() === null ? [noticeOf(column, telling)] : [];
      }),
  };
}

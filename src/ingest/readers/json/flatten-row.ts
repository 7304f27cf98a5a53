import { countOf } from '../../../core/index.ts';
import type { Notice } from '../raw-table.ts';
import type { RowCollector } from '../row-collector.ts';
import type { JsonValue } from './json-items.ts';

/** Turns objects into rows: nested keys joined with `.`, lists of plain values joined with `; `. */
export interface RowFlattener {
  /** Adds an object as a row, or sets it aside: true when it became a row. */
  add(value: JsonValue, line: number): boolean;
  /** Columns in which some row held a list, and the first such row's line. */
  readonly lists: ReadonlyMap<string, number>;
  notices(): readonly Notice[];
}

const between = '\u0000';

function hasTwins(members: readonly (readonly [string, JsonValue])[]): string | null {
  const seen = new Set<string>();
  for (const [key, value] of members) {
    if (seen.has(key)) return key;
    seen.add(key);
    const inner = value.type === 'object' ? hasTwins(value.members) : null;
    if (inner !== null) return inner;
  }
  return null;
}

/** Makes the flattener of one reading. */
export function flattenerFor(rows: RowCollector): RowFlattener {
  const lists = new Map<string, number>();
  let joined = 0;
  let leftOut = 0;

  const put = (path: readonly string[], text: string): string => {
    const column = rows.columnOf(path.join(between), path.join('.'));
    rows.set(column, text);
    return rows.names[column] as string;
  };
  const flatten = (path: readonly string[], value: JsonValue, line: number): void => {
    if (value.type === 'scalar') put(path, value.kind === 'null' ? '' : value.text);
    else if (value.type === 'object')
      for (const [key, inner] of value.members) flatten([...path, key], inner, line);
    else if (value.items.some((item) => item.type !== 'scalar')) leftOut += 1;
    else {
      const texts = value.items.map((item) =>
        item.type === 'scalar' && item.kind !== 'null' ? item.text : '',
      );
      const column = put(path, texts.join('; '));
      if (value.items.length === 0) return;
      joined += 1;
      if (!lists.has(column)) lists.set(column, line);
    }
  };
  return {
    lists,
    add(value, line) {
      if (value.type !== 'object') {
        const what = value.type === 'list' ? 'a list' : value.kind === 'null' ? 'null' : `a ${value.kind}`;
        rows.setAside({ line, column: null, value: what, reason: 'ROW_NOT_OBJECT' });
        return false;
      }
      const twin = hasTwins(value.members);
      if (twin !== null) {
        rows.setAside({ line, column: twin.slice(0, 200), value: null, reason: 'JSON_KEY_TWICE' });
        return false;
      }
      for (const [key, inner] of value.members) flatten([key], inner, line);
      rows.endRow(line);
      return true;
    },
    notices: () => [
      ...(joined === 0
        ? []
        : [
            {
              code: 'LISTS_JOINED' as const,
              message: `${countOf(joined, 'list')} of values ${joined === 1 ? 'was' : 'were'} joined with "; ", in ${[...lists.keys()].slice(0, 10).join(', ')}.`,
              count: joined,
            },
          ]),
      ...(leftOut === 0
        ? []
        : [
            {
              code: 'NESTED_ATTRIBUTES' as const,
              message: `${leftOut.toLocaleString('en-GB')} lists of objects inside rows were left out.`,
              count: leftOut,
            },
          ]),
    ],
  };
}

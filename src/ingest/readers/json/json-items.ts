import { WellspentError } from '../../../core/index.ts';
import { createJsonScanner, type JsonScanner, type ScalarKind } from './json-scanner.ts';

/** A JSON value as text. Members keep their order and every repetition; no key is special. */
export type JsonValue =
  | { readonly type: 'scalar'; readonly kind: ScalarKind; readonly text: string }
  | { readonly type: 'object'; readonly members: (readonly [string, JsonValue])[] }
  | { readonly type: 'list'; readonly items: JsonValue[] };

/** A member of a list or object of interest. */
export interface JsonItem {
  /** Keys from the root to the list or object that holds it. */
  readonly path: readonly string[];
  /** Its own key where it is held by an object. */
  readonly key: string | null;
  readonly value: JsonValue;
}

interface ItemEvents {
  readonly file: string;
  readonly maxDepth: number;
  readonly firstLine?: number;
  /** Whether the members of the list or object at this path are wanted. */
  readonly isWanted: (path: readonly string[]) => boolean;
  readonly onItem: (item: JsonItem) => void;
  /** The whole text is the one member that is wanted. */
  readonly wantsRoot?: boolean;
}

const mostNodes = 400_000;
const mostCharacters = 64_000_000;

/** Scans JSON and builds only what is wanted, one member at a time; the rest passes by. */
function createItemScanner(events: ItemEvents): JsonScanner {
  const { file } = events;
  /** Keys of the open containers; null inside a list, where paths end. */
  const keys: (string | null)[] = events.wantsRoot ? [''] : [];
  const wanted: boolean[] = events.wantsRoot ? [true] : [];
  let nextKey: string | null = null;
  const building: JsonValue[] = [];
  let itemKey: string | null = null;
  let nodes = 0;
  let characters = 0;

  const pathOf = (): readonly string[] | null => {
    const path = keys.slice(1);
    return path.every((key) => key !== null) ? (path as readonly string[]) : null;
  };
  const count = (length: number) => {
    nodes += 1;
    characters += length;
    if (nodes > mostNodes || characters > mostCharacters)
      throw new WellspentError('INPUT_TOO_LARGE', `${file} holds one object that is larger than any row.`, {
        where: { file },
      });
  };
  const put = (value: JsonValue) => {
    const parent = building.at(-1);
    if (parent?.type === 'object') parent.members.push([nextKey ?? '', value]);
    else if (parent?.type === 'list') parent.items.push(value);
  };
  const startsItem = () => building.length === 0 && wanted.at(-1) === true;
  const isInside = () => building.length > 0;
  const done = (value: JsonValue) =>
    events.onItem({ path: (pathOf() ?? []) as readonly string[], key: itemKey, value });

  return createJsonScanner({
    ...events,
    open: (kind) => {
      const isItem = startsItem();
      if (isItem || isInside()) {
        const value: JsonValue =
          kind === 'object' ? { type: 'object', members: [] } : { type: 'list', items: [] };
        if (isItem) {
          itemKey = nextKey;
          nodes = 0;
          characters = 0;
        } else put(value);
        count(0);
        building.push(value);
      } else {
        keys.push(keys.length === 0 ? '' : nextKey);
        const path = pathOf();
        wanted.push(path !== null && events.isWanted(path));
      }
      nextKey = null;
    },
    close: () => {
      if (isInside()) {
        const value = building.pop() as JsonValue;
        if (building.length === 0) done(value);
      } else {
        keys.pop();
        wanted.pop();
      }
      nextKey = null;
    },
    key: (name) => {
      nextKey = name;
      if (isInside()) count(name.length);
    },
    scalar: (text, kind) => {
      if (startsItem()) {
        itemKey = nextKey;
        done({ type: 'scalar', kind, text });
      } else if (isInside()) {
        count(text.length);
        put({ type: 'scalar', kind, text });
      }
      nextKey = null;
    },
  });
}

/** Parses one JSON value that is all of a text, such as a line of NDJSON. */
export function parseJson(text: string, file: string, maxDepth: number, firstLine = 1): JsonValue {
  const built: JsonValue[] = [];
  const scanner = createItemScanner({
    file,
    maxDepth,
    firstLine,
    wantsRoot: true,
    isWanted: () => false,
    onItem: ({ value }) => built.push(value),
  });
  scanner.write(text);
  scanner.end();
  const [only] = built;
  if (!only)
    throw new WellspentError('JSON_MALFORMED', `${file} holds no single value.`, {
      where: { file, line: firstLine },
    });
  return only;
}

/** Gives the wanted members of a JSON text as they come. */
export async function* readItems(
  texts: AsyncIterable<string>,
  file: string,
  maxDepth: number,
  isWanted: (path: readonly string[]) => boolean,
): AsyncIterable<readonly JsonItem[]> {
  let ready: JsonItem[] = [];
  const scanner = createItemScanner({ file, maxDepth, isWanted, onItem: (item) => ready.push(item) });
  for await (const text of texts) {
    scanner.write(text);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  scanner.end();
  yield ready;
}

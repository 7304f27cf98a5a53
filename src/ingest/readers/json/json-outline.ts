import { createJsonScanner } from './json-scanner.ts';

/** What a JSON text holds, without its values. */
export interface JsonOutline {
  readonly root: 'object' | 'array' | 'scalar';
  /** Keys of the root object. */
  readonly rootKeys: ReadonlySet<string>;
  /** Lists that are reached through objects alone, by their keys from the root. */
  readonly lists: readonly JsonList[];
}

/** A list inside a JSON text. */
export interface JsonList {
  readonly path: readonly string[];
  readonly items: number;
  /** How many of its members are objects. */
  readonly objects: number;
}

interface Frame {
  readonly isObject: boolean;
  /** Null where a list lies between it and the root. */
  readonly path: readonly string[] | null;
  list: { path: readonly string[]; items: number; objects: number } | null;
}

const mostKept = 1_000;

/** Reads a JSON text to its end and tells its lists. Malformed or too deep text fails here, before anything is made of it. */
export async function readOutline(
  texts: AsyncIterable<string>,
  file: string,
  maxDepth: number,
): Promise<JsonOutline> {
  let root: JsonOutline['root'] = 'scalar';
  const rootKeys = new Set<string>();
  const lists: JsonList[] = [];
  const frames: Frame[] = [];
  let key = '';
  const count = (isObject: boolean) => {
    const list = frames.at(-1)?.list;
    if (!list) return;
    list.items += 1;
    if (isObject) list.objects += 1;
  };
  const scanner = createJsonScanner({
    file,
    maxDepth,
    open: (kind) => {
      const isObject = kind === 'object';
      count(isObject);
      const parent = frames.at(-1);
      if (!parent) root = kind;
      const path = parent ? (parent.isObject && parent.path ? [...parent.path, key] : null) : [];
      const list = !isObject && path ? { path, items: 0, objects: 0 } : null;
      if (list && lists.length < mostKept) lists.push(list);
      frames.push({ isObject, path, list });
    },
    close: () => {
      frames.pop();
    },
    key: (name) => {
      key = name;
      if (frames.length === 1 && rootKeys.size < mostKept) rootKeys.add(name);
    },
    scalar: () => count(false),
  });
  for await (const text of texts) scanner.write(text);
  scanner.end();
  return { root, rootKeys, lists };
}

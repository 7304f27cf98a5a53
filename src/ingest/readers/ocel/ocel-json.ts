import type { JsonItem, JsonValue } from '../json/json-items.ts';
import { readItems } from '../json/json-items.ts';
import type { JsonOutline } from '../json/json-outline.ts';
import { defaultLimits, type RawTable, type ReadOptions } from '../raw-table.ts';
import type { OcelEvent, OcelLink, OcelObject, OcelSource, OcelTypes, OcelValue } from './ocel-source.ts';
import { openOcel } from './read-ocel.ts';

type Texts = (options?: ReadOptions) => AsyncIterable<string>;

function isVersion1({ rootKeys }: JsonOutline): boolean {
  return ['ocel:events', 'ocel:objects', 'ocel:global-log'].some((key) => rootKeys.has(key));
}

/** True for a JSON document that is an object-centric log of either version. */
export function isOcelJson(outline: JsonOutline): boolean {
  const has = (key: string) => outline.rootKeys.has(key);
  return (
    isVersion1(outline) || (has('objectTypes') && has('eventTypes')) || (has('objectTypes') && has('events'))
  );
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return value?.type === 'object' ? value.members.find(([name]) => name === key)?.[1] : undefined;
}

function textOf(value: JsonValue | undefined): string {
  if (value?.type === 'scalar') return value.kind === 'null' ? '' : value.text.trim();
  if (value?.type === 'list') return value.items.map(textOf).join('; ');
  return '';
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value?.type === 'list' ? value.items : [];
}

function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return value?.type === 'object' ? value.members : [];
}

function valuesOf(value: JsonValue | undefined): readonly OcelValue[] {
  return itemsOf(value).map((item) => ({
    name: textOf(member(item, 'name')),
    value: textOf(member(item, 'value')),
    time: textOf(member(item, 'time')),
  }));
}

function mapped(value: JsonValue | undefined): readonly OcelValue[] {
  return membersOf(value).map(([name, inner]) => ({ name, value: textOf(inner), time: '' }));
}

function linksOf(value: JsonValue | undefined): readonly OcelLink[] {
  return itemsOf(value).map((item) => ({
    id: textOf(member(item, 'objectId')),
    qualifier: textOf(member(item, 'qualifier')),
  }));
}

function object({ key, value }: JsonItem, isOld: boolean): OcelObject {
  return isOld
    ? {
        id: key ?? '',
        type: textOf(member(value, 'ocel:type')),
        values: mapped(member(value, 'ocel:ovmap')),
        links: [],
      }
    : {
        id: textOf(member(value, 'id')),
        type: textOf(member(value, 'type')),
        values: valuesOf(member(value, 'attributes')),
        links: linksOf(member(value, 'relationships')),
      };
}

function event({ key, value }: JsonItem, isOld: boolean, line: number): OcelEvent {
  return isOld
    ? {
        line,
        id: key ?? '',
        type: textOf(member(value, 'ocel:activity')),
        time: textOf(member(value, 'ocel:timestamp')),
        values: mapped(member(value, 'ocel:vmap')),
        links: itemsOf(member(value, 'ocel:omap')).map((item) => ({ id: textOf(item), qualifier: '' })),
      }
    : {
        line,
        id: textOf(member(value, 'id')),
        type: textOf(member(value, 'type')),
        time: textOf(member(value, 'time')),
        values: valuesOf(member(value, 'attributes')),
        links: linksOf(member(value, 'relationships')),
      };
}

/** Opens the JSON encoding of an object-centric log; `texts` reads the file from its start. */
export async function openOcelJson(
  file: string,
  outline: JsonOutline,
  texts: Texts,
  options: ReadOptions,
): Promise<RawTable> {
  const { jsonDepth } = { ...defaultLimits, ...options.limits };
  const { onBytes: _, ...quiet } = options;
  const isOld = isVersion1(outline);
  const items = (key: string, own: ReadOptions) =>
    readItems(texts(own), file, jsonDepth, (path) => path.length === 1 && path[0] === key);
  const declared = async (key: string): Promise<OcelTypes> => {
    if (!outline.rootKeys.has(key)) return null;
    const types = new Map<string, ReadonlyMap<string, string> | null>();
    for await (const some of items(key, quiet))
      for (const { key: name, value } of some) {
        if (!isOld)
          types.set(
            textOf(member(value, 'name')),
            new Map(
              itemsOf(member(value, 'attributes')).map((attribute) => [
                textOf(member(attribute, 'name')),
                textOf(member(attribute, 'type')),
              ]),
            ),
          );
        else if (name === 'ocel:object-types')
          for (const type of itemsOf(value)) types.set(textOf(type), null);
      }
    return types;
  };
  const source: OcelSource = {
    version: isOld ? '1.0' : '2.0',
    encoding: 'JSON',
    objectTypes: await declared(isOld ? 'ocel:global-log' : 'objectTypes'),
    eventTypes: isOld ? null : await declared('eventTypes'),
    async *objects() {
      for await (const some of items(isOld ? 'ocel:objects' : 'objects', quiet))
        yield some.map((item) => object(item, isOld));
    },
    async *events(onBytes) {
      let line = 0;
      const own = onBytes ? { ...quiet, onBytes } : quiet;
      for await (const some of items(isOld ? 'ocel:events' : 'events', own))
        yield some.map((item) => {
          line += 1;
          return event(item, isOld, line);
        });
    },
  };
  return openOcel(file, source, options);
}

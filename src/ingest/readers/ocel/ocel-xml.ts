import { defaultLimits, type RawTable, type ReadOptions } from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { bytesAgain, readBytes } from '../source-bytes.ts';
import { utf8Blocks, xmlEncoding } from '../text-decoding.ts';
import { createXmlScanner } from '../xml/xml-scanner.ts';
import type { OcelEvent, OcelLink, OcelObject, OcelSource, OcelTypes, OcelValue } from './ocel-source.ts';
import { openOcel } from './read-ocel.ts';
import { readNodes, type XmlNode } from './xml-nodes.ts';

/** The version of an object-centric log by the first part of its XML; null for any other XML. */
export function ocelXmlVersion(head: string): OcelSource['version'] | null {
  const path: string[] = [];
  let version: OcelSource['version'] | null = null;
  let isSure = false;
  const decide = (found: OcelSource['version'] | null) => {
    if (!isSure) version = found;
    isSure = true;
  };
  const scanner = createXmlScanner({
    file: '',
    maxDepth: 64,
    open: (name, tag) => {
      const depth = path.push(name);
      if (depth === 1 && name !== 'log') decide(null);
      else if (depth === 2 && ['trace', 'extension', 'classifier'].includes(name)) decide(null);
      else if (depth === 2 && name === 'global' && ['object', 'log'].includes(tag.text('scope') ?? ''))
        decide('1.0');
      else if (depth === 2 && (name === 'object-types' || name === 'event-types')) decide('2.0');
      else if (depth === 3 && (path[1] === 'objects' || path[1] === 'events'))
        decide(tag.text('id') === null ? '1.0' : '2.0');
    },
    close: () => {
      path.pop();
    },
  });
  try {
    scanner.write(Buffer.from(head));
  } catch {
    // What is wrong is said by the reader that meets it.
  }
  return version;
}

function attributeOf(node: XmlNode, name: string): string {
  return (node.attributes.get(name) ?? '').trim();
}

function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name).flatMap((child) => child.children);
}

function valuesOf(node: XmlNode): readonly OcelValue[] {
  return childrenOf(node, 'attributes').map((child) => ({
    name: attributeOf(child, 'name'),
    value: child.text.trim(),
    time: attributeOf(child, 'time'),
  }));
}

function linksOf(node: XmlNode): readonly OcelLink[] {
  return childrenOf(node, 'objects').map((child) => ({
    id: attributeOf(child, 'object-id'),
    qualifier: attributeOf(child, 'qualifier'),
  }));
}

function keyed(node: XmlNode, key: string): XmlNode | undefined {
  return node.children.find((child) => child.attributes.get('key') === key);
}

function keyedText(node: XmlNode, key: string): string {
  const found = keyed(node, key);
  return found ? attributeOf(found, 'value') : '';
}

function keyedValues(node: XmlNode, key: string): readonly OcelValue[] {
  return (keyed(node, key)?.children ?? []).map((child) => ({
    name: attributeOf(child, 'key'),
    value: attributeOf(child, 'value'),
    time: '',
  }));
}

function object(node: XmlNode, isOld: boolean): OcelObject {
  return isOld
    ? {
        id: keyedText(node, 'id'),
        type: keyedText(node, 'type'),
        values: keyedValues(node, 'ovmap'),
        links: [],
      }
    : {
        id: attributeOf(node, 'id'),
        type: attributeOf(node, 'type'),
        values: valuesOf(node),
        links: linksOf(node),
      };
}

function event(node: XmlNode, isOld: boolean, line: number): OcelEvent {
  return isOld
    ? {
        line,
        id: keyedText(node, 'id'),
        type: keyedText(node, 'activity'),
        time: keyedText(node, 'timestamp'),
        values: keyedValues(node, 'vmap'),
        links: (keyed(node, 'omap')?.children ?? []).map((child) => ({
          id: attributeOf(child, 'value'),
          qualifier: '',
        })),
      }
    : {
        line,
        id: attributeOf(node, 'id'),
        type: attributeOf(node, 'type'),
        time: attributeOf(node, 'time'),
        values: valuesOf(node),
        links: linksOf(node),
      };
}

/** Opens the XML encoding of an object-centric log. */
export async function openOcelXml(file: string, found: Recognised, options: ReadOptions): Promise<RawTable> {
  const encoding = options.encoding ?? xmlEncoding(found.head);
  const { xmlDepth } = { ...defaultLimits, ...options.limits };
  const isOld = ocelXmlVersion(new TextDecoder(encoding).decode(found.head, { stream: true })) === '1.0';
  const { onBytes: _, ...quiet } = options;
  const nodes = (list: string, own: ReadOptions) =>
    readNodes(
      utf8Blocks(readBytes(file, found.gzip, own), encoding, file, bytesAgain(file, found.gzip, own)),
      file,
      xmlDepth,
      list,
    );
  const declared = async (list: string): Promise<OcelTypes> => {
    const types = new Map<string, ReadonlyMap<string, string> | null>();
    for await (const some of nodes(list, quiet))
      for (const node of some) {
        if (!isOld)
          types.set(
            attributeOf(node, 'name'),
            new Map(
              childrenOf(node, 'attributes').map((child) => [
                attributeOf(child, 'name'),
                attributeOf(child, 'type'),
              ]),
            ),
          );
        else if (node.attributes.get('scope') === 'log')
          for (const type of keyed(node, 'object-types')?.children ?? [])
            types.set(attributeOf(type, 'value'), null);
      }
    return types.size === 0 ? null : types;
  };
  const source: OcelSource = {
    version: isOld ? '1.0' : '2.0',
    encoding: 'XML',
    objectTypes: await declared(isOld ? 'global' : 'object-types'),
    eventTypes: isOld ? null : await declared('event-types'),
    async *objects() {
      for await (const some of nodes('objects', quiet)) yield some.map((node) => object(node, isOld));
    },
    async *events(onBytes) {
      let line = 0;
      for await (const some of nodes('events', onBytes ? { ...quiet, onBytes } : quiet))
        yield some.map((node) => {
          line += 1;
          return event(node, isOld, line);
        });
    },
  };
  return openOcel(file, source, options);
}

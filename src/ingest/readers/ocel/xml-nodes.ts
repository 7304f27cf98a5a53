import { WellspentError } from '../../../core/index.ts';
import { createXmlScanner } from '../xml/xml-scanner.ts';

/** An element with the attributes that object-centric logs use, its text and its children. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  text: string;
}

const attributeNames = ['id', 'type', 'time', 'name', 'object-id', 'qualifier', 'key', 'value', 'scope'];
const mostNodes = 400_000;
const mostCharacters = 64_000_000;

/** Gives the elements that stand in a list under the root, such as every `event` in `events`, one at a time. */
export async function* readNodes(
  blocks: AsyncIterable<Buffer>,
  file: string,
  maxDepth: number,
  list: string,
): AsyncIterable<readonly XmlNode[]> {
  let ready: XmlNode[] = [];
  const path: string[] = [];
  const building: XmlNode[] = [];
  let nodes = 0;
  let characters = 0;
  const count = (length: number) => {
    nodes += 1;
    characters += length;
    if (nodes > mostNodes || characters > mostCharacters)
      throw new WellspentError('INPUT_TOO_LARGE', `${file} holds one element that is larger than any row.`, {
        where: { file },
      });
  };
  const scanner = createXmlScanner({
    file,
    maxDepth,
    open: (name, tag) => {
      const depth = path.push(name);
      if (depth === 1 && name !== 'log')
        throw new WellspentError(
          'NOT_AN_EVENT_LOG',
          `${file} is XML, but its root is <${name}> and not <log>.`,
          {
            where: { file },
            found: `<${name}>`,
          },
        );
      if (depth === 2 && name === 'trace')
        throw new WellspentError('NOT_AN_EVENT_LOG', `${file} mixes cases (XES) and objects (OCEL).`, {
          where: { file },
          found: '<trace>',
        });
      const isItem = depth === 3 && path[1] === list;
      // The globals of version 1.0 stand right under the root.
      const isOwn = depth === 2 && list === name && name === 'global';
      if (building.length === 0 && !isItem && !isOwn) return;
      if (building.length === 0) {
        nodes = 0;
        characters = 0;
      }
      const attributes = new Map<string, string>();
      for (const known of attributeNames) {
        const value = tag.text(known);
        if (value === null) continue;
        attributes.set(known, value);
        count(value.length);
      }
      count(0);
      const node: XmlNode = { name, attributes, children: [], text: '' };
      building.at(-1)?.children.push(node);
      building.push(node);
    },
    close: () => {
      path.pop();
      const node = building.pop();
      if (node && building.length === 0) ready.push(node);
    },
    text: (value) => {
      const node = building.at(-1);
      if (!node) return;
      count(value.length);
      node.text += value;
    },
  });
  for await (const block of blocks) {
    scanner.write(block);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  scanner.end();
  yield ready;
}

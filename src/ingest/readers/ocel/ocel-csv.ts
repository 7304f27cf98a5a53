import { textsOf } from '../cells.ts';
import { openDelimited } from '../delimited/read-delimited.ts';
import type { RawTable, ReadOptions } from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import type { OcelEvent, OcelObject, OcelSource, OcelValue } from './ocel-source.ts';
import { openOcel } from './read-ocel.ts';

const typePrefix = 'ocel:type:';
const fixed = { id: 'ocel:eid', time: 'ocel:timestamp', type: 'ocel:activity' } as const;

/** True for delimited text whose header is that of an object-centric log of version 1.0. */
export function looksLikeOcelCsv(head: string): boolean {
  const [header = ''] = head.split(/[\r\n]/, 1);
  return header.includes(fixed.id) && header.includes(fixed.type);
}

/** Where the quoted text that begins at a place closes, or -1; a backslash takes the meaning from what follows it. */
function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[from]) return at;
  }
  return -1;
}

function ending(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',\'"[]'.includes(text[at] as string)) at += 1;
  return at;
}

/** The ids in a cell such as `['i4', "o'1"]`; a cell without brackets is one id. Null where a quote never closes. */
function idsIn(cell: string): readonly string[] | null {
  const text = cell.trim();
  if (text === '' || text === '[]') return [];
  if (!text.startsWith('[')) return [text];
  const ids: string[] = [];
  for (let at = 1; at < text.length; ) {
    const mark = text[at] as string;
    if (/[\s,[\]]/.test(mark)) {
      at += 1;
      continue;
    }
    const isQuoted = mark === "'" || mark === '"';
    const end = isQuoted ? closing(text, at) : ending(text, at);
    if (end < 0) return null;
    ids.push(
      text
        .slice(isQuoted ? at + 1 : at, end)
        .replaceAll(/\\(.)/g, '$1')
        .trim(),
    );
    at = isQuoted ? end + 1 : end;
  }
  return ids;
}

/** Opens the CSV encoding of version 1.0: one event a row, one column of ids for each object type. */
export async function openOcelCsv(file: string, found: Recognised, options: ReadOptions): Promise<RawTable> {
  const { onBytes: _, ...quiet } = options;
  const { columns } = openDelimited(file, found, quiet);
  const typeColumns = columns.flatMap((name, c) =>
    name.startsWith(typePrefix) ? [{ c, type: name.slice(typePrefix.length) }] : [],
  );
  const at = (name: string) => columns.indexOf(name);
  const places = { id: at(fixed.id), time: at(fixed.time), type: at(fixed.type) };
  const valueColumns = columns.flatMap((name, c) =>
    Object.values(places).includes(c) || name.startsWith(typePrefix) ? [] : [{ c, name }],
  );
  async function* rows(own: ReadOptions): AsyncIterable<readonly OcelEvent[]> {
    for await (const batch of openDelimited(file, found, own).batches()) {
      const cell = (c: number, row: number) => (textsOf(batch.columns[c])[row] ?? '').trim();
      const events: OcelEvent[] = batch.faults.map(({ line, reason, value }) => ({
        ...{ line, id: '', type: '', time: '', values: [], links: [] },
        fault: { reason, value },
      }));
      for (let row = 0; row < batch.rows; row++) {
        const ids = typeColumns.map(({ c }) => idsIn(cell(c, row)));
        events.push({
          line: batch.lines[row] as number,
          id: cell(places.id, row),
          type: cell(places.type, row),
          time: cell(places.time, row),
          values: valueColumns
            .map(({ c, name }): OcelValue => ({ name, value: cell(c, row), time: '' }))
            .filter(({ value }) => value !== ''),
          links: ids.flatMap((found) => (found ?? []).map((id) => ({ id, qualifier: '' }))),
          ...(ids.includes(null) ? { fault: { reason: 'QUOTE_NOT_CLOSED' as const, value: null } } : {}),
        });
      }
      yield events.sort((a, b) => a.line - b.line);
    }
  }
  const source: OcelSource = {
    version: '1.0',
    encoding: 'CSV',
    eventTypes: null,
    objectTypes: null,
    async *objects() {
      // Objects are not listed on their own: each is what the column of its first mention says.
      const seen = new Set<string>();
      for await (const batch of openDelimited(file, found, quiet).batches()) {
        const objects: OcelObject[] = [];
        for (const { c, type } of typeColumns)
          for (const cell of textsOf(batch.columns[c]))
            for (const id of idsIn(cell) ?? []) {
              if (seen.has(id)) continue;
              seen.add(id);
              objects.push({ id, type, values: [], links: [] });
            }
        yield objects;
      }
    },
    events: (onBytes) => rows(onBytes ? { ...quiet, onBytes } : quiet),
  };
  return openOcel(file, source, options);
}

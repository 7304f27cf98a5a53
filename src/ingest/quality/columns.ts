import { type CanonicalTable, canonicalTables } from '../../stores/index.ts';
import type { DataShape } from './data-shape.ts';

const eventIds = ['event_id', 'eventid', 'event_key', 'row_id', 'message_id', 'transaction_id'];
const notes = ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'memo', 'free_text', 'details'];
const fixed =
  /^(birth_?(year|date|place|country)|(year|date|place|country)_?of_?birth|dob|sex|sex_at_birth|nationality_at_birth)$/;

function attributes(shape: DataShape, table: CanonicalTable, kind?: 'text' | 'number') {
  const own = new Set<string>(canonicalTables[table].map(({ name }) => name));
  return (shape.columns[table] ?? []).filter(
    (column) => !own.has(column.name) && (kind === undefined || column.kind === kind),
  );
}

/** The column that names each event, where the source has one. */
export function eventIdColumn(shape: DataShape): string | null {
  const own = attributes(shape, 'events').map(({ name }) => name);
  return eventIds.find((name) => own.includes(name)) ?? null;
}

/** Text columns kept from the source that hold what people wrote. */
export function noteColumns(shape: DataShape): readonly string[] {
  const own = attributes(shape, 'events', 'text').map(({ name }) => name);
  return notes.filter((name) => own.includes(name));
}

/** Where the person of a case or event is named: both tables carry it as a pseudonym, if at all. */
export function personTable(shape: DataShape): 'cases' | 'events' | null {
  return (
    (['cases', 'events'] as const).find((table) =>
      attributes(shape, table).some(({ name }) => name === 'person'),
    ) ?? null
  );
}

/** Attributes of a person that never change, with the table that holds both person and attribute. */
export function fixedAttributes(
  shape: DataShape,
): readonly { readonly table: 'cases' | 'events'; readonly column: string }[] {
  return (['cases', 'events'] as const).flatMap((table) => {
    const own = attributes(shape, table);
    if (!own.some(({ name }) => name === 'person')) return [];
    return own.filter(({ name }) => fixed.test(name)).map(({ name }) => ({ table, column: name }));
  });
}

/** Numbers that the source gives besides the fields we know. */
export function numberColumns(shape: DataShape, table: 'cases' | 'events'): readonly string[] {
  return attributes(shape, table, 'number').map(({ name }) => name);
}

/** Every attribute of the events: what makes two rows equal besides the canonical fields. */
export function eventAttributes(shape: DataShape): readonly string[] {
  return attributes(shape, 'events').map(({ name }) => name);
}

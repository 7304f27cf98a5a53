import type { Path } from './yaml-source.ts';

/** One entry of a list in a charter that may still have faults: its values are unknown. */
export interface RawEntry {
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
  readonly id: string | undefined;
}

/** The value as an entry with keys, or an empty one. */
export function entryOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value as a list, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The entries of one list of the charter, such as `outputs`. */
export function sectionEntries(content: unknown, section: string): readonly RawEntry[] {
  return listOf(entryOf(content)[section]).map((item, index) => {
    const value = entryOf(item);
    return { path: [section, index], value, id: textOf(value.id) };
  });
}

import type { RowFault } from '../raw-table.ts';

/** A named value of an event or object. Objects' values carry the time from which they hold. */
export interface OcelValue {
  readonly name: string;
  readonly value: string;
  readonly time: string;
}

/** A reference to an object, with what it is to the one that refers to it. */
export interface OcelLink {
  readonly id: string;
  readonly qualifier: string;
}

export interface OcelObject {
  readonly id: string;
  readonly type: string;
  readonly values: readonly OcelValue[];
  readonly links: readonly OcelLink[];
}

export interface OcelEvent {
  /** Line of a table; number of the event elsewhere. */
  readonly line: number;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly values: readonly OcelValue[];
  readonly links: readonly OcelLink[];
  /** Why it could not be read at all. */
  readonly fault?: Pick<RowFault, 'reason' | 'value'>;
}

/** Attributes by name with their declared kind; null where attributes are not declared. */
export type OcelAttributes = ReadonlyMap<string, string> | null;

/** Types by name; null where types are not declared. */
export type OcelTypes = ReadonlyMap<string, OcelAttributes> | null;

/** An object-centric log in any of its encodings. Events and objects can be gone through more than once. */
export interface OcelSource {
  readonly version: '1.0' | '2.0';
  readonly encoding: 'JSON' | 'XML' | 'SQLite' | 'CSV';
  readonly eventTypes: OcelTypes;
  readonly objectTypes: OcelTypes;
  objects(): AsyncIterable<readonly OcelObject[]>;
  /** `onBytes` is called with bytes of the file read so far. */
  events(onBytes?: (bytes: number) => void): AsyncIterable<readonly OcelEvent[]>;
}

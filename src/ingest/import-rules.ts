import { canonicalJson, saidOnly, sha256Hex } from '../core/index.ts';
import type { ExtractKind } from '../define/index.ts';
import type { Dedupe } from './cast/row-keys.ts';
import type { EventOrder } from './lifecycle/apply-pairing.ts';
import type { LifecycleRule } from './lifecycle/transitions.ts';
import type { NumberStyle } from './numbers.ts';
import type { ShapeRules } from './shapes/extract-shape.ts';

/** Units in which work is recorded. */
export const minutesUnits = ['minutes', 'hours', 'seconds'] as const;

/** Words that mean "missing" in any column but those of identifiers and names. */
export const nullWords = ['NULL', 'N/A', 'NA', '-', 'NaN'] as const;

/** Among columns to leave out: all that are neither named nor recognised. */
export const everyOther = '*';

/** A unit in which work is recorded. */
export type MinutesIn = (typeof minutesUnits)[number];

/** How a file is to be read: everything that decides what it becomes besides its bytes. */
export interface ImportRules extends ShapeRules {
  readonly as: ExtractKind;
  /** Field or attribute name: column of the file. */
  readonly map: Readonly<Record<string, string>>;
  readonly timezone: string;
  readonly dayFirst?: boolean | undefined;
  /** The decimal sign of numbers; found for each column by default. */
  readonly decimal?: NumberStyle | undefined;
  /** Columns to leave out; `*` is every column that is neither named nor recognised. */
  readonly drop?: readonly string[] | undefined;
  readonly nulls?: readonly string[] | undefined;
  readonly encoding?: string | undefined;
  /** What separates the values of delimited text: one character, `tab` or `space`. */
  readonly delimiter?: string | undefined;
  /** The sheet of a workbook. */
  readonly sheet?: string | undefined;
  /** The type of object whose objects are the cases of an object-centric log. */
  readonly objectType?: string | undefined;
  /** Reads bare numbers in time columns as seconds or milliseconds since 1970. */
  readonly epoch?: boolean | undefined;
  /** What the column mapped to `minutes` counts; minutes by default. */
  readonly minutesIn?: MinutesIn | undefined;
  /** Keeps a row whose start cannot be read by its finish alone; it is set aside by default. */
  readonly onBadStart?: 'finish_only' | undefined;
  /** Which rows are the same row, of which one is kept; all are kept by default. */
  readonly dedupe?: Dedupe | undefined;
  /** Joins the rows of one piece of work or keeps them; joined where starts and completions occur by default. */
  readonly lifecycle?: LifecycleRule | undefined;
  /** What tells steps apart: a classifier of an XES log, or columns joined with `+`. */
  readonly classifier?: string | undefined;
  /** Which time gives an event its place in the case; its finish by default. */
  readonly order?: EventOrder | undefined;
}

/** How a file is to be read, as far as it is said; what is left out is guessed and reported. */
export interface StatedRules extends Partial<Omit<ImportRules, 'order'>> {}

const stated: Readonly<Record<keyof StatedRules, true>> = {
  ...{ as: true, map: true, timezone: true, dayFirst: true, drop: true, nulls: true, encoding: true },
  ...{ delimiter: true, sheet: true, objectType: true, epoch: true, minutesIn: true, onBadStart: true },
  ...{
    decimal: true,
    dedupe: true,
    lifecycle: true,
    classifier: true,
    shape: true,
    steps: true,
    field: true,
  },
};

/** Of what was asked for, that which says how a file is to be read. */
export function rulesIn(asked: StatedRules): StatedRules {
  return Object.fromEntries(
    Object.entries(asked).filter(([name, rule]) => name in stated && rule !== undefined),
  );
}

/** What decides whether a file has been brought in already: its bytes and how it is to be read. */
export function fingerprintOf(sha256: string, rules: ImportRules): string {
  return sha256Hex(canonicalJson(saidOnly({ sha256, ...rules })));
}

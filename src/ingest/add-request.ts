import type { ExtractKind } from '../define/index.ts';
import type { StatedRules } from './import-rules.ts';
import type { KeyOptions } from './key-file.ts';
import type { ColumnGuess } from './mapping/guess-mapping.ts';
import type { SameName } from './planned-file.ts';
import type { Notice, ReadLimits, RowFault } from './readers/raw-table.ts';
import type { PairingRecord } from './store/manifest.ts';
import type { WorkspaceToFill } from './workspace.ts';

/** How far an import has come. */
export interface AddProgress {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What became of one file. `rowsIn = rowsUsed + rowsSetAside`, always. */
export interface AddReport {
  readonly file: string;
  readonly table: ExtractKind;
  readonly rowsIn: number;
  readonly rowsUsed: number;
  readonly rowsSetAside: number;
  /** Rows set aside by reason; a row with two reasons counts under both. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number }[];
  /** Field: column of the file. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly guesses: readonly ColumnGuess[];
  readonly notices: readonly Notice[];
  /** Up to three faults of each reason: line, column and what stood there, never an identifier. */
  readonly examples: readonly RowFault[];
  readonly fingerprint: string;
  /** What joining starts and completions made of the rows: `rowsUsed - merged = rowsInEvents`. */
  readonly pairing?: PairingRecord;
  readonly seconds: number;
}

/** What holds for all files of one call. */
export interface ImportSettings extends KeyOptions {
  readonly onProgress?: (progress: AddProgress) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReadLimits>;
  /** Bytes of rows that an import holds in memory before it writes them in parts; 96 MB by default. */
  readonly heldBytes?: number;
  /** How long to wait for another import into the same workspace, in milliseconds; 10,000 by default. */
  readonly waitMs?: number;
  /** The clock that dates imports. */
  readonly now?: () => Date;
}

/** An extract to bring into a workspace, and how to read it; what is left out is guessed and reported. */
export interface AddRequest extends ImportSettings, StatedRules {
  readonly workspace: WorkspaceToFill;
  readonly file: string;
  /** The name of the source in place of its path: a file that was sent lies under a name of ours. */
  readonly shownAs?: string;
  /**
   * What to do where a source of that name and table has other bytes: take its place, or stay beside it under a name
   * of its own. Such a file is refused by default, unless it lies in the workspace or is listed by its charter.
   */
  readonly sameName?: SameName | undefined;
  /** Why a column is what is stated of it or left out, by its name; `stated` and `left out as asked` by default. */
  readonly reasons?: ReadonlyMap<string, string>;
  /** Does everything that bringing it in does, reports the same, and changes nothing. */
  readonly dryRun?: boolean;
}

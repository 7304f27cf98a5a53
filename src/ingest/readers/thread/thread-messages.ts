import { type ErrorCode, WellspentError, WellspentFaults } from '../../../core/index.ts';
import type { Notice, RawTable, ReadOptions } from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import type { SentBatch } from './sent-batch.ts';

/** What a reading thread is told: which file to read, that one batch more may be sent, what nobody reads. */
export type ToReader =
  | {
      readonly say: 'read';
      readonly file: string;
      readonly found: Recognised;
      readonly options: PlainOptions;
    }
  | { readonly say: 'more' }
  | { readonly say: 'leaveOut'; readonly columns: ReadonlySet<string> };

/** Ways to read that can be told to another thread. */
export type PlainOptions = Pick<ReadOptions, 'limits' | 'encoding' | 'delimiter'>;

/** The part of some options that can be told to another thread. */
export function plainOptions({ limits, encoding, delimiter }: ReadOptions): PlainOptions {
  return {
    ...(limits ? { limits } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
}

/** What a table tells of itself as far as it has been read. */
export interface TableState {
  readonly columns: readonly string[];
  readonly facts: RawTable['facts'];
  readonly notices: readonly Notice[];
  readonly classifiers?: ReturnType<NonNullable<RawTable['classifiers']>>;
}

/** What a reading thread tells: a batch, the end, that the table has too many columns to be read there, a fault. */
export type FromReader =
  | { readonly say: 'batch'; readonly batch: SentBatch; readonly state: TableState; readonly bytes: number }
  | { readonly say: 'end'; readonly state: TableState }
  | { readonly say: 'wide' }
  | { readonly say: 'failed'; readonly error: SentError };

/** An error on its way from one thread to another: its class is lost on the way, so its parts go. */
export type SentError =
  | {
      readonly code: ErrorCode;
      readonly message: string;
      readonly where: WellspentError['where'];
      readonly found: string | undefined;
      readonly hint: string | undefined;
      readonly choices: readonly string[];
      readonly cause: unknown;
      readonly faults: readonly SentError[];
    }
  | { readonly other: unknown };

/** An error's cause as far as it can be sent: causes may hold anything. */
function sendable(cause: unknown): unknown {
  if (cause instanceof Error) return new Error(cause.message);
  return typeof cause === 'object' || typeof cause === 'function' ? undefined : cause;
}

/** Makes an error ready to be sent. */
export function sentError(error: unknown): SentError {
  if (!(error instanceof WellspentError)) return { other: sendable(error) };
  const { code, message, where, found, hint, choices, cause } = error;
  const faults = error instanceof WellspentFaults ? error.faults.map(sentError) : [];
  return { code, message, where, found, hint, choices, cause: sendable(cause), faults };
}

/** The error that was sent. */
export function receivedError(sent: SentError): unknown {
  if ('other' in sent) return sent.other;
  const { code, message, where, found, hint, choices, cause, faults } = sent;
  const isWhole = (error: unknown) => error instanceof WellspentError;
  if (faults.length > 0) return new WellspentFaults(code, message, faults.map(receivedError).filter(isWhole));
  return new WellspentError(code, message, {
    ...(where === undefined ? {} : { where }),
    ...(found === undefined ? {} : { found }),
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
    choices,
  });
}

import {
  countRowsBehind,
  figureAt,
  type RowsBehind,
  type RowsTracer,
  type TracedVerb,
  traceRows,
} from '../../answers/index.ts';
import { openWorkspace, type Workspace } from '../../ingest/index.ts';
import type { Row } from '../../stores/index.ts';
import { readRows, streamRows } from '../../stores/index.ts';
import type { OpenService, WorkspacePlace } from '../shelf.ts';

/** A figure by its address. */
export interface FigureAddress {
  readonly verb: TracedVerb;
  readonly result: string;
  readonly figure: string;
}

/** One class of one table behind a figure. */
export interface ClassAddress extends FigureAddress {
  readonly table: string;
  readonly class: string;
}

/** Some rows of a class, with all that the figure rests on. */
export interface ClassRows {
  readonly behind: RowsBehind;
  readonly part: RowsBehind['parts'][number];
  readonly found: RowsBehind['parts'][number]['classes'][number];
  readonly rows: readonly Row[];
}

/** Where pages get rows from: one workspace is kept open, so that going from page to page does not open it anew. */
export interface RowsDesk {
  /** Null where there is no such figure. */
  behind(open: OpenService, address: FigureAddress): Promise<RowsBehind | null>;
  /** Null where there is no such class, or nothing from `offset` on. */
  rows(
    open: OpenService,
    address: ClassAddress,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<ClassRows | null>;
  /** All rows of a class, from a workspace that is opened for them and closed after; null where there is no such class. */
  stream(
    open: OpenService,
    address: ClassAddress,
  ): Promise<(Omit<ClassRows, 'rows'> & { readonly batches: AsyncIterable<readonly Row[]> }) | null>;
  close(): Promise<void>;
}

interface Opened {
  readonly id: string;
  readonly fingerprint: string;
  readonly workspace: Workspace;
  readonly trace: RowsTracer;
}

/** A workspace that nobody asks about is closed after this many milliseconds, so that it holds no memory. */
const idleMs = 60_000;

function classIn(behind: RowsBehind, address: ClassAddress): Omit<ClassRows, 'rows'> | null {
  const part = behind.parts.find(({ trail }) => trail.id === address.table);
  const found = part?.classes.find(({ id }) => id === address.class);
  return part && found ? { behind, part, found } : null;
}

async function traced(
  { workspace, trace }: Pick<Opened, 'workspace' | 'trace'>,
  open: OpenService,
  { verb, result, figure }: FigureAddress,
): Promise<RowsBehind | null> {
  const at = figureAt(open.answers, verb, result, figure);
  if (!at) return null;
  const rows = await trace(verb, at.result, at.figure);
  return countRowsBehind(workspace.warehouse, rows, at.result, at.figure);
}

/** Makes a desk over the server's workspaces. What it is asked is answered one after another. */
export function makeRowsDesk(places: readonly WorkspacePlace[]): RowsDesk {
  let opened: Opened | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function shut(): Promise<void> {
    clearTimeout(idle);
    const was = opened;
    opened = null;
    await was?.workspace.close();
  }

  async function openFor({ id, edition }: OpenService): Promise<Opened | null> {
    if (opened?.id === id && opened.fingerprint === edition.fingerprint) return opened;
    await shut();
    const place = places.find((one) => one.id === id);
    if (!place) return null;
    const workspace = await openWorkspace(place.dir);
    opened = { id, fingerprint: edition.fingerprint, workspace, trace: traceRows(workspace) };
    return opened;
  }

  /** Temporary tables of one figure are replaced by those of another: each is read before the next is traced. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn
      .catch(() => {})
      .finally(() => {
        clearTimeout(idle);
        idle = setTimeout(() => void inTurn(shut), idleMs);
        idle.unref();
      });
    return turn;
  }

  return {
    behind: (open, address) =>
      inTurn(async () => {
        const own = await openFor(open);
        return own && traced(own, open, address);
      }),
    rows: (open, address, page) =>
      inTurn(async () => {
        const own = await openFor(open);
        const behind = own && (await traced(own, open, address));
        const found = behind && classIn(behind, address);
        if (!own || !found || (page.offset > 0 && page.offset >= found.found.rows)) return null;
        const rows = await readRows(own.workspace.warehouse, found.part.trail, address.class, page);
        return { ...found, rows };
      }),
    async stream(open, address) {
      const place = places.find(({ id }) => id === open.id);
      if (!place || !figureAt(open.answers, address.verb, address.result, address.figure)) return null;
      const workspace = await openWorkspace(place.dir);
      const behind = await traced({ workspace, trace: traceRows(workspace) }, open, address).catch(
        async (error: unknown) => {
          await workspace.close();
          throw error;
        },
      );
      const found = behind && classIn(behind, address);
      if (!found) {
        await workspace.close();
        return null;
      }
      async function* batches() {
        try {
          if (found) yield* streamRows(workspace.warehouse, found.part.trail, address.class);
        } finally {
          await workspace.close();
        }
      }
      return { ...found, batches: batches() };
    },
    close: () => inTurn(shut).then(() => clearTimeout(idle)),
  };
}

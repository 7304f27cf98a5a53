import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answers } from '../answers/index.ts';
import type { Result } from '../core/index.ts';
import { publishedOnce } from './published.ts';

/** A folder with a service, and the name its pages stand under. */
export interface WorkspacePlace {
  readonly id: string;
  readonly dir: string;
}

/** One state of a service's answers with the pages already written from it. */
export interface Edition {
  /** Changes when charter, data or code change. */
  readonly fingerprint: string;
  /** Finished pages by address; they are as many as the service has pages, so nothing need be dropped. */
  readonly written: Map<string, string>;
}

/** A service that is ready to be shown. */
export interface OpenService {
  readonly id: string;
  readonly answers: Answers;
  readonly edition: Edition;
  /** The Results of pages that the charter marks for publication, protected; worked out when first asked for. */
  readonly published: () => Promise<ReadonlyMap<string, Result>>;
}

/** Whether a service is ready to be shown, without opening it. */
export type Readiness = 'ready' | 'not opened yet' | 'cannot be opened';

/** The services of this server; each is prepared when first asked for, and again when its folder changes. */
export interface Shelf {
  readonly ids: readonly string[];
  /** Undefined for an unknown id; throws what the workspace throws when it cannot be opened. */
  open(id: string): Promise<OpenService | undefined>;
  /** Has a service prepared again when it is next asked for: its records may lie in a database, which has no file to watch. */
  refresh(id: string): void;
  readiness(): Readonly<Record<string, Readiness>>;
}

interface Slot {
  readonly place: WorkspacePlace;
  readiness: Readiness;
  stamp: string | null;
  opening: Promise<OpenService> | null;
}

async function timeOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return 'none';
  }
}

async function stampOf(dir: string): Promise<string> {
  const files = ['service.yaml', join('.wellspent', 'manifest.json'), 'records.db', 'records.db-wal'].map(
    (file) => join(dir, file),
  );
  return (await Promise.all(files.map(timeOf))).join(', ');
}

/** Puts workspaces on a shelf; `answersFor` prepares the answers of a folder. */
export function makeShelf(
  workspaces: readonly WorkspacePlace[],
  answersFor: (dir: string) => Promise<Answers>,
): Shelf {
  const slots = new Map<string, Slot>(
    workspaces.map((place) => [place.id, { place, readiness: 'not opened yet', stamp: null, opening: null }]),
  );

  function prepare(slot: Slot, stamp: string): Promise<OpenService> {
    const opening = answersFor(slot.place.dir).then(
      (answers) => {
        slot.readiness = 'ready';
        return {
          id: slot.place.id,
          answers,
          edition: { fingerprint: answers.fingerprint, written: new Map() },
          published: publishedOnce(answers, slot.place.dir),
        };
      },
      (error: unknown) => {
        slot.readiness = 'cannot be opened';
        slot.stamp = null;
        slot.opening = null;
        throw error;
      },
    );
    slot.stamp = stamp;
    slot.opening = opening;
    return opening;
  }

  return {
    ids: [...slots.keys()],
    async open(id) {
      const slot = slots.get(id);
      if (!slot) return undefined;
      const stamp = await stampOf(slot.place.dir);
      if (slot.opening && slot.stamp === stamp) return slot.opening;
      return prepare(slot, stamp);
    },
    refresh(id) {
      const slot = slots.get(id);
      if (slot) slot.stamp = null;
    },
    readiness: () => Object.fromEntries([...slots].map(([id, slot]) => [id, slot.readiness])),
  };
}

import { type RecordsPlace, workspacePlace } from '../../stores/index.ts';
import type { FormToken } from '../security/form-guard.ts';
import type { OpenService, Shelf, WorkspacePlace } from '../shelf.ts';

/** What pages that keep what people say and decide need of the server. */
export interface RecordsContext {
  readonly shelf: Shelf;
  readonly places: readonly WorkspacePlace[];
  readonly token: FormToken;
  readonly clock: () => Date;
}

/** A service that is open, with the place of its records. */
export interface ServiceRecords {
  readonly open: OpenService;
  readonly records: RecordsPlace;
  readonly path: string;
}

/** Opens the service of an id with its records; its pages lie below `/ID/PAGE`. Null where there is none. */
export async function serviceRecords(
  { shelf, places }: RecordsContext,
  id: string,
  page: string,
): Promise<ServiceRecords | null> {
  const place = places.find((candidate) => candidate.id === id);
  const open = place ? await shelf.open(id) : undefined;
  if (!place || !open) return null;
  return { open, records: workspacePlace(place.dir, open.answers.service), path: `/${id}/${page}` };
}

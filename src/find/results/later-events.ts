import { countOf, dateLabel } from '../../core/index.ts';
import { identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { happenedBy } from '../queries/work-steps.ts';

/** Events dated later than the day on which the last file was brought in: they cannot have happened yet. */
export interface LaterEvents extends Row {
  readonly events: number;
  /** ISO dates; null where there are none. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Counts the events that are dated later than the data are known, with the first and last of their days. */
export async function laterEvents(
  warehouse: Warehouse,
  knownUntil: string | null,
): Promise<LaterEvents | null> {
  if (knownUntil === null) return null;
  const { dialect } = warehouse;
  const at = identifier('at');
  const day = (wall: Sql) => dialect.toText(dialect.toDate(wall));
  const [row] = await warehouse.query<LaterEvents>(
    sql`select count(*) as events, ${day(sql`min(coalesce(at_wall, ${at}))`)} as first, ${day(sql`max(coalesce(at_wall, ${at}))`)} as last
from events where ${at} is not null and not ${happenedBy(knownUntil)}`,
  );
  return row ?? null;
}

/** What a reader must know of such events. */
export function laterCaveats(later: LaterEvents | null): readonly string[] {
  if (!later?.first || !later.last) return [];
  const { events, first, last } = later;
  const when = first === last ? dateLabel(first) : `${dateLabel(first)} to ${dateLabel(last)}`;
  return [
    `${countOf(events, 'event')} ${events === 1 ? 'is' : 'are'} dated ${when}, after the day the last file was brought in, and left out of the work: correct the year in the file and bring it in again. The page of faults says where it stands.`,
  ];
}

import { canonicalTables } from '../../stores/index.ts';
import { derivedEventColumns } from './events-query.ts';
import type { HeldColumn, HeldEvents, HeldOrigin } from './held-events.ts';
import type { HeldRows } from './held-rows.ts';
import type { SourceView } from './source-views.ts';
import { type Attribute, stagedRecord } from './staged-select.ts';

/** Where a column of the events comes from among the rows held: what `select` says in a query. */
function originOf(
  name: string,
  kind: HeldColumn['kind'],
  { columns, seqOffset, number }: SourceView,
): HeldOrigin {
  if (name === 'seq') return { held: 'seq', plus: seqOffset };
  if (name === 'source') return { number };
  if (columns.has(name)) return name === 'kind' ? { held: 'kind', otherwise: 'step' } : { held: name };
  if (name === 'kind') return { text: 'step' };
  return kind === 'text' ? { text: null } : { number: Number.NaN };
}

/**
 * What becomes of the held rows of a source that is the only one of events, so that nothing need be compared, paired
 * or spread; null where the queries over staged rows must do it.
 */
export function planHeldEvents(
  views: readonly SourceView[],
  held: ReadonlyMap<string, HeldRows>,
  gone: readonly { readonly number: number }[],
  attributes: readonly Attribute[],
): HeldEvents | null {
  const [view, ...others] = views;
  if (!view || others.length > 0) return null;
  const { source, columns } = view;
  const rows = held.get(source.id);
  if (!rows || source.lifecycle === 'pair' || source.shape || source.dedupe !== undefined) return null;
  if (gone.some(({ number }) => number === view.number)) return null;
  const own: HeldColumn[] = [];
  for (const { name, kind } of attributes) {
    const record = stagedRecord(view, 'row', name);
    if (record?.kind !== kind) return null;
    own.push({ name, kind, from: { held: record.staged } });
  }
  const times = (suffix: '' | '_wall') => {
    const at = `at${suffix}`;
    if (columns.has(at)) return [at];
    const inOrder = source.order === 'start' ? ['started', 'finished'] : ['finished', 'started'];
    return inOrder.map((time) => `${time}${suffix}`).filter((time) => columns.has(time));
  };
  return {
    rows,
    times: times(''),
    walls: times('_wall'),
    stored: canonicalTables.events
      .filter(({ name }) => !derivedEventColumns.has(name))
      .map(({ name, kind }) => ({ name, kind, from: originOf(name, kind, view) })),
    attributes: own,
  };
}

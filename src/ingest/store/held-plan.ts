import { canonicalTables } from '../../stores/index.ts';
import { derivedCaseColumns } from './cases-query.ts';
import { derivedEventColumns } from './events-query.ts';
import type { HeldCases } from './held-cases.ts';
import type { HeldEvents } from './held-events.ts';
import type { HeldRows } from './held-rows.ts';
import type { HeldColumn, HeldOrigin } from './held-values.ts';
import type { SourceView } from './source-views.ts';
import { type Attribute, type Level, stagedRecord } from './staged-select.ts';

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

/** What of a source is still in memory. */
export interface HeldSource {
  readonly main: HeldRows;
  /** What it says of cases; null where that is nothing or not in memory. */
  readonly cases: HeldRows | null;
}

/** Attributes as they are held; null where one must be changed first. */
function heldAttributes(
  view: SourceView,
  level: Level,
  attributes: readonly Attribute[],
): readonly HeldColumn[] | null {
  const own: HeldColumn[] = [];
  for (const { name, kind } of attributes) {
    const record = stagedRecord(view, level, name);
    if (record?.kind !== kind) return null;
    own.push({ name, kind, from: { held: record.staged } });
  }
  return own;
}

/**
 * What becomes of what the only source of events says of cases, where no other source says anything of any; null
 * where the queries over staged rows must do it.
 */
export function planHeldCases(
  saidInEvents: readonly SourceView[],
  held: ReadonlyMap<string, HeldSource>,
  attributes: readonly Attribute[],
): HeldCases | null {
  const [view, ...others] = saidInEvents;
  const rows = view ? (held.get(view.source.id)?.cases ?? null) : null;
  if (others.length > 0 || (view && !rows)) return null;
  const own = view ? heldAttributes(view, 'case', attributes) : [];
  if (!own) return null;
  const stored = canonicalTables.cases.map(({ name, kind }): HeldColumn => {
    const isSaid = !derivedCaseColumns.has(name) && view?.columns.has(name);
    const nothing = kind === 'text' ? { text: null } : { number: Number.NaN };
    return { name, kind, from: isSaid ? { held: name } : nothing };
  });
  return { rows, columns: [...stored, ...own] };
}

/**
 * What becomes of the held rows of a source that is the only one of events, so that nothing need be compared, paired
 * or spread; null where the queries over staged rows must do it.
 */
export function planHeldEvents(
  views: readonly SourceView[],
  held: ReadonlyMap<string, HeldSource>,
  gone: readonly { readonly number: number }[],
  attributes: readonly Attribute[],
): HeldEvents | null {
  const [view, ...others] = views;
  if (!view || others.length > 0) return null;
  const { source, columns } = view;
  const rows = held.get(source.id)?.main;
  if (!rows || source.lifecycle === 'pair' || source.shape || source.dedupe !== undefined) return null;
  if (gone.some(({ number }) => number === view.number)) return null;
  const own = heldAttributes(view, 'row', attributes);
  if (!own) return null;
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

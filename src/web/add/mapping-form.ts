import { type ExtractPreview, minutesUnits } from '../../ingest/index.ts';
import type { Decided } from './drafts.ts';

/** Columns that a page shows with a choice each; a file with more keeps the rest as proposed. */
export const columnsShown = 200;

/** Name of the form's part for a column: its position, so that no header becomes part of a page's code. */
export function columnPart(index: number): string {
  return `column-${index}`;
}

const otherZone = 'other';

/** Reads which rows are the same row: a key is a column of the file, by its position. */
function repeatsIn(
  form: URLSearchParams,
  preview: ExtractPreview,
  before: Decided['repeats'],
): Decided['repeats'] {
  const said = form.get('repeats');
  if (said === null) return before;
  if (said === 'exact') return 'exact';
  const columnAt = (part: string) => {
    const position = form.get(part) ?? '';
    return /^\d+$/.test(position) ? preview.columns[Number(position)]?.column : undefined;
  };
  const key = columnAt('repeats-key');
  if (said !== 'key') return null;
  // A key without a column is a fault that the page shows.
  return { key: key ?? '', latestBy: columnAt('repeats-latest') ?? null };
}

/** Reads the mapping page's form; what is not there, or is no choice of the page, is as before or open. */
export function decisionIn(
  form: URLSearchParams,
  preview: ExtractPreview,
  before: Decided,
  choices: ReadonlySet<string>,
): Decided {
  const known = new Map(before.choices);
  const order = form.get('order');
  const zone = form.get('zone');
  const typed = (form.get('zone-name') ?? '').trim().slice(0, 100);
  const sameName = form.get('same-name');
  const lifecycle = form.get('lifecycle');
  const decimal = form.get('decimal');
  return {
    choices: preview.columns.map(({ column }, index) => {
      const chosen = form.get(columnPart(index));
      return [column, chosen !== null && choices.has(chosen) ? chosen : (known.get(column) ?? 'extra')];
    }),
    dayFirst: order === 'day' ? true : order === 'month' ? false : null,
    timezone: zone === otherZone ? typed : (zone ?? null),
    minutesIn: minutesUnits.find((unit) => unit === form.get('minutes')) ?? null,
    decimal: decimal === null ? before.decimal : decimal === 'point' || decimal === 'comma' ? decimal : null,
    lifecycle:
      lifecycle === null ? before.lifecycle : lifecycle === 'pair' || lifecycle === 'keep' ? lifecycle : null,
    repeats: repeatsIn(form, preview, before.repeats),
    sameName: sameName === 'replace' || sameName === 'keep-both' ? sameName : null,
  };
}

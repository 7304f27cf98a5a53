import { type Column, countOf, formatValue, type Table } from '../../core/index.ts';
import { texts } from '../texts.ts';
import { wordTypes } from './word-types.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
  /** In a card, the interval of the value; elsewhere it stands in the value. */
  readonly range: string | null;
  readonly words: boolean;
}

/** A row read by itself: what it is, in a sentence, and the rest as names and values. */
export interface ItemView {
  /** Its place in a list that is read from the top, from one; null in any other. */
  readonly place: number | null;
  readonly above: string;
  readonly heading: string;
  /** True for an item that stands open; of any other only a line shows until it is opened. */
  readonly isOpen: boolean;
  /** True for an open item of a list whose other items are closed. */
  readonly isCard: boolean;
  /** Beside the heading of an item that is not open: the number that says most. */
  readonly line: string | null;
  readonly facts: readonly Fact[];
  /** What an open item keeps back until asked. */
  readonly more: readonly Fact[];
  /** The page with the evidence, where the row names one. */
  readonly evidence: string | null;
  /** The page of the cases of a finding, and the words of the link. */
  readonly rows: { readonly href: string; readonly text: string } | null;
  /** The page on which a finding is made an option. */
  readonly option: string | null;
  /** The place at which those who do the work say what the finding is. */
  readonly review: string | null;
}

type Row = Table['rows'][number];

/** "The 1,872 cases of this finding", for a row that names one. */
function rowsLink({ id, cases }: Row, rowsOf: (id: string) => string | null): ItemView['rows'] {
  const href = typeof id === 'string' ? rowsOf(id) : null;
  if (href === null) return null;
  const words = typeof cases === 'number' ? countOf(cases, 'case') : 'cases';
  return { href, text: texts.rows.casesOf(words) };
}

const isKnown = (row: Row, key: string) => (row[key] ?? '') !== '';

function factOf(row: Row, { key, title, type, intervalIn }: Column, isShort: boolean): Fact {
  const range = intervalIn !== undefined && row[intervalIn] ? String(row[intervalIn]) : null;
  const said = range === null || isShort ? '' : ` ${texts.result.range(range)}`;
  return {
    name: title,
    value: `${formatValue(row[key] ?? null, type)}${said}`,
    range: isShort && range !== null ? `(${range.replace(/ (days|hours)$/, '')})` : null,
    words: wordTypes.has(type),
  };
}

const reviewPlace = (service: string, id: string) => `/${service}/people?finding=${id}#${id}`;

/** The rows of a table that is to be read as a list, as items; null for any other. What is not known is left out. */
export function viewItems(
  table: Table,
  rows: Table['rows'],
  columns: readonly Column[],
  service: string,
  rowsOf: (id: string) => string | null,
): readonly ItemView[] | null {
  const { asList } = table;
  if (!asList) return null;
  const { cards } = asList;
  const intervals = new Set(columns.flatMap(({ intervalIn }) => intervalIn ?? []));
  const kept = columns.filter(
    ({ key }) => ![asList.heading, asList.above, 'evidence'].includes(key) && !intervals.has(key),
  );
  return rows.map((row, i) => {
    const known = kept.filter(({ key }) => isKnown(row, key));
    const firstOf = (keys: readonly string[]) =>
      keys.flatMap((key) => known.find((column) => column.key === key) ?? []).slice(0, 1);
    const isOpen = !cards || i < cards.open;
    const first =
      cards && isOpen
        ? [...cards.numbers.flatMap(firstOf), ...cards.words.flatMap((key) => firstOf([key]))]
        : known;
    const line = cards && !isOpen ? firstOf(cards.line) : [];
    return {
      place: cards && cards.open > 0 ? i + 1 : null,
      above: String(row[asList.above] ?? ''),
      heading: String(row[asList.heading] ?? ''),
      isOpen,
      isCard: isOpen && cards !== undefined,
      line:
        line.map((column) => `${column.title}: ${formatValue(row[column.key] ?? null, column.type)}`)[0] ??
        null,
      facts: first.map((column) => factOf(row, column, isOpen && cards !== undefined)),
      more: known.filter((column) => !first.includes(column)).map((column) => factOf(row, column, false)),
      evidence: row.evidence ? `/${service}/${row.evidence}` : null,
      rows: rowsLink(row, rowsOf),
      option:
        table.id === 'findings' && row.id
          ? `/${service}/options/new/${encodeURIComponent(String(row.id))}`
          : null,
      review: row.review ? reviewPlace(service, encodeURIComponent(String(row.review))) : null,
    };
  });
}

import { countOf, dateLabel, formatValue, listInWords } from '../../core/index.ts';
import type { ExtractKind } from '../../define/index.ts';
import { type ColumnPreview, type ExtractPreview, fieldsOf, openQuestions } from '../../ingest/index.ts';
import { texts } from '../texts.ts';
import type { AddService, FormError } from './add-context.ts';
import { asksOrder, extra, type Fault, mappingOf, out } from './decide.ts';
import type { Decided, Draft } from './drafts.ts';
import { columnPart, columnsShown } from './mapping-form.ts';

const { mapping: words, fields: labels } = texts.add;
const britain = 'Europe/London';

function labelOf(field: string): string {
  return labels[field] ?? field.replaceAll('_', ' ');
}

/** Every choice that a column has in a table. */
export function choicesOf(as: ExtractKind): readonly { readonly value: string; readonly text: string }[] {
  return [
    ...fieldsOf[as].map(({ name, required }) => ({
      value: name,
      text: required ? words.needed(labelOf(name)) : labelOf(name),
    })),
    { value: extra, text: words.extra },
    { value: out, text: words.out },
  ];
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function reasonFor(column: ColumnPreview, choice: string): string {
  const proposed = column.leftOut ? out : (column.field ?? extra);
  if (choice !== proposed) return words.guessed.chosen;
  if (choice === extra) return words.guessed.extra;
  return capital(column.reason.replace(/ for \w+$/, ' for this'));
}

function columnViews(
  preview: ExtractPreview,
  as: ExtractKind,
  decided: Decided,
  errors: ReadonlyMap<string, string>,
) {
  const chosen = new Map(decided.choices);
  const choices = choicesOf(as);
  return preview.columns.slice(0, columnsShown).map((column, index) => {
    const choice = chosen.get(column.column) ?? extra;
    return {
      id: columnPart(index),
      name: column.column,
      items: choices.map((item) => ({ ...item, selected: item.value === choice })),
      error: errors.get(column.column) ?? null,
      reason: reasonFor(column, choice),
      values: column.samples,
      withheld: column.withheld === null ? null : words.withheld[column.withheld],
      filled: formatValue(column.filled, 'share'),
      distinct: formatValue(column.distinct, 'count'),
    };
  });
}

/** The errors of the page: each with its sentence and the part of the page that mends it, and those of columns. */
export function errorsOf(
  faults: readonly Fault[],
  preview: ExtractPreview,
): {
  readonly list: readonly FormError[];
  readonly columns: ReadonlyMap<string, string>;
  readonly parts: Readonly<Record<string, string>>;
} {
  const columns = new Map<string, string>();
  const parts: Record<string, string> = {};
  const place = (column: string | undefined) =>
    `#${columnPart(
      Math.max(
        0,
        preview.columns.findIndex((known) => known.column === column),
      ),
    )}`;
  const list = faults.map((fault): FormError => {
    if (fault.part === 'needed')
      return { text: words.faults.needed(fault.fields.map(labelOf).join(words.or)), href: place(undefined) };
    if (fault.part === 'twice') {
      const text = words.faults.twice(labelOf(fault.field), listInWords(fault.columns));
      for (const column of fault.columns) columns.set(column, text);
      return { text, href: place(fault.columns[1]) };
    }
    const text = words.faults[fault.part];
    parts[fault.part] = text;
    return { text, href: `#${fault.part}` };
  });
  return { list, columns, parts };
}

function orderItems(preview: ExtractPreview, as: ExtractKind, decided: Decided) {
  const { dateOrder } = openQuestions(preview, as, mappingOf(as, decided.choices));
  const spans = (reading: 'dayFirst' | 'monthFirst') =>
    dateOrder.map((dates) =>
      words.span(dates.column, dateLabel(dates[reading].first), dateLabel(dates[reading].last)),
    );
  return {
    hint: dateOrder.length > 0 ? words.orderHint : words.orderHintPlain,
    items: [
      { value: 'day', text: words.dayFirst, hints: spans('dayFirst'), checked: decided.dayFirst === true },
      {
        value: 'month',
        text: words.monthFirst,
        hints: spans('monthFirst'),
        checked: decided.dayFirst === false,
      },
    ],
  };
}

function zoneItems(zone: string | null, ofCharter: string) {
  const offered = [
    { value: britain, text: words.london },
    ...(ofCharter === britain || ofCharter === 'UTC'
      ? []
      : [{ value: ofCharter, text: words.charterZone(ofCharter) }]),
    { value: 'UTC', text: words.utc },
  ];
  const isOther = zone !== null && offered.every(({ value }) => value !== zone);
  return {
    typed: isOther ? zone : '',
    items: [
      ...offered.map((item) => ({ ...item, checked: item.value === zone })),
      { value: 'other', text: words.otherZone, checked: isOther },
    ],
  };
}

/** What the mapping page is filled with: columns with their choices, and the questions that the file leaves open. */
export function viewMapping(
  service: AddService,
  draft: Draft,
  preview: ExtractPreview,
  as: ExtractKind,
  decided: Decided,
  faults: readonly Fault[],
  same: AddService['sources'][number] | undefined,
) {
  const errors = errorsOf(faults, preview);
  const questions = openQuestions(preview, as, mappingOf(as, decided.choices));
  const { minutes } = questions;
  const count = (n: number) => formatValue(n, 'count');
  return {
    lead: words.lead(countOf(preview.rows, 'row'), texts.add.tables[as].name),
    isEmpty: preview.rows === 0,
    isInterrupted: draft.started,
    columns: columnViews(preview, as, decided, errors.columns),
    cut:
      preview.columns.length > columnsShown
        ? words.cutColumns(count(columnsShown), count(preview.columns.length))
        : null,
    missing: preview.missing.map(({ field, column, near }) =>
      words.missingColumn(column, labelOf(field), near),
    ),
    partErrors: errors.parts,
    order: asksOrder(questions, draft.asked) ? orderItems(preview, as, decided) : null,
    zone:
      questions.timeZone.length > 0
        ? {
            ...zoneItems(decided.timezone, service.loaded.charter.timezone),
            hint: words.zoneHint(listInWords(questions.timeZone)),
          }
        : null,
    minutes: minutes
      ? {
          legend: words.minutesLegend(minutes.column),
          hint: minutes.range ? words.minutesHint(...inWords(minutes.range)) : null,
          items: (['minutes', 'hours', 'seconds'] as const).map((unit) => ({
            value: unit,
            text: words[unit],
            checked: (decided.minutesIn ?? minutes.named) === unit,
          })),
        }
      : null,
    decimal: decimalItems(decided),
    isDecimalOpen: decided.decimal !== null,
    lifecycle: as === 'events' ? lifecycleItems(decided) : null,
    repeats: repeatsView(preview, decided),
    isRowsOpen: decided.lifecycle !== null || decided.repeats !== null || 'repeats-key' in errors.parts,
    sameName: same
      ? {
          legend: words.sameNameLegend(preview.shown),
          hint: words.sameNameHint(dateLabel(same.importedAt.slice(0, 10)), countOf(same.rowsUsed, 'row')),
          items: [
            { value: 'replace', text: words.replace, checked: decided.sameName === 'replace' },
            { value: 'keep-both', text: words.keepBoth, checked: decided.sameName === 'keep-both' },
          ],
        }
      : null,
  };
}

function decimalItems({ decimal }: Decided) {
  const { found, point, comma } = words.decimalItems;
  return [
    { value: 'found', text: found, checked: decimal === null },
    { value: 'point', text: point, checked: decimal === 'point' },
    { value: 'comma', text: comma, checked: decimal === 'comma' },
  ];
}

function lifecycleItems({ lifecycle }: Decided) {
  const { found, pair, keep } = words.lifecycleItems;
  return [
    { value: 'found', text: found, checked: lifecycle === null },
    { value: 'pair', text: pair, checked: lifecycle === 'pair' },
    { value: 'keep', text: keep, checked: lifecycle === 'keep' },
  ];
}

/** The ways in which rows can be the same row, and the columns that can tell. */
function repeatsView(preview: ExtractPreview, { repeats }: Decided) {
  const { known, exact, key } = words.repeatsItems;
  const byKey = repeats !== null && repeats !== 'exact' ? repeats : null;
  const columns = (none: string, chosen: string | null | undefined) => [
    { value: '', text: none, selected: !chosen },
    ...preview.columns.slice(0, columnsShown).map(({ column }, index) => ({
      value: String(index),
      text: column,
      selected: column === chosen,
    })),
  ];
  return {
    items: [
      { value: 'known', text: known, checked: repeats === null },
      { value: 'exact', text: exact, checked: repeats === 'exact' },
      { value: 'key', text: key, checked: byKey !== null },
    ],
    keys: columns(words.noColumn, byKey?.key),
    latest: columns(words.lastRow, byKey?.latestBy),
  };
}

function inWords([low, high]: readonly [number, number]): [string, string] {
  const word = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  return [word(low), word(high)];
}

import type { ColumnType } from '../../core/index.ts';
import { element } from './xml-text.ts';

/** How numbers of a kind are shown: decimals, a sign in front, and whether they are hundredths. */
interface NumberStyle {
  readonly name: string;
  readonly decimals: number;
  readonly percent?: true;
  readonly before?: string;
}

const integer: NumberStyle = { name: 'integer', decimals: 0 };
const numberStyles = {
  integer,
  one: { name: 'one', decimals: 1 },
  percent: { name: 'percent', decimals: 1, percent: true },
  pounds: { name: 'pounds', decimals: 2, before: '\u00a3' },
} as const satisfies Record<string, NumberStyle>;

/** The style of a cell by what its column holds; numbers of no known kind are shown as they are. */
export function cellStyle(type: ColumnType): string {
  switch (type) {
    case 'count':
      return 'cell-integer';
    case 'index':
      return 'cell-one';
    case 'share':
    case 'growth':
    case 'percentage-points':
      return 'cell-percent';
    case 'pounds':
      return 'cell-pounds';
    case 'date':
      return 'cell-date';
    default:
      return 'cell-text';
  }
}

/** True for columns whose numbers are told as percentages. */
export function isPercent(type: ColumnType): boolean {
  return cellStyle(type) === 'cell-percent';
}

function numberStyle({ name, decimals, percent, before }: NumberStyle): string {
  const digits = element('number:number', {
    'number:decimal-places': decimals,
    'number:min-decimal-places': decimals,
    'number:min-integer-digits': 1,
    'number:grouping': 'true',
  });
  const text = (words: string) => element('number:text', {}, words);
  const inside = `${before === undefined ? '' : text(before)}${digits}${percent ? text('%') : ''}`;
  return element(
    percent ? 'number:percentage-style' : 'number:number-style',
    { 'style:name': `number-${name}` },
    inside,
  );
}

const dateStyle = element(
  'number:date-style',
  { 'style:name': 'number-date' },
  `${element('number:year', { 'number:style': 'long' })}${element('number:text', {}, '-')}${element('number:month', { 'number:style': 'long' })}${element('number:text', {}, '-')}${element('number:day', { 'number:style': 'long' })}`,
);

function cellStyleOf(name: string, data: string | null, inside = ''): string {
  return element(
    'style:style',
    {
      'style:name': name,
      'style:family': 'table-cell',
      'style:parent-style-name': 'Default',
      ...(data === null ? {} : { 'style:data-style-name': data }),
    },
    inside,
  );
}

/** Styles of the cells and columns of the sheets, for content.xml. */
export function automaticStyles(widths: readonly number[]): string {
  const columns = widths.map((width) =>
    element(
      'style:style',
      { 'style:name': `width-${width}`, 'style:family': 'table-column' },
      element('style:table-column-properties', { 'style:column-width': `${(width * 0.24).toFixed(1)}cm` }),
    ),
  );
  return element(
    'office:automatic-styles',
    {},
    [
      ...Object.values(numberStyles).map(numberStyle),
      dateStyle,
      ...columns,
      cellStyleOf('cell-integer', 'number-integer'),
      cellStyleOf('cell-one', 'number-one'),
      cellStyleOf('cell-percent', 'number-percent'),
      cellStyleOf('cell-pounds', 'number-pounds'),
      cellStyleOf('cell-date', 'number-date'),
      cellStyleOf('cell-text', null),
      cellStyleOf('cell-mark', null, element('style:paragraph-properties', { 'fo:text-align': 'end' })),
    ].join(''),
  );
}

/** Styles that every sheet starts from, for styles.xml: a plain typeface, the language, headings and links. */
export function sharedStyles(language: string, country: string): string {
  const text = (attributes: Record<string, string>) =>
    element('style:text-properties', {
      'fo:language': language,
      'fo:country': country,
      'fo:font-family': 'Arial',
      ...attributes,
    });
  const cell = (name: string, parent: string | null, attributes: Record<string, string>, wrap = false) =>
    element(
      'style:style',
      {
        'style:name': name,
        'style:family': 'table-cell',
        ...(parent === null ? {} : { 'style:parent-style-name': parent }),
      },
      `${wrap ? element('style:table-cell-properties', { 'fo:wrap-option': 'wrap', 'style:vertical-align': 'top' }) : ''}${text(attributes)}`,
    );
  return element(
    'office:styles',
    {},
    [
      element('style:default-style', { 'style:family': 'table-cell' }, text({ 'fo:font-size': '12pt' })),
      cell('Default', null, { 'fo:font-size': '12pt' }),
      cell('Title', 'Default', { 'fo:font-size': '16pt', 'fo:font-weight': 'bold' }),
      cell('Heading', 'Default', { 'fo:font-weight': 'bold' }, true),
      cell('Prose', 'Default', { 'fo:font-size': '12pt' }, true),
    ].join(''),
  );
}

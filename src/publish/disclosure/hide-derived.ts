import type { CellValue, Column, Table } from '../../core/index.ts';
import { type DisclosureProfile, roundedCount } from '../../stats/index.ts';
import { isScaledCount } from './explained-shares.ts';

type Row = Table['rows'][number];

/** True when a number of a row is not published: it is suppressed, or its column is left out. */
export function isHiddenNumber(raw: CellValue | undefined, shown: CellValue | undefined): boolean {
  return typeof raw === 'number' && typeof shown !== 'number';
}

/** A count as its only operand is published, scaled like the true values: it tells nothing that the operand does not. */
function scaled(value: number, from: number, told: number, profile: DisclosureProfile): number {
  return from === 0 ? value : roundedCount((value / from) * told, profile);
}

function hideInRow(raw: Row, shown: Row, columns: readonly Column[], profile: DisclosureProfile): Row {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const done = new Map<string, CellValue>();
  const cellOf = (key: string): CellValue => {
    const known = done.get(key);
    if (known !== undefined) return known;
    const column = byKey.get(key);
    const value = shown[key] ?? null;
    done.set(key, value);
    const operands = column?.derivedFrom ?? [];
    if (column === undefined || value === null || operands.length === 0) return value;
    const cells = operands.map(cellOf);
    const [own, from, told] = [raw[key], raw[operands[0] ?? ''], cells[0]];
    const cell = operands.some((operand, i) => isHiddenNumber(raw[operand], cells[i]))
      ? profile.symbol
      : isScaledCount(column) &&
          typeof own === 'number' &&
          typeof from === 'number' &&
          typeof told === 'number'
        ? scaled(own, from, told, profile)
        : value;
    done.set(key, cell);
    return cell;
  };
  return Object.fromEntries(columns.map(({ key }) => [key, cellOf(key)]));
}

/**
 * A protected table in which every value whose column says that it is worked out from a suppressed one is suppressed
 * too: a difference beside one of its two sides would tell the other.
 */
export function hideDerived(raw: Table, shown: Table, profile: DisclosureProfile): Table {
  if (!shown.columns.some(({ derivedFrom }) => derivedFrom)) return shown;
  return {
    ...shown,
    rows: shown.rows.map((row, r) => hideInRow(raw.rows[r] ?? {}, row, shown.columns, profile)),
  };
}

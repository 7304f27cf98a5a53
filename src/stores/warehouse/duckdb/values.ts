import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  INTEGER,
  SQLNULL,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlValue } from '../sql.ts';
import type { ColumnKind, ColumnValues } from '../warehouse.ts';

/** The engine's type for each kind of column. */
export const duckdbTypes: Record<ColumnKind, DuckDBType> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  boolean: BOOLEAN,
  timestamp: TIMESTAMP,
  date: DATE,
};

/** The type under which a value is bound: a whole number beyond what a double holds exactly stays a double. */
export function boundType(value: SqlValue): DuckDBType {
  if (value === null) return SQLNULL;
  if (typeof value === 'string') return VARCHAR;
  if (typeof value === 'boolean') return BOOLEAN;
  if (!Number.isSafeInteger(value)) return DOUBLE;
  return Math.abs(value) < 2 ** 31 ? INTEGER : BIGINT;
}

/** The kind of a column from the engine's type; whatever rows carry as text is text. */
export function kindOf(typeId: DuckDBTypeId): ColumnKind {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
      return 'integer';
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.DECIMAL:
      return 'number';
    case DuckDBTypeId.DATE:
      return 'date';
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return 'timestamp';
    default:
      return 'text';
  }
}

function milliseconds(value: DuckDBValue): bigint | null {
  const down = (whole: bigint, unit: bigint) => (whole - (((whole % unit) + unit) % unit)) / unit;
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return down(value.micros, 1000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) return down(value.nanos, 1_000_000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis;
  if (value instanceof DuckDBTimestampSecondsValue) return value.seconds * 1000n;
  return null;
}

/** ISO text, or the engine's own words for what no calendar holds, such as "infinity". */
function iso(ms: number, value: DuckDBValue): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

/** Turns one engine value into the plain value that rows carry. */
export function plainValue(value: DuckDBValue): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBDateValue) return iso(value.days * 86_400_000, value).replace(/T.*$/, '');
  const ms = milliseconds(value);
  if (ms !== null) return iso(Number(ms), value);
  if (typeof value === 'object' && 'toDouble' in value) return (value as { toDouble(): number }).toDouble();
  return String(value);
}

function dayNumber(isoDate: string): number {
  const days = Date.parse(`${isoDate}T00:00:00Z`) / 86_400_000;
  if (!Number.isInteger(days)) throw new RangeError(`"${isoDate}" is not a date such as 2026-04-01`);
  return days;
}

/** The values of one column, from one row to another, as the engine takes them. */
export function duckdbValues(
  kind: ColumnKind,
  values: Exclude<ColumnValues, Float64Array>,
  from: number,
  to: number,
): DuckDBValue[] {
  const out: DuckDBValue[] = new Array(to - from);
  for (let i = from; i < to; i++) {
    const value = values[i] ?? null;
    if (value === null) out[i - from] = null;
    else if (kind === 'timestamp') out[i - from] = new DuckDBTimestampValue(value as bigint);
    else if (kind === 'integer') out[i - from] = BigInt(value as number | bigint);
    else if (kind === 'date') out[i - from] = new DuckDBDateValue(dayNumber(value as string));
    else out[i - from] = value as string | number | boolean;
  }
  return out;
}

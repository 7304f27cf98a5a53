import type { ColumnType } from '../../core/index.ts';

function toDecimals(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

const toDigits = (value: number, digits: number) => Number(value.toPrecision(digits));

/**
 * A value as precise as it is published: shares and growth to 0.1 point, indices to one decimal, pounds and
 * times to three significant figures, other numbers to four.
 */
export function roundPublished(value: number, type: ColumnType): number {
  switch (type) {
    case 'share':
    case 'growth':
    case 'percentage-points':
      return toDecimals(value, 3);
    case 'index':
      return toDecimals(value, 1);
    case 'pounds':
    case 'days':
    case 'hours':
    case 'minutes':
    case 'seconds':
      return toDigits(value, 3);
    case 'number':
      return toDigits(value, 4);
    default:
      return value;
  }
}

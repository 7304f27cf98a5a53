import { formatValue, type Unit } from '../../core/index.ts';

const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayLength = 86_400_000;

/** A value beside a mark: as everywhere else, but a number of very many digits as a power of ten. */
export function shortValue(value: number, unit: Unit, longest: number): string {
  const text = formatValue(value, unit);
  if (text.length <= longest) return text;
  const [digits = '', power = ''] = value.toExponential(2).split('e');
  const sign = unit === 'pounds' ? '£' : '';
  return `${sign}${digits}`.replace(/^(£?)-/, '\u2212$1').concat(` × 10^${Number(power)}`);
}

/** Round values inside a range, about `wanted` of them; whole ones for what is counted. */
export function roundTicks(low: number, high: number, wanted: number, unit: Unit): readonly number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const step =
    power * (ratio >= Math.sqrt(50) ? 10 : ratio >= Math.sqrt(10) ? 5 : ratio >= Math.sqrt(2) ? 2 : 1);
  const size = unit === 'count' ? Math.max(1, Math.round(step)) : step;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / size - 1e-9); n * size <= high + size * 1e-9 && ticks.length < 20; n += 1)
    ticks.push(Number((n * size).toPrecision(15)) + 0);
  return ticks;
}

function withDecimals(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${value < 0 ? '\u2212' : ''}${text}`;
}

/** Labels of the ticks of one axis, with as many decimals as tell neighbours apart and no more. */
export function tickLabels(ticks: readonly number[], unit: Unit): readonly string[] {
  const [first = 0, second = first + 1] = ticks;
  const hundred = unit === 'share' || unit === 'growth' || unit === 'percentage-points' ? 100 : 1;
  const step = Math.abs(second - first) * hundred || 1;
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const signed = (value: number) =>
    `${value > 0 && unit !== 'share' ? '+' : ''}${withDecimals(value * hundred, decimals)}`;
  const label = (value: number) => {
    if (hundred === 100) return `${signed(value)}${unit === 'percentage-points' ? '' : '%'}`;
    if (unit !== 'pounds') return withDecimals(value, decimals);
    return withDecimals(value, decimals).replace(/^(\u2212?)/, '$1£');
  };
  const labels = ticks.map(label);
  if (labels.every((text) => text.length <= 9)) return labels;
  const short = ticks.map((value) => shortValue(value, unit, 14));
  const areShorter =
    Math.max(...short.map(({ length }) => length)) < Math.max(...labels.map(({ length }) => length));
  return areShorter && new Set(short).size === short.length ? short : labels;
}

/** The date at midnight in Greenwich, or NaN for what is no date. */
export function dateOf(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`);
}

/** A few of the dates of the data, evenly chosen, with their labels: months, or days where they lie close. */
export function dateTicks(
  dates: readonly Date[],
  most: number,
): readonly { readonly at: Date; readonly label: string }[] {
  const times = [...new Set(dates.map(Number))].sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(times.length / most));
  const chosen = times.filter((_, i) => i % step === 0);
  const close = chosen.some((time, i) => i > 0 && time - (chosen[i - 1] ?? 0) < 28 * dayLength);
  const startOfMonth = chosen.every((time) => new Date(time).getUTCDate() === 1);
  return chosen.map((time) => {
    const at = new Date(time);
    const month = `${shortMonths[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    return {
      at,
      label: close || (chosen.length === 1 && !startOfMonth) ? `${at.getUTCDate()} ${month}` : month,
    };
  });
}

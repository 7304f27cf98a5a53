import { countOf, durationInWords, overInWords, withinInWords } from '../../core/index.ts';
import type { WaitEdge } from '../queries/work-waits.ts';

const hour = 3600;

/**
 * A wait in words. Where most cases pass at once and few wait, the few are told apart from the rest; `tail` is the
 * mean wait in seconds of those that wait longer than nine in ten, null where there are none. Where no start is
 * recorded, work and waiting are in it together, and it is not called a wait.
 */
export function waitTitle({ from, to, cases, median, p90, timed }: WaitEdge, tail: number | null): string {
  const between = `"${from}" to "${to}"`;
  const [wait, waits] = timed > 0 ? ['wait', 'waits'] : ['take', 'takes'];
  const mostAtOnce = median < hour && p90 >= 10 * median;
  if (mostAtOnce && p90 < 4 * hour && tail !== null && tail >= 10 * p90)
    return `Nine in ten of ${countOf(cases, 'case')} go from ${between} ${withinInWords(p90)}; the others ${wait} ${durationInWords(tail)} on average.`;
  if (mostAtOnce)
    return `Half of ${countOf(cases, 'case')} go from ${between} ${withinInWords(median)}, and one in ten ${waits} ${overInWords(p90)}.`;
  if (timed === 0)
    return `${countOf(cases, 'case')} go from ${between}: half of them take ${overInWords(median, p90)}, one in ten ${overInWords(p90)}.`;
  return `${countOf(cases, 'case')} wait between "${from}" and "${to}": half of them ${overInWords(median, p90)}, one in ten ${overInWords(p90)}.`;
}

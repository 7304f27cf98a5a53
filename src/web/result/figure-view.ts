import { type Figure, formatInterval, formatWithUnit } from '../../core/index.ts';
import { texts } from '../texts.ts';

/** A key figure in words: its value, interval and period, each ready to print. */
export interface FigureView {
  readonly name: string;
  readonly value: string;
  readonly known: boolean;
  readonly interval: string | null;
  readonly period: string | null;
  readonly note: string | null;
  /** The page of the rows behind it; null where it has none. */
  readonly rows: string | null;
}

/** Formats one figure. */
export function viewFigure(figure: Figure, rows: string | null = null): FigureView {
  const { interval, value, unit } = figure;
  const level = interval ? `${Number((interval.level * 100).toFixed(1))}%` : '';
  return {
    name: figure.name,
    value: value === null ? texts.result.cannotTell : formatWithUnit(value, unit),
    known: value !== null,
    interval: interval ? `${texts.result.interval(level)}: ${formatInterval(interval, unit)}` : null,
    period: figure.period,
    note: figure.note ?? null,
    rows: figure.ofNobody ? null : rows,
  };
}

/** What the intervals of these figures mean, each meaning once. */
export function intervalMeanings(figures: readonly Figure[]): readonly string[] {
  return [...new Set(figures.flatMap((figure) => figure.interval?.meaning ?? []))];
}

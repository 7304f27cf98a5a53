import { type Grain, periodStart, type WellspentError } from '../../core/index.ts';
import { isIsoDate } from '../expression/index.ts';
import { entryOf, type RawEntry, sectionEntries, textOf } from '../raw-charter.ts';
import type { YamlSource } from '../yaml-source.ts';

const grains: ReadonlySet<string> = new Set(['day', 'week', 'month', 'quarter', 'financial-year', 'year']);

function dayFaults(
  source: YamlSource,
  path: RawEntry['path'],
  days: readonly string[],
): readonly WellspentError[] {
  return days
    .filter((day) => !isIsoDate(day))
    .map((day) =>
      source.fault('CHARTER_DATE', [...path, day], `"${day}" is not a day of the calendar.`, {
        found: day,
        hint: 'the first day of a period, such as 2026-04-01',
      }),
    );
}

function annualFaults(
  source: YamlSource,
  grain: string,
  { path, value, id }: RawEntry,
): readonly WellspentError[] {
  const days = Object.keys(entryOf(value.figures)).toSorted();
  const bad = dayFaults(source, [...path, 'figures'], days);
  if (bad.length > 0) return bad;
  if (grain !== 'month' && grain !== 'quarter')
    return [
      source.fault(
        'CHARTER_VALUE',
        path,
        `the annual figures "${id ?? ''}" cannot be shared out over periods of a ${grain}.`,
        {
          found: `reporting: {grain: ${grain}}`,
          hint: 'report by month or quarter, or remove the entry',
        },
      ),
    ];
  return days.flatMap((day, i) => {
    const before = days[i - 1];
    const isNext = before === undefined || day === `${Number(before.slice(0, 4)) + 1}${before.slice(4)}`;
    const isStart = periodStart(grain as Grain, day) === day;
    if (isNext && isStart) return [];
    return [
      source.fault(
        'CHARTER_VALUE',
        [...path, 'figures', day],
        isStart
          ? `the year of ${day} does not follow the year of ${before}.`
          : `${day} is not the first day of a ${grain}.`,
        { found: days.join(', '), hint: 'years that follow each other, each by its first day' },
      ),
    ];
  });
}

function breakFaults(
  source: YamlSource,
  grain: string,
  { path, value, id }: RawEntry,
): readonly WellspentError[] {
  const on = textOf(value.on) ?? '';
  const overlap = entryOf(entryOf(value.link).overlap);
  const [old, later] = [Object.keys(entryOf(overlap.old)), Object.keys(entryOf(overlap.new))];
  const bad = [
    ...dayFaults(source, [...path, 'link', 'overlap', 'old'], old),
    ...dayFaults(source, [...path, 'link', 'overlap', 'new'], later),
  ];
  if (bad.length > 0 || !isIsoDate(on)) return bad;
  const start = grains.has(grain) ? periodStart(grain as Grain, on) : on;
  const inside =
    start === on
      ? []
      : [
          source.fault(
            'CHARTER_VALUE',
            [...path, 'on'],
            `${on} lies inside a ${grain}, which would be counted both ways.`,
            {
              found: `on: ${on}`,
              hint: `on: ${start} (the first day of that period), or report by shorter periods`,
            },
          ),
        ];
  const shared = old.filter((day) => later.includes(day));
  const apart =
    old.length + later.length > 0 && shared.length === 0
      ? [
          source.fault(
            'CHARTER_VALUE',
            [...path, 'link', 'overlap'],
            `the break "${id ?? ''}" has no period that was counted both ways.`,
            {
              found: `old: ${old.join(', ')}; new: ${later.join(', ')}`,
              hint: 'figures of the same periods under old and new, or link: none',
            },
          ),
        ]
      : [];
  return [...inside, ...apart];
}

/** Annual figures that cannot be shared out over the periods, and breaks inside a period or without a shared one. */
export function linkedSeriesFaults(source: YamlSource): readonly WellspentError[] {
  const grain = textOf(entryOf(entryOf(source.content).reporting).grain) ?? '';
  return [
    ...sectionEntries(source.content, 'annual_figures').flatMap((entry) =>
      annualFaults(source, grain, entry),
    ),
    ...sectionEntries(source.content, 'discontinuities').flatMap((entry) =>
      breakFaults(source, grain, entry),
    ),
  ];
}

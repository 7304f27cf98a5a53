import { dateLabel, formatValue, listInWords, type Table } from '../../core/index.ts';
import type { Study } from '../study.ts';
import type { LinkedSeries } from './series-factors.ts';

type Kind = LinkedSeries['of']['kind'];

const methods: Readonly<Record<string, string>> = {
  'denton-proportional': 'proportional Denton',
  'denton-additive': 'additive Denton',
  'cholette-dagum': 'Cholette–Dagum',
};

const whats = {
  definition: 'its definition changed',
  system: 'the system that counts it changed',
  scope: 'what is counted changed',
  legal: 'the law changed',
} as const;

const of = (study: Pick<Study, 'linked'>, kinds: readonly Kind[]) =>
  study.linked.filter((series) => kinds.includes(series.of.kind));

const labelOf = (study: Study, start: string) =>
  study.data.periods.find((period) => period.start === start)?.label ?? dateLabel(start);

function ofOne(study: Study, { title, how, of: series }: LinkedSeries): readonly string[] {
  const name = `"${title}"${series.kind === 'input' && series.of === 'cost' ? ', as cost,' : ''}`;
  if (how.kind === 'annual') {
    const { after, left, notices, method, declared } = how;
    return [
      `${name} is held to annual figures (${declared.source}) by ${methods[method]}; the table shows what each period is multiplied by.${after ? ` From ${labelOf(study, after)} on there is no annual figure yet, and the correction is carried on: those periods are extrapolated.` : ''}`,
      ...(left.length > 0
        ? [
            `Annual figures of ${name} for the ${left.length === 1 ? 'year' : 'years'} from ${listInWords(left.map((year) => dateLabel(year)))} are not used: the data do not cover ${left.length === 1 ? 'it' : 'them'} whole.`,
          ]
        : []),
      ...notices.filter((notice) => /outside its past range|below zero|corrected by amounts/.test(notice)),
    ];
  }
  const { declared, overlap, variation, isWeak, range } = how;
  const joined = range
    ? `a judged growth between the last old and the first new period, whose range is ${series.kind === 'output' ? 'in the intervals' : 'not in the intervals'}`
    : `${overlap === 1 ? 'the one period' : `the ${formatValue(overlap, 'count')} periods`} counted both ways${isWeak ? ', a weak link' : variation === null ? '' : `, over which the ratio varies by ${formatValue(variation, 'share')}`}`;
  return [
    `${name} is counted in another way from ${dateLabel(declared.on)} (${declared.title}): ${whats[declared.kind]}, decided by ${declared.decided_by}. Both sides are joined by ${joined}.${series.kind === 'quality' ? ' What came before is put in the terms of today.' : ''}`,
  ];
}

/** What a reader must know of series that are joined at breaks or held to annual figures, and of breaks that nothing joins. */
export function linkedCaveats(study: Study, kinds: readonly Kind[]): readonly string[] {
  const unlinked = (study.plan.charter.discontinuities ?? []).filter(
    ({ link, output, quality }) =>
      link === 'none' &&
      kinds.includes(output !== undefined ? 'output' : quality !== undefined ? 'quality' : 'input'),
  );
  return [
    ...of(study, kinds).flatMap((series) => ofOne(study, series)),
    ...unlinked.map(
      ({ title, on, kind, decided_by }) =>
        `From ${dateLabel(on)} ${whats[kind]} (${title}), decided by ${decided_by}, and nothing joins both sides: no growth is told across that day, and the index begins there.`,
    ),
  ];
}

/** Series as reported and as used, by period; null where nothing is corrected. `[b]` marks the first period after a break. */
export function linkedTable(study: Study, kind: Kind): Table | null {
  const rows = of(study, [kind]).flatMap(({ title, of: series, factors, how }) =>
    [...factors].map(([start, factor]) => ({
      start,
      period: labelOf(study, start),
      series: series.kind === 'input' ? `${title}, ${series.of}` : title,
      why: how.kind === 'annual' ? 'held to annual figures' : 'joined at a break',
      factor,
      mark:
        how.kind === 'break' && how.declared.on === start
          ? '[b]'
          : how.kind === 'annual' && how.after !== null && start >= how.after
            ? '[e]'
            : '',
    })),
  );
  if (rows.length === 0) return null;
  return {
    id: 'linked-series',
    title: 'What figures as reported are multiplied by',
    columns: [
      { key: 'start', title: 'First day', type: 'date', forMachines: true },
      { key: 'series', title: 'Series', type: 'text' },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'why', title: 'Why', type: 'text' },
      { key: 'factor', title: 'Multiplied by', type: 'number', ofNobody: true },
      { key: 'mark', title: 'Mark', type: 'text' },
    ],
    rows,
    notes: [
      '[b]: the first period after a break. [e]: after the last annual figure, so extrapolated. Tables of quantities and inputs show figures as reported; shares and means of quality before a break are shown as multiplied.',
    ],
  };
}

/** Calls that give the corrections again. */
export function linkedCalls(study: Study, kind: Kind) {
  return of(study, [kind]).map(({ how }) => how.call);
}

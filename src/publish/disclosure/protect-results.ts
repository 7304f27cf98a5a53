import type { CellValue, Chart, Result, Table } from '../../core/index.ts';
import {
  type CountCell,
  type CountRange,
  type CountSum,
  type DisclosureProfile,
  type SuppressionReason,
  suppressCounts,
} from '../../stats/index.ts';
import { changeSteps } from './change-steps.ts';
import { hideDerived } from './hide-derived.ts';
import { indexSteps } from './index-steps.ts';
import { protectChart, type TablePair } from './protect-chart.ts';
import { protectFigures } from './protect-figure.ts';
import { impreciseCells, type PublishedCounts, protectCells } from './protect-table.ts';
import {
  isAccountOfCases,
  protectSentence,
  type SentenceRules,
  type Wording,
  wordingOf,
} from './protect-text.ts';
import { countsByResult, intervalsIn, namesIn, settingsOf, silencedWords } from './publication-facts.ts';
import { type PublicationSystem, publicationSystem } from './publication-system.ts';
import { readAlike } from './read-alike.ts';
import { isSaying } from './row-names.ts';
import { precisionNote } from './share-precision.ts';
import { withoutArithmetic } from './without-arithmetic.ts';

/** Some Results as they may be published together, with what the ledger of releases keeps of them. */
export interface ProtectedResults {
  readonly results: readonly Result[];
  readonly profile: DisclosureProfile;
  /** Every count of the publication by its name: as published, or null where it is suppressed. */
  readonly counts: ReadonlyMap<string, number | null>;
  readonly sums: readonly CountSum[];
  /** How many of the counts hold a value; the others were empty before and are taken for small ones. */
  readonly valued: number;
  /** How many counts are suppressed, by reason; `withheld` are those that were empty before. */
  readonly suppressed: Readonly<Record<SuppressionReason, number>>;
  /** Names of small counts that an earlier release alone gives away. */
  readonly givenBefore: readonly string[];
  /** Names of small counts, and of other hidden cells, that nothing left can protect; none, as far as is known. */
  readonly unprotected: readonly string[];
  /** Hidden cells that were protected only because their numbers gave them away, where no column says how. */
  readonly undeclared: readonly string[];
}

function quotedIn(raw: Table['rows'][number], shown: Table['rows'][number], { columns }: Table) {
  return columns.flatMap(({ key, type, ofNobody }) => {
    const value = raw[key];
    return typeof value === 'number' && !ofNobody
      ? [{ raw: value, published: (shown[key] ?? null) as number | string | null, type }]
      : [];
  });
}

function tableWording({ raw, shown }: TablePair, symbol: string): Wording {
  return wordingOf(
    raw.rows.flatMap((row, r) => quotedIn(row, shown.rows[r] ?? {}, shown)),
    symbol,
  );
}

/** What the marks of a chart stand for, as drawn and as they may be drawn. */
function chartWording(raw: Chart, shown: Chart, symbol: string): Wording {
  if (raw.kind === 'line' && shown.kind === 'line')
    return wordingOf(
      raw.series.flatMap((series, s) =>
        series.points.flatMap(({ y }, p) =>
          y === null ? [] : [{ raw: y, published: shown.series[s]?.points[p]?.y ?? null, type: raw.yUnit }],
        ),
      ),
      symbol,
    );
  return wordingOf([], symbol);
}

interface Speaking {
  readonly rules: SentenceRules;
  readonly figures: Wording;
}

function protectWords(pair: TablePair, naming: ReadonlySet<string>, { rules, figures }: Speaking): Table {
  const { raw, shown } = pair;
  const whole = tableWording(pair, rules.profile.symbol);
  const say = (text: string) => protectSentence(text, [figures, whole], rules);
  return {
    ...shown,
    title: say(shown.title),
    ...(shown.notes ? { notes: shown.notes.map(say) } : {}),
    rows: shown.rows.map((row, r) => {
      const own = wordingOf(quotedIn(raw.rows[r] ?? {}, row, shown), rules.profile.symbol);
      const cellOf = (value: CellValue) =>
        typeof value === 'string' ? protectSentence(value, [own, figures, whole], rules) : value;
      return Object.fromEntries(
        shown.columns.map(({ key, type }) => {
          const value = row[key] ?? null;
          const isName = naming.has(key) && typeof value === 'string' && !isSaying(value);
          return [key, type === 'text' && !isName ? cellOf(value) : value];
        }),
      );
    }),
  };
}

function protectOne(
  result: Result,
  { tables, figures: counted }: PublicationSystem,
  counts: PublishedCounts,
  rules: SentenceRules,
): { readonly shown: Result; readonly undeclared: readonly string[]; readonly leaks: readonly string[] } {
  const { profile } = counts;
  const own = tables.filter((one) => one.result === result.id);
  const { pairs, figures, undeclared, leaks } = withoutArithmetic(
    own.map((one): TablePair => {
      const shown = protectCells(one, counts);
      return {
        raw: one.table,
        shown: hideDerived(one.table, shown, profile),
        imprecise: impreciseCells(one, counts),
      };
    }),
    (those) => protectFigures(result, { counts, pairs: those }, counted),
    profile,
  );
  const quoted = figures
    .filter(({ raw }) => raw.value !== null && !raw.ofNobody)
    .map(({ raw, shown }) => ({ raw: raw.value ?? 0, published: shown.value, type: raw.unit }));
  const ranges = figures.flatMap(({ raw, shown }) =>
    raw.interval && raw.unit === 'growth'
      ? (['low', 'high'] as const).map((end) => ({
          raw: raw.interval?.[end] ?? 0,
          published: shown.interval?.[end] ?? null,
          type: raw.unit,
        }))
      : [],
  );
  const noted = counted
    .filter((one) => one.result === result.id && one.of !== null)
    .map(({ id, of }) => ({
      raw: of ?? 0,
      published: counts.published.get(`${id}#of`) ?? null,
      type: 'count' as const,
    }));
  const speaking = {
    rules,
    figures: wordingOf([...quoted, ...ranges, ...noted, ...settingsOf(result)], profile.symbol),
  };
  const spoken = pairs.map((pair) => tableWording(pair, profile.symbol));
  const say = (text: string) => protectSentence(text, [speaking.figures, ...spoken], rules);
  const isSomeImprecise =
    pairs.some(({ imprecise }) => imprecise.size > 0) || figures.some(({ isImprecise }) => isImprecise);
  const protectedResult = {
    ...result,
    answer: say(result.answer),
    figures: figures.map(({ raw, shown }) => ({
      ...shown,
      ...(shown.note === undefined || shown.note !== raw.note ? {} : { note: say(shown.note) }),
    })),
    tables: pairs.map((pair, i) =>
      protectWords(pair, new Set(own[i]?.names.columns.map(({ key }) => key)), speaking),
    ),
    charts: result.charts.map((chart) => {
      const at = pairs.findIndex(({ raw }) => raw.id === chart.table);
      const shown = protectChart(result.id, chart, pairs[at], counts);
      const drawn = chartWording(chart, shown, profile.symbol);
      const scopes = [drawn, speaking.figures, ...(spoken[at] ? [spoken[at]] : [])];
      const tell = (text: string) => protectSentence(text, scopes, rules);
      return { ...shown, title: tell(chart.title), description: tell(chart.description) };
    }),
    caveats: [
      ...result.caveats.filter((text) => !isAccountOfCases(text)).map(say),
      ...(isSomeImprecise ? [precisionNote(profile)] : []),
    ],
    next: result.next.map(say),
    provenance: {
      ...result.provenance,
      // Bound values and inputs hold exact counts and names of cases.
      queries: [],
      recompute: [],
      sources: [],
    },
  };
  const within = (cell: string) => `${result.id} / ${cell}`;
  return { shown: protectedResult, undeclared: undeclared.map(within), leaks: leaks.map(within) };
}

/** What readers know before a publication: ranges of its counts, and counts and sums that it does not hold. */
export interface EarlierKnowledge {
  readonly known: ReadonlyMap<string, CountRange>;
  readonly cells: readonly CountCell[];
  readonly sums: readonly CountSum[];
}

const nothingEarlier: EarlierKnowledge = { known: new Map(), cells: [], sums: [] };

/**
 * Protects Results that are published together. All their counts are one system: what two tables tell of one
 * population is audited at once. Shares and their intervals are worked out again from the rounded counts; means
 * and quantiles need as many cases as the profile's threshold; extremes and values of single cases are left out;
 * numbers in sentences follow the tables. `earlier` says what is known before, given the counts.
 */
export async function protectResults(
  results: readonly Result[],
  profile: DisclosureProfile,
  earlier: (cells: readonly CountCell[]) => EarlierKnowledge = () => nothingEarlier,
): Promise<ProtectedResults> {
  const whole = publicationSystem(results);
  const own = whole.system;
  const before = earlier(own.cells);
  const { published, suppressed } = await suppressCounts(
    { cells: [...own.cells, ...before.cells], sums: [...own.sums, ...before.sums] },
    profile,
    { known: before.known, withRanges: false },
  );
  const bases = countsByResult(whole);
  const counts = {
    profile,
    published,
    silenced: silencedWords(whole, published),
    indexSteps: indexSteps(whole.tables, published, profile),
    changeSteps: changeSteps(whole.tables, profile),
    intervalOf: intervalsIn(results),
    basesOf: (result: string) => bases.get(result) ?? [],
  };
  const shown = new Set(
    own.cells.filter(({ id }) => (published.get(id) ?? null) !== null).map(({ value }) => value),
  );
  const hidden = own.cells.flatMap(({ value }) => (value === null || shown.has(value) ? [] : [value]));
  const rules = {
    profile,
    names: namesIn(results, whole.tables),
    hidden: new Set(hidden),
    counts: new Set(own.cells.flatMap(({ value }) => value ?? [])),
  };
  const ownPublished = own.cells.filter((cell) => !cell.isUnpublished);
  const names = new Set(ownPublished.map(({ id }) => id));
  const reasons = (reason: SuppressionReason) =>
    suppressed.filter((one) => one.reason === reason && names.has(one.id)).length;
  const tooClose = suppressed.filter(({ isWideEnough }) => !isWideEnough);
  const all = results.map((result) => protectOne(result, whole, counts, rules));
  const pairs = all.flatMap(({ shown: one }, i) => (results[i] ? [{ raw: results[i], shown: one }] : []));
  return {
    results: readAlike(pairs, profile.symbol),
    profile,
    counts: new Map(ownPublished.map(({ id }) => [id, published.get(id) ?? null])),
    sums: own.sums,
    valued: ownPublished.filter(({ value }) => value !== null).length,
    suppressed: {
      primary: reasons('primary'),
      secondary: reasons('secondary'),
      withheld: reasons('withheld'),
    },
    givenBefore: tooClose.filter(({ givenBefore }) => givenBefore).map(({ id }) => id),
    unprotected: [
      ...tooClose.filter(({ givenBefore }) => !givenBefore).map(({ id }) => id),
      ...all.flatMap(({ leaks }) => leaks),
    ],
    undeclared: all.flatMap(({ undeclared }) => undeclared),
  };
}

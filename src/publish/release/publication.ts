import type { Answers, FigureRowCounts } from '../../answers/index.ts';
import { type Result, type Table, WellspentError } from '../../core/index.ts';
import { didYouMean } from '../../define/index.ts';
import type { CountCell, DisclosureProfile } from '../../stats/index.ts';
import {
  type EarlierKnowledge,
  type ProtectedResults,
  protectResults,
} from '../disclosure/protect-results.ts';
import { roundedRows } from '../disclosure/round-rows.ts';
import { rowCells } from './figure-rows.ts';
import { type DataFacts, figuresTable } from './figures-table.ts';

/** A publication ready to be written: protected Results, and every figure with its provenance. */
export interface Publication {
  readonly service: string;
  readonly title: string;
  readonly purpose: string;
  readonly about: string | null;
  readonly demonstration: boolean;
  readonly charter: { readonly version: string; readonly hash: string };
  /** `measure/output` and the like, in order; the Results have them as ids, with a hyphen. */
  readonly pages: readonly string[];
  readonly guarded: ProtectedResults;
  readonly figures: Table;
  readonly data: DataFacts;
}

/** The pages of a service that can be published: what its verbs found, not what its data look like inside. */
export function publishablePages({ measure, find }: Answers): readonly string[] {
  return [...measure.map(({ id }) => `measure/${id}`), ...find.map(({ id }) => `find/${id}`)];
}

function resultAt(answers: Answers, page: string): Result {
  const [verb, id] = page.split('/');
  const list = verb === 'measure' ? answers.measure : verb === 'find' ? answers.find : [];
  const result = list.find((candidate) => candidate.id === id);
  if (result) return { ...result, id: page.replace('/', '-') };
  const known = publishablePages(answers);
  throw new WellspentError('PUBLISH_PAGE_UNKNOWN', `There is no page "${page}" to publish.`, {
    where: { file: 'service.yaml' },
    found: page,
    hint: `${didYouMean(page, known)} known: ${known.join(', ')}`.trim(),
  });
}

function rowsOf(result: Result, table: string): Table['rows'] {
  return result.tables.find(({ id }) => id === table)?.rows ?? [];
}

const total = (rows: Table['rows'], key: string) => rows.reduce((sum, row) => sum + Number(row[key] ?? 0), 0);

/** What became of the rows of the extracts, with small numbers of rows told as low. */
function dataFacts({ data, charter }: Answers, profile: DisclosureProfile): DataFacts {
  const sources = rowsOf(data, 'sources');
  const reasons = new Map<string, number>();
  for (const { reason, rows } of rowsOf(data, 'reasons'))
    reasons.set(String(reason), (reasons.get(String(reason)) ?? 0) + Number(rows));
  const moments = sources.map(({ importedAt }) => String(importedAt ?? '')).sort();
  return {
    vintage: moments.at(-1) ?? null,
    extracts: data.provenance.sources.map(({ file, sha256 }) => ({ file, sha256 })),
    rowsSetAside: roundedRows(total(sources, 'rowsSetAside'), profile),
    reasons:
      [...reasons].map(([reason, rows]) => `${reason} ${roundedRows(rows, profile)}`).join('; ') || 'none',
    unmeasured: rowsOf(charter, 'unmeasured').map(({ what }) => String(what)),
  };
}

/**
 * Protects the pages of a service that are to be published, all of measure and find when none are named; `rows` are those
 * behind their figures, by page, slash and figure. Throws
 * `PUBLISH_PAGE_UNKNOWN` for a page that is not there.
 */
export async function preparePublication(
  answers: Answers,
  pages: readonly string[] | undefined,
  profile: DisclosureProfile,
  earlier?: (cells: readonly CountCell[]) => EarlierKnowledge,
  rows?: ReadonlyMap<string, FigureRowCounts>,
): Promise<Publication> {
  const chosen = pages ?? publishablePages(answers);
  const results = chosen.map((page) => resultAt(answers, page));
  const guarded = await protectResults(results, profile, earlier);
  const data = dataFacts(answers, profile);
  const charter = answers.charter.provenance.charter;
  return {
    service: answers.service,
    title: answers.title,
    purpose: answers.purpose,
    about: answers.about,
    demonstration: answers.demonstration,
    charter: { version: charter?.version ?? '', hash: charter?.hash ?? '' },
    pages: chosen,
    guarded,
    figures: figuresTable(answers.service, guarded.results, data, (result, figure) =>
      rowCells(chosen[guarded.results.findIndex(({ id }) => id === result)] ?? '', result, figure, {
        counts: rows,
        published: guarded.counts,
        profile,
      }),
    ),
    data,
  };
}

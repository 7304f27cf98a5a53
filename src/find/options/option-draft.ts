import { z } from 'zod';
import { type CellValue, formatValue, type Result } from '../../core/index.ts';
import {
  type Draft,
  deleteDraft,
  draftsOf,
  type RecordsPlace,
  readRecords,
  saveDraft,
  useRecords,
  utcSecondOf,
} from '../../stores/index.ts';

const kind = 'option';

const content = z.strictObject({
  title: z.string(),
  finding: z.string(),
  /** The title without its numbers, which tells whether a later finding is the same. */
  key: z.string(),
  evidence: z.string(),
  period: z.string().nullable(),
  charter: z.string(),
  facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  confidence: z.string(),
  question: z.string(),
});

/** A draft of an option: what a finding said on the day that somebody thought of doing something about it. */
export interface OptionDraft extends z.infer<typeof content> {
  readonly id: string;
  /** When it was taken from the finding, to the second in UTC. */
  readonly taken: string;
}

/** How a draft stands against the findings of today. */
export interface Standing {
  /** `same` figures, `changed` figures, or `gone`: no longer among the findings. */
  readonly is: 'same' | 'changed' | 'gone';
  /** The finding's title today; null where it is gone. */
  readonly today: string | null;
}

/** Columns of the findings that a draft keeps, in the order in which they are read. */
const keptColumns: readonly string[] = [
  'cases',
  'share',
  'days',
  'hours',
  'pounds',
  'delayPounds',
  'outcome',
  'difference',
  'yearCases',
  'yearDays',
  'yearHours',
  'yearPounds',
  'yearDelay',
  'yearMissed',
];

const keyOf = (title: string) => title.replaceAll(/\d[\d,.]*\d|\d/g, '#');
const wordsOf = (value: CellValue | undefined) => String(value ?? '');

function tableOf(findings: Result | undefined) {
  return findings?.tables.find(({ id }) => id === 'findings');
}

/** The draft that a finding makes, by the finding's id; null where there is no such finding. */
export function draftOption(findings: Result | undefined, finding: string, now: Date): OptionDraft | null {
  const table = tableOf(findings);
  const row = table?.rows.find(({ id }) => id === finding);
  if (!findings || !table || !row) return null;
  const title = wordsOf(row.title);
  const { charter } = findings.provenance;
  return {
    id: `${kind}-${finding}`,
    taken: utcSecondOf(now),
    title,
    finding,
    key: keyOf(title),
    evidence: wordsOf(row.evidence),
    period: findings.figures[0]?.period ?? null,
    charter: charter ? `${charter.service} ${charter.version}` : '',
    facts: keptColumns.flatMap((key) => {
      const column = table.columns.find((candidate) => candidate.key === key);
      const value = row[key] ?? null;
      if (!column || value === null || value === '') return [];
      const interval = column.intervalIn === undefined ? null : row[column.intervalIn];
      const range = interval ? ` (95% interval ${interval})` : '';
      return [{ name: column.title, value: `${formatValue(value, column.type)}${range}` }];
    }),
    confidence: wordsOf(row.confidence),
    question: wordsOf(row.question),
  };
}

/** Keeps a draft, in place of an earlier one of the same finding. */
export async function keepOption(place: RecordsPlace, draft: OptionDraft): Promise<void> {
  const { id, taken, ...rest } = draft;
  await useRecords(place, (records) => saveDraft(records, { id, kind, changed: taken, content: rest }));
}

/** Removes a draft for good; false where there is none with that id. */
export async function removeOption(place: RecordsPlace, id: string): Promise<boolean> {
  const drafts = await optionDrafts(place);
  if (!drafts.some((draft) => draft.id === id)) return false;
  return useRecords(place, (records) => deleteDraft(records, id));
}

function read({ id, changed, content: kept }: Draft): readonly OptionDraft[] {
  const found = content.safeParse(kept);
  return found.success ? [{ id, taken: changed, ...found.data }] : [];
}

/** The drafts of options, the last taken first; none where the workspace has no records yet. */
export async function optionDrafts(place: RecordsPlace): Promise<readonly OptionDraft[]> {
  const drafts = await readRecords(place, (records) => draftsOf(records, kind));
  return (drafts ?? []).flatMap(read);
}

/** Holds a draft against the findings of today: they move as data and charter do, and a draft keeps what it was. */
export function standingOf(draft: OptionDraft, findings: Result | undefined): Standing {
  const rows = tableOf(findings)?.rows ?? [];
  const row = rows.find(({ title }) => keyOf(wordsOf(title)) === draft.key);
  if (!row || !findings) return { is: 'gone', today: null };
  const today = draftOption(findings, wordsOf(row.id), new Date(0));
  const same = JSON.stringify(today?.facts) === JSON.stringify(draft.facts);
  return { is: same ? 'same' : 'changed', today: wordsOf(row.title) };
}

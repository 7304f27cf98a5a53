import { formatValue, formatWithUnit, type Result } from '../core/index.ts';
import { type Drawn, type Evidence, findingRows } from './drawn.ts';

type Row = ReturnType<typeof findingRows>['rows'][number];

/** Work that exists only because something went wrong, or that changes nothing; of a wait, the work it brings about. */
const patterns = ['rework', 'rejection-loop', 'overprocessing', 'failure-demand', 'wait'] as const;

const notCompared = 'What that work is worth against what it costs is not compared in this version.';

const number = (row: Row, key: string) => (typeof row[key] === 'number' ? row[key] : null);

/** The yearly size where the data cover enough to tell it, else that of the data. */
function sizeOf(row: Row, unit: 'pounds' | 'hours') {
  const yearKey = unit === 'pounds' ? 'yearPounds' : 'yearHours';
  const key = number(row, yearKey) === null ? unit : yearKey;
  return { key, value: number(row, key), when: key === yearKey ? ' a year' : ' in these data' };
}

function largest(rows: readonly Row[]): Row | undefined {
  const by = (unit: 'pounds' | 'hours') => (a: Row, b: Row) =>
    (sizeOf(b, unit).value ?? 0) - (sizeOf(a, unit).value ?? 0);
  const work = rows.filter(
    (row) => row.pattern !== 'wait' || (sizeOf(row, 'pounds').value ?? sizeOf(row, 'hours').value ?? 0) > 0,
  );
  return work.toSorted((a, b) => by('pounds')(a, b) || by('hours')(a, b))[0];
}

function amountOf(row: Row): string | null {
  const unit = sizeOf(row, 'pounds').value === null ? 'hours' : 'pounds';
  const { key, value, when } = sizeOf(row, unit);
  if (value === null) return null;
  const interval = row[`${key}Interval`];
  const said =
    unit === 'pounds'
      ? `${formatValue(value, 'pounds')} of staff time`
      : `${formatWithUnit(value, 'hours')} of work`;
  return `${said}${when}${interval ? ` (95% interval ${String(interval)})` : ''}`;
}

/** Work that goes on coming until what brings it is put right: it cannot be stopped by not doing it. */
const isBrought = ({ pattern }: Row) => pattern === 'failure-demand' || pattern === 'wait';

const causes: Readonly<Record<string, string>> = {
  'failure-demand':
    'These contacts would not come if what people wait for came sooner: remove that cause first. To turn the contacts away stops no cause.',
  wait: 'The work that this wait brings would not come if the wait were shorter: remove that cause first. To leave the work undone stops no cause.',
};

function sizeInWords(row: Row): string {
  const amount = amountOf(row);
  const could = isBrought(row) ? 'What would not come then' : 'What could stop';
  if (amount === null) return 'What that work takes is not known: the data give no minutes of it.';
  if (!row.hoursOf) return `${could} comes to ${amount}.`;
  const what = String(row.hoursOf);
  return `${could} comes to ${amount}. It counts: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

/** Handling of contacts that a failure brings, where no finding tells of work that could stop. */
function fromContacts(contacts: Result | undefined): Drawn | null {
  const pounds = contacts?.figures.find(({ id }) => id === 'failure-pounds')?.value;
  if (!contacts || contacts.status === 'cannot-tell' || !pounds) return null;
  return {
    answer: `Look first at what brings these contacts. ${contacts.answer} They would not come if their causes were gone: remove those first. Handling them took staff time worth ${formatValue(pounds, 'pounds')} in these data. ${notCompared}`,
    status: 'caution',
    evidence: 'find/failure-demand',
    next: contacts.next,
    from: contacts,
  };
}

/** What to look at stopping: of the findings about such work, the one that takes most pounds, or else hours, a year. */
export function drawWhatToStop(evidence: Evidence): Drawn {
  const { findings, rows } = findingRows(evidence, patterns);
  const row = largest(rows);
  if (findings && row)
    return {
      answer: isBrought(row)
        ? `Look first at what brings this work: ${String(row.title)} ${causes[String(row.pattern)]} ${sizeInWords(row)} ${notCompared}`
        : `Look first at whether this work could stop: ${String(row.title)} ${sizeInWords(row)} ${notCompared}`,
      status: 'caution',
      evidence: 'find/findings',
      next: row.question ? [`To confirm it: ${String(row.question)}`] : [],
      from: findings,
    };
  const contacts = fromContacts(evidence.find.find(({ id }) => id === 'failure-demand'));
  return (
    contacts ?? {
      answer: `Cannot tell: no finding is about work that exists only because something went wrong, or that changes nothing. ${notCompared}`,
      status: 'cannot-tell',
      evidence: null,
      next: ['Ask of each step whether anyone would miss it.'],
    }
  );
}

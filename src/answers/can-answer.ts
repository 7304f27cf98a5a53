import { countOf, listInWords, provenance, type Result, type Table } from '../core/index.ts';
import type { Charter } from '../define/index.ts';
import type { Question } from './answers.ts';
import { type DataFacts, questionNeeds } from './question-needs.ts';

/** What the check of the questions draws on. */
export interface CanAnswerInput {
  readonly charter: Charter;
  readonly questions: readonly Question[];
  /** The Results about the data: `defects` and `data-quality` among them. */
  readonly checks: readonly Result[];
  readonly data: Result;
}

const readCautions = 'nothing that data could add: read its cautions';

const mendFaults = 'nothing more: the faults named here stand in the way';

/** `later` is a question that this version does not take up: no data would change that. */
type Verdict = 'yes' | 'partly' | 'not' | 'later';

const verdictWords: Readonly<Record<Verdict, string>> = {
  yes: 'yes',
  partly: 'partly',
  not: 'not',
  later: 'not in this version',
};

/** A question with how far the data answer it, and what stands in the way. */
export interface Checked {
  readonly number: number;
  readonly question: string;
  readonly verdict: Verdict;
  readonly missing: readonly string[];
  readonly faults: readonly string[];
}

function rowsOf(checks: readonly Result[], id: string, table: string): Table['rows'] {
  const result = checks.find((candidate) => candidate.id === id);
  return result?.tables.find((candidate) => candidate.id === table)?.rows ?? [];
}

function factsOf({ charter, checks }: CanAnswerInput): DataFacts {
  const measures = rowsOf(checks, 'data-quality', 'measures').filter(
    ({ dimension }) => dimension === 'Complete',
  );
  return {
    charter,
    holds: (table, field) =>
      measures.some(
        (row) => row.table === table && (field === undefined || row.field === field) && Number(row.count) > 0,
      ),
  };
}

/** Faults common enough to make the figures doubtful that a question rests on. */
function faultsFor(checks: readonly Result[], touches: readonly string[]): readonly string[] {
  return rowsOf(checks, 'defects', 'defects')
    .filter(
      ({ doubtful, touches: own }) =>
        doubtful === true &&
        String(own)
          .split(' ')
          .some((touch) => touches.includes(touch)),
    )
    .map(({ defect }) => String(defect));
}

function check(question: Question, input: CanAnswerInput, facts: DataFacts): Checked {
  const {
    needs,
    touches,
    isLater = false,
  } = questionNeeds[question.number - 1] ?? { needs: [], touches: [] };
  const unmet = needs.filter(({ isMet }) => !isMet(facts)).map(({ words }) => words);
  const faults = faultsFor(input.checks, touches);
  const { status, next } = question.result;
  if (status === 'cannot-tell')
    return {
      number: question.number,
      question: question.question,
      verdict: isLater ? 'later' : 'not',
      // The answer itself says what is missing where no need of ours is.
      missing:
        unmet.length > 0
          ? unmet
          : next.length > 0
            ? next
            : [question.result.answer.replace(/^Cannot tell( yet)?: /, '')],
      faults,
    };
  const whole = unmet.length === 0 && faults.length === 0 && status === 'sound';
  return {
    number: question.number,
    question: question.question,
    verdict: whole ? 'yes' : 'partly',
    missing: whole || unmet.length + faults.length > 0 ? unmet : [readCautions],
    faults,
  };
}

/** What most questions that are not fully answered would need. */
function mostWanted(checked: readonly Checked[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { verdict, missing } of checked)
    for (const words of verdict === 'later' ? [] : missing)
      if (words !== readCautions) counts.set(words, (counts.get(words) ?? 0) + 1);
  const most = [...counts].filter(([, n]) => n > 1).sort((a, b) => b[1] - a[1])[0];
  return most ? [`What would help with most questions (${most[1]}): ${most[0]}.`] : [];
}

/** How far the data answer each of the fifteen questions, and what stands in the way. */
export function checkQuestions(input: CanAnswerInput): readonly Checked[] {
  const facts = factsOf(input);
  return input.questions.map((question) => check(question, input, facts));
}

/** What keeps a sound answer from being one in full: faults of the data, and what it needs that is not there. */
function shortfall({ missing, faults }: Checked): readonly string[] {
  return [
    ...faults.map(
      (fault) =>
        `A fault of the data touches this: ${fault.charAt(0).toLowerCase()}${fault.slice(1)}. See what is wrong with the data.`,
    ),
    ...(missing.length > 0 ? [`Answered in part: it would need ${listInWords(missing)}.`] : []),
  ];
}

function atMostCaution(result: Result, why: readonly string[]): Result {
  return result.status === 'sound'
    ? { ...result, status: 'caution', caveats: [...result.caveats, ...why] }
    : result;
}

/** The questions, none of them sound that the data answer only in part: home page and check say the same. */
export function heedChecks(questions: readonly Question[], checked: readonly Checked[]): readonly Question[] {
  return questions.map((question, i) => {
    const own = checked[i];
    return own?.verdict === 'partly'
      ? { ...question, result: atMostCaution(question.result, shortfall(own)) }
      : question;
  });
}

/** The Results of a verb, none of them sound that is the evidence of a question which the data answer only in part. */
export function heedInEvidence(
  verb: 'measure' | 'find',
  results: readonly Result[],
  questions: readonly Question[],
  checked: readonly Checked[],
): readonly Result[] {
  return results.map((result) => {
    const i = questions.findIndex(({ evidence }) => evidence === `${verb}/${result.id}`);
    const own = checked[i];
    return own?.verdict === 'partly' ? atMostCaution(result, shortfall(own)) : result;
  });
}

/** What stands in the way of a full answer, never nothing where one is not full; null where it is. */
function missingInWords({ verdict, missing, faults }: Checked): string | null {
  if (missing.length > 0) return missing.join('; ');
  return verdict !== 'yes' && faults.length > 0 ? mendFaults : null;
}

/** How many questions the data answer, out of those that this version takes up. */
function answerFor(count: (verdict: Verdict) => number): string {
  const later = count('later');
  const asked = count('yes') + count('partly') + count('not');
  const of = later === 0 ? countOf(asked, 'question') : `the ${asked} questions that this version answers`;
  const said = `Of ${of} these data answer ${count('yes')} in full and ${count('partly')} in part; ${count('not')} they cannot answer yet.`;
  if (later === 0) return said;
  return `${said} ${later === 1 ? 'The other one' : `The other ${later}`} this version does not answer, whatever the data.`;
}

/** Says of each of the fifteen questions whether the data answer it: yes, partly or not, and what is missing. */
export function canAnswer(input: CanAnswerInput): Result {
  const checked = checkQuestions(input);
  const count = (verdict: Verdict) => checked.filter((one) => one.verdict === verdict).length;
  const [yes, partly, not, later] = [count('yes'), count('partly'), count('not'), count('later')];
  const figure = (id: string, name: string, value: number) =>
    ({ id, name, value, unit: 'count', interval: null, period: null }) as const;
  const faulty = [
    ...new Set(checked.filter(({ verdict }) => verdict === 'partly').flatMap(({ faults }) => faults)),
  ];
  return {
    id: 'can-answer',
    question: 'Can these data answer your questions?',
    answer: answerFor(count),
    status: yes + partly === 0 ? 'cannot-tell' : yes === checked.length - later ? 'sound' : 'caution',
    figures: [
      figure('yes', 'Answered in full', yes),
      figure('partly', 'Answered in part', partly),
      figure('not', 'Not answered yet', not),
      ...(later > 0 ? [figure('later', 'Not in this version', later)] : []),
    ],
    tables: [
      {
        id: 'questions',
        title: 'The questions of the home page',
        columns: [
          { key: 'number', title: 'No.', type: 'count' },
          { key: 'question', title: 'Question', type: 'text' },
          { key: 'verdict', title: 'Answered', type: 'text' },
          { key: 'missing', title: 'What is missing', type: 'text' },
          { key: 'faults', title: 'Faults of the data that touch it', type: 'text' },
        ],
        rows: checked.map((one) => ({
          number: one.number,
          question: one.question,
          verdict: verdictWords[one.verdict],
          missing: missingInWords(one),
          faults: one.faults.length > 0 ? one.faults.join('; ') : null,
        })),
      },
    ],
    charts: [],
    caveats:
      faulty.length > 0
        ? [
            `${faulty.length === 1 ? 'A fault of the data makes' : 'Faults of the data make'} part of the answers doubtful: see what is wrong with the data.`,
          ]
        : [],
    next: mostWanted(checked),
    provenance: provenance({
      method:
        'A question is answered in full when its answer is sound, everything it needs is there and no fault of the data touches it.',
      charter: input.data.provenance.charter,
      sources: input.data.provenance.sources,
    }),
  };
}

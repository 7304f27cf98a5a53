/** An answer as a page shows it: the sentence that answers, and what follows it. */
export interface AnswerView {
  readonly lead: string;
  readonly rest: string;
  /** True where so much follows that a list of answers folds it away. */
  readonly isLong: boolean;
}

/** A full stop or mark with what closes after it, blanks, and no small letter: sentences here start with "2 of 5" too. */
const ends = /[.!?]["”’)]*\s+(?!\p{Ll})/gu;
/** About two lines beside the question. */
const fewCharacters = 200;

const count = (text: string, mark: string) => text.split(mark).length - 1;
/** True outside quotes and brackets: a title may be a question, or hold a full stop. */
function isWhole(text: string): boolean {
  return count(text, '"') % 2 === 0 && count(text, '(') <= count(text, ')');
}

/** Parts an answer after its first sentence, which is to answer by itself; `more` is said after it. */
export function viewAnswer(answer: string, more: readonly string[] = []): AnswerView {
  const whole = answer.trim();
  const starts = [...whole.matchAll(ends)].map(({ 0: mark, index }) => index + mark.length);
  const end = starts.find((at) => isWhole(whole.slice(0, at))) ?? whole.length;
  const rest = [whole.slice(end), ...more].join(' ').trim();
  return { lead: whole.slice(0, end).trim(), rest, isLong: rest.length > fewCharacters };
}

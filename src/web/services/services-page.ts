import type { Answers } from '../../answers/index.ts';
import type { Page } from '../page.ts';
import { viewAnswer } from '../result/answer-view.ts';
import { statusText } from '../result/result-view.ts';
import { type StatusText, texts } from '../texts.ts';

/** A workspace as the first page sees it: its answers, or null when it cannot be opened. */
export interface ShelfEntry {
  readonly id: string;
  readonly answers: Answers | null;
}

interface Card {
  readonly href: string;
  readonly title: string;
  readonly purpose: string | null;
  readonly question: string | null;
  readonly answer: string;
  readonly status: StatusText | null;
  readonly demonstration: boolean;
}

/** Productivity says most; where it cannot be told, effectiveness; and if neither can, that. */
const headlines = [2, 1];

function headline(answers: Answers) {
  const asked = headlines.flatMap((n) => answers.questions.find((question) => question.number === n) ?? []);
  return asked.find((question) => question.result.status !== 'cannot-tell') ?? asked.at(-1);
}

function viewCard({ id, answers }: ShelfEntry): Card {
  const href = `/${id}`;
  const broken = { href, title: id, purpose: null, question: null, status: null, demonstration: false };
  if (!answers) return { ...broken, answer: `${texts.services.broken} ${texts.services.brokenHint}` };
  const question = headline(answers);
  return {
    href,
    title: answers.title,
    purpose: answers.purpose,
    question: question?.question ?? null,
    answer: viewAnswer(question?.result.answer ?? '').lead,
    status: question ? statusText(question.result.status) : null,
    demonstration: answers.demonstration,
  };
}

/** The first page: every service this server holds, each with its headline. */
export function servicesPage(shelf: readonly ShelfEntry[]): Page {
  const cards = shelf.map(viewCard);
  return {
    template: 'services/services.njk',
    title: [texts.services.title],
    content: { cards },
    json: {
      services: cards.map((card, i) => ({ id: shelf[i]?.id, ...card, status: card.status?.word ?? null })),
    },
  };
}

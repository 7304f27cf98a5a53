import type { Answers, Question } from '../../answers/index.ts';
import { viewChecks } from '../checks/view-checks.ts';
import type { Page } from '../page.ts';
import { type AnswerView, viewAnswer } from '../result/answer-view.ts';
import { unnamedPeriod } from '../result/period-view.ts';
import { statusText } from '../result/result-view.ts';
import { type StatusText, texts } from '../texts.ts';

interface QuestionView {
  readonly number: number;
  readonly question: string;
  readonly answer: AnswerView;
  readonly status: StatusText;
  /** The period of its figures, where its words name none. */
  readonly period: string | null;
  readonly href: string | null;
  readonly next: readonly string[];
}

const nextStep = 8;
/** Which questions the data answer, and what is wrong with them. */
const checksShown = 2;

function viewQuestion(
  { question: asked, number, result, evidence }: Question,
  service: string,
): QuestionView {
  const isKnown = result.status !== 'cannot-tell';
  return {
    number,
    question: asked,
    answer: viewAnswer(result.answer, isKnown ? [] : result.next),
    status: statusText(result.status),
    period: isKnown ? unnamedPeriod(result) : null,
    href: evidence === null ? null : `/${service}/${evidence}`,
    next: result.next,
  };
}

/** The fifteen Monday questions: the next step first, then what can be answered, then what cannot yet. */
export function homePage(answers: Answers, service: string): Page {
  const views = answers.questions.map((question) => ({
    known: question.result.status !== 'cannot-tell',
    view: viewQuestion(question, service),
  }));
  const known = views.filter((entry) => entry.known).map((entry) => entry.view);
  return {
    template: 'home/home.njk',
    title: [texts.navigation.home, answers.title],
    content: {
      title: answers.title,
      purpose: answers.purpose,
      about: answers.about,
      next: known.find((view) => view.number === nextStep) ?? null,
      answered: known.filter((view) => view.number !== nextStep),
      checks: viewChecks(answers.checks, service).slice(0, checksShown),
      checksHref: `/${service}/checks`,
      unanswered: views.filter((entry) => !entry.known).map((entry) => entry.view),
    },
    json: {
      service: answers.service,
      title: answers.title,
      purpose: answers.purpose,
      about: answers.about,
      demonstration: answers.demonstration,
      fingerprint: answers.fingerprint,
      questions: answers.questions,
    },
    section: 'home',
  };
}

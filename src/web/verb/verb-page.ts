import { type Answers, type Caution, cautionBeside } from '../../answers/index.ts';
import type { Result } from '../../core/index.ts';
import type { Page } from '../page.ts';
import { type AnswerView, viewAnswer } from '../result/answer-view.ts';
import { type FigureView, viewFigure } from '../result/figure-view.ts';
import { statusText } from '../result/result-view.ts';
import { type StatusText, texts } from '../texts.ts';

const figuresShown = 3;

/** The verbs that give several Results each. */
export type Verb = 'measure' | 'find' | 'checks';

interface Entry {
  readonly question: string;
  readonly answer: AnswerView;
  readonly status: StatusText;
  readonly figures: readonly FigureView[];
  readonly href: string;
  /** What another Result says against the figure, and where it stands. */
  readonly caution: { readonly text: string; readonly href: string } | null;
}

function viewEntry(result: Result, path: string, caution: Caution | null): Entry {
  const service = path.split('/')[1] ?? '';
  return {
    question: result.question,
    answer: viewAnswer(result.answer),
    status: statusText(result.status),
    figures: result.figures
      .filter((figure) => figure.value !== null)
      .slice(0, figuresShown)
      .map((figure) => viewFigure(figure)),
    href: `${path}/${result.id}`,
    caution: caution && { text: caution.words, href: `/${service}/${caution.evidence}` },
  };
}

/** All the answers of a verb, each with its first figures and a link to the evidence. */
export function verbPage(answers: Answers, service: string, verb: Verb): Page {
  const results = answers[verb];
  return {
    template: 'verb/verb.njk',
    title: [texts.verbs[verb].title, answers.title],
    content: {
      verb: texts.verbs[verb],
      entries: results.map((result) =>
        viewEntry(
          result,
          `/${service}/${verb}`,
          verb === 'measure' ? cautionBeside(result.id, results) : null,
        ),
      ),
    },
    json: results,
    section: verb,
  };
}

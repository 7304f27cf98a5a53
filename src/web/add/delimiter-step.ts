import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { texts } from '../texts.ts';
import {
  type AddContext,
  type AddParams,
  type AddService,
  forDraft,
  formOf,
  goTo,
  sendAddPage,
} from './add-context.ts';
import type { Draft } from './drafts.ts';

const { delimiter: words } = texts.add;
const usual = [',', ';', 'tab', '|'] as const;

/** What was chosen on the page: a character, null for "find it", undefined where nothing usable was said. */
function delimiterIn(form: URLSearchParams): string | null | undefined {
  const chosen = form.get('delimiter');
  if (chosen === 'found') return null;
  if (chosen !== 'other') return usual.find((known) => known === chosen);
  // A blank typed on purpose is a delimiter too.
  const typed = form.get('delimiter-other') ?? '';
  return [...typed].length === 1 && !/["\r\n]/.test(typed) ? typed : undefined;
}

function sendDelimiter(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  error: string | null,
) {
  const { delimiter } = draft;
  const isOther = delimiter !== null && !usual.some((known) => known === delimiter);
  return sendAddPage(request, reply, context, service, {
    template: 'add/delimiter.njk',
    title: words.title,
    status: error === null ? 200 : 400,
    errors: error === null ? [] : [{ text: error, href: '#delimiter' }],
    content: {
      error,
      action: `${service.path}/${draft.id}/delimiter`,
      typed: isOther ? delimiter : '',
      items: [
        { value: 'found', text: words.found, checked: delimiter === null },
        ...usual.map((value) => ({ value, text: words.names[value], checked: delimiter === value })),
        { value: 'other', text: words.other, checked: isOther },
      ],
    },
  });
}

/** Saying what separates the values of a text file, where the file was split in the wrong places. */
export function addDelimiterStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add/:draft/delimiter';
  app.get<{ Params: AddParams }>(
    path,
    forDraft(context, (request, reply, service, draft) =>
      sendDelimiter(request, reply, context, service, draft, null),
    ),
  );
  app.post<{ Params: AddParams }>(
    path,
    forDraft(context, async (request, reply, service, draft) => {
      const delimiter = delimiterIn(formOf(request, context));
      if (delimiter === undefined)
        return sendDelimiter(request, reply, context, service, draft, words.missing);
      // Other columns come of it, so what was said of the old ones says nothing.
      if (delimiter !== draft.delimiter) service.drafts.update(draft.id, { delimiter, answers: null });
      return goTo(reply, `${service.path}/${draft.id}`);
    }),
  );
}

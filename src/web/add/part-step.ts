import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
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

const { part: words } = texts.add;

/** The parts of a file of which one must be chosen: sheets of a workbook, or types of objects of a log. */
interface Parts {
  readonly of: 'sheet' | 'objectType';
  readonly choices: readonly string[];
}

/** True for the two errors that say: the file holds several, say which. */
export function isPartQuestion(error: WellspentError): boolean {
  return error.code === 'SHEET_AMBIGUOUS' || error.code === 'OBJECT_TYPE_AMBIGUOUS';
}

/** What a file leaves to be chosen; null when there is nothing to choose. */
async function partsOf(context: AddContext, service: AddService, draft: Draft): Promise<Parts | null> {
  if (draft.as === null) return null;
  try {
    await context.previews.of(service, { ...draft, sheet: null, objectType: null }, draft.as);
    return null;
  } catch (error) {
    if (!(error instanceof WellspentError) || !isPartQuestion(error)) throw error;
    return { of: error.code === 'SHEET_AMBIGUOUS' ? 'sheet' : 'objectType', choices: error.choices };
  }
}

function sendParts(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  { of, choices }: Parts,
  isMissing: boolean,
) {
  const isSheet = of === 'sheet';
  const error = isMissing ? (isSheet ? words.sheetMissing : words.typeMissing) : null;
  return sendAddPage(request, reply, context, service, {
    template: 'add/part.njk',
    title: isSheet ? words.sheetTitle : words.typeTitle,
    status: error === null ? 200 : 400,
    errors: error === null ? [] : [{ text: error, href: '#part' }],
    content: {
      hint: isSheet ? words.sheetHint : words.typeHint,
      error,
      action: `${service.path}/${draft.id}/part`,
      items: choices.map((choice, index) => ({
        value: String(index),
        text: choice,
        checked: draft[of] === choice,
      })),
    },
  });
}

/** Saying which sheet of a workbook, or which type of object of a log, is to be read. */
export function addPartStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add/:draft/part';
  const step = (isSent: boolean) =>
    forDraft(context, async (request, reply, service, draft) => {
      const chosen = isSent ? formOf(request, context).get('part') : null;
      const parts = await partsOf(context, service, draft);
      if (!parts) return goTo(reply, `${service.path}/${draft.id}`);
      const choice = /^\d{1,4}$/.test(chosen ?? '') ? parts.choices[Number(chosen)] : undefined;
      if (choice === undefined) return sendParts(request, reply, context, service, draft, parts, isSent);
      if (choice !== draft[parts.of]) service.drafts.update(draft.id, { [parts.of]: choice, answers: null });
      return goTo(reply, `${service.path}/${draft.id}`);
    });
  app.get<{ Params: AddParams }>(path, step(false));
  app.post<{ Params: AddParams }>(path, step(true));
}

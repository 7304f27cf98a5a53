import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExtractKind, extractKinds } from '../../define/index.ts';
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

/** A table that an extract can fill; null for any other text. */
function kindOf(text: string | null): ExtractKind | null {
  return extractKinds.find((kind) => kind === text) ?? null;
}

function sendTables(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  error: string | null,
) {
  const { table, tables } = texts.add;
  return sendAddPage(request, reply, context, service, {
    template: 'add/table.njk',
    title: table.title,
    status: error === null ? 200 : 400,
    errors: error === null ? [] : [{ text: error, href: '#as' }],
    content: {
      hint: table.hint(draft.name),
      error,
      items: extractKinds.map((kind) => ({
        value: kind,
        text: tables[kind].label,
        hint: { text: tables[kind].hint },
        checked: draft.as === kind,
      })),
    },
  });
}

/** Saying what each row holds, which decides the table that the file fills. */
export function addTableStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add/:draft/table';
  app.get<{ Params: AddParams }>(
    path,
    forDraft(context, (request, reply, service, draft) =>
      sendTables(request, reply, context, service, draft, null),
    ),
  );
  app.post<{ Params: AddParams }>(
    path,
    forDraft(context, async (request, reply, service, draft) => {
      const as = kindOf(formOf(request, context).get('as'));
      if (as === null) return sendTables(request, reply, context, service, draft, texts.add.table.missing);
      if (as !== draft.as) service.drafts.update(draft.id, { as, answers: null });
      return goTo(reply, `${service.path}/${draft.id}`);
    }),
  );
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dateLabel } from '../../core/index.ts';
import { draftOption, keepOption, optionDrafts, removeOption } from '../../find/index.ts';
import { sendNotFound } from '../errors/error-pages.ts';
import { takeForms } from '../security/form-scope.ts';
import { allowForms } from '../security/headers.ts';
import { type RecordsContext, type ServiceRecords, serviceRecords } from '../services/service-records.ts';
import { texts } from '../texts.ts';
import { findingsOf, viewOption } from './options-view.ts';

interface Params {
  readonly service: string;
  readonly id: string;
}

type OptionsRequest = FastifyRequest<{ Params: Params }>;

async function send(
  reply: FastifyReply,
  request: OptionsRequest,
  { open, path }: ServiceRecords,
  template: string,
  content: Readonly<Record<string, unknown>> & { readonly heading: string },
): Promise<FastifyReply> {
  const { answers } = open;
  allowForms(reply);
  const html = await request.server.view(template, {
    ...content,
    path,
    page: { template, title: [content.heading, answers.title], section: 'options' },
    service: { id: open.id, title: answers.title, demonstration: answers.demonstration },
  });
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
}

/** The page of drafts of options, and the page on which a finding is made one. */
export async function addOptionsPages(app: FastifyInstance, context: RecordsContext): Promise<void> {
  const { token, clock } = context;
  const at =
    (
      step: (request: OptionsRequest, reply: FastifyReply, service: ServiceRecords) => Promise<FastifyReply>,
    ) =>
    async (request: OptionsRequest, reply: FastifyReply) => {
      const service = await serviceRecords(context, request.params.service, 'options');
      return service ? step(request, reply, service) : sendNotFound(request, reply);
    };
  const checked = (request: OptionsRequest) =>
    token.check(request.body instanceof URLSearchParams ? request.body.get('token') : null);
  const back = (reply: FastifyReply, { path }: ServiceRecords) =>
    reply.header('cache-control', 'no-store').redirect(path, 303);
  const draftOf = ({ open }: ServiceRecords, finding: string) =>
    draftOption(findingsOf(open.answers), finding, clock());

  await takeForms(app, async (scope) => {
    scope.get<{ Params: Params }>(
      '/:service/options',
      at(async (request, reply, service) => {
        const findings = findingsOf(service.open.answers);
        const drafts = (await optionDrafts(service.records)).map((draft) => ({
          ...viewOption(draft, findings, service.open.id),
          day: dateLabel(draft.taken.slice(0, 10)),
        }));
        const heading = texts.options.title;
        return send(reply, request, service, 'options/options.njk', { heading, drafts, token: token.value });
      }),
    );
    scope.get<{ Params: Params }>(
      '/:service/options/new/:id',
      at(async (request, reply, service) => {
        const draft = draftOf(service, request.params.id);
        if (!draft) return sendNotFound(request, reply);
        const kept = (await optionDrafts(service.records)).find(({ id }) => id === draft.id);
        return send(reply, request, service, 'options/new-option.njk', {
          heading: texts.options.newTitle,
          draft: viewOption(draft, findingsOf(service.open.answers), service.open.id),
          finding: request.params.id,
          earlier: kept ? dateLabel(kept.taken.slice(0, 10)) : null,
          token: token.value,
        });
      }),
    );
    scope.post<{ Params: Params }>(
      '/:service/options/new/:id',
      at(async (request, reply, service) => {
        checked(request);
        const draft = draftOf(service, request.params.id);
        if (!draft) return sendNotFound(request, reply);
        await keepOption(service.records, draft);
        return back(reply, service);
      }),
    );
    scope.post<{ Params: Params }>(
      '/:service/options/:id/delete',
      at(async (request, reply, service) => {
        checked(request);
        await removeOption(service.records, request.params.id);
        return back(reply, service);
      }),
    );
  });
}

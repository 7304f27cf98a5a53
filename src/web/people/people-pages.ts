import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import { findingsToReview, readSaid } from '../../find/index.ts';
import { responses, type StaffReport, verdictsOn } from '../../stores/index.ts';
import { sendNotFound } from '../errors/error-pages.ts';
import { notAsked } from '../layout/check-asked.ts';
import { takeForms } from '../security/form-scope.ts';
import { allowForms } from '../security/headers.ts';
import { type RecordsContext, type ServiceRecords, serviceRecords } from '../services/service-records.ts';
import { texts } from '../texts.ts';
import { dropReport, keepReport, keepVerdict, reportOf } from './people-forms.ts';
import { viewReports } from './people-view.ts';

interface Params {
  readonly service: string;
  readonly id: string;
}

/** The report to change, and the finding that stands open. */
interface Asked {
  readonly edit?: string;
  readonly finding?: string;
}

type PeopleRequest = FastifyRequest<{ Params: Params; Querystring: Asked }>;

const choices = (values: readonly string[]) => [
  { value: '', text: texts.people.choose },
  ...values.map((value) => ({ value, text: value })),
];

const coded = new Set(['RECORD_INVALID', 'PERSONAL_DATA_SUSPECTED']);

async function send(
  request: PeopleRequest,
  reply: FastifyReply,
  context: RecordsContext,
  service: ServiceRecords,
  error: WellspentError | null,
  filled: Partial<StaffReport> = {},
): Promise<FastifyReply> {
  const { open, records, path } = service;
  const { answers } = open;
  const said = await readSaid(records);
  const findings = findingsToReview(answers.find);
  const { edit, finding: opened } = request.query;
  const editing = said.reports.find(({ id }) => id === edit);
  if (edit !== undefined && !editing && request.method === 'GET')
    throw notAsked('There is no report of that name to change.', `?edit=${edit}`, 'the link beside a report');
  const form = editing ?? filled;
  allowForms(reply);
  const html = await request.server.view('people/people.njk', {
    heading: texts.people.title,
    errors: error ? [{ text: error.message, href: '#what' }] : [],
    token: context.token.value,
    path,
    editing: editing?.id ?? null,
    values: { ...form, times: form.howOften?.times, per: form.howOften?.per ?? 'week' },
    perItems: Object.entries(texts.people.per).map(([value, text]) => ({ value, text })),
    reports: viewReports(said, findings, context.clock()),
    findings: findings.map((finding) => ({
      ...finding,
      isOpen: finding.id === opened,
      said: said.dispositions.find((disposition) => disposition.finding === finding.id) ?? null,
      verdictItems: choices(verdictsOn(finding.isWorkaround)),
    })),
    responseItems: choices(responses),
    page: {
      template: 'people/people.njk',
      title: [texts.people.title, answers.title],
      section: 'people',
    },
    service: { id: open.id, title: answers.title, demonstration: answers.demonstration },
  });
  return reply
    .code(error ? 400 : 200)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** The page on which the people who do the work say how it is really done, and what findings are. */
export async function addPeoplePages(app: FastifyInstance, context: RecordsContext): Promise<void> {
  const at =
    (step: (request: PeopleRequest, reply: FastifyReply, service: ServiceRecords) => Promise<FastifyReply>) =>
    async (request: PeopleRequest, reply: FastifyReply) => {
      const service = await serviceRecords(context, request.params.service, 'people');
      return service ? step(request, reply, service) : sendNotFound(request, reply);
    };
  const formOf = (request: PeopleRequest): URLSearchParams => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    context.token.check(form.get('token'));
    return form;
  };
  const back = (reply: FastifyReply, { open, path }: ServiceRecords) => {
    context.shelf.refresh(open.id);
    return reply.header('cache-control', 'no-store').redirect(path, 303);
  };
  /** Does what a form asks; what is refused is said on the page, with what was written still there. */
  const changing = (
    work: (request: PeopleRequest, service: ServiceRecords, form: URLSearchParams) => Promise<void>,
  ) =>
    at(async (request, reply, service) => {
      const form = formOf(request);
      try {
        await work(request, service, form);
      } catch (error) {
        if (!(error instanceof WellspentError) || !coded.has(error.code)) throw error;
        return send(request, reply, context, service, error, {
          what: form.get('what') ?? '',
          why: form.get('why'),
          step: form.get('step'),
          team: form.get('team'),
        });
      }
      return back(reply, service);
    });
  await takeForms(app, async (scope) => {
    scope.get<{ Params: Params; Querystring: Asked }>(
      '/:service/people',
      { config: { asks: { edit: null, finding: null } } },
      at((request, reply, service) => send(request, reply, context, service, null)),
    );
    scope.post<{ Params: Params; Querystring: Asked }>(
      '/:service/people',
      changing(async (_request, { records }, form) => {
        const { reports } = await readSaid(records);
        const earlier = reports.find(({ id }) => id === form.get('report'));
        await keepReport(records, reportOf(form, context.clock()), earlier);
      }),
    );
    scope.post<{ Params: Params; Querystring: Asked }>(
      '/:service/people/reports/:id/delete',
      changing(async (request, { records }) => dropReport(records, request.params.id)),
    );
    scope.post<{ Params: Params; Querystring: Asked }>(
      '/:service/people/findings/:id',
      at(async (request, reply, service) => {
        const finding = findingsToReview(service.open.answers.find).find(
          ({ id }) => id === request.params.id,
        );
        if (!finding) return sendNotFound(request, reply);
        return changing((_request, own, form) =>
          keepVerdict(own.records, own.open.answers.service, finding, form, context.clock()),
        )(request, reply);
      }),
    );
  });
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoadedCharter } from '../../define/index.ts';
import { workspaceContents } from '../../ingest/index.ts';
import { sendNotFound } from '../errors/error-pages.ts';
import type { Crumb, PageService } from '../page.ts';
import type { FormToken } from '../security/form-guard.ts';
import { allowForms } from '../security/headers.ts';
import type { Shelf, WorkspacePlace } from '../shelf.ts';
import { texts } from '../texts.ts';
import { type Draft, type Drafts, draftsOf } from './drafts.ts';
import { type Jobs, newJobs } from './jobs.ts';
import { type KeptPreviews, keptPreviews } from './kept-previews.ts';
import { uploadLimit } from './receive-upload.ts';

/** What the pages that add data share. */
export interface AddContext {
  readonly shelf: Shelf;
  readonly places: readonly WorkspacePlace[];
  readonly drafts: ReadonlyMap<string, Drafts>;
  readonly jobs: Jobs;
  readonly previews: KeptPreviews;
  readonly token: FormToken;
  readonly clock: () => Date;
  readonly uploadBytes: number;
}

/** The service that an address names, without its answers: those may not be there before the first data are. */
export interface AddService {
  readonly id: string;
  readonly dir: string;
  readonly loaded: LoadedCharter;
  readonly sources: ReturnType<typeof workspaceContents>['sources'];
  readonly drafts: Drafts;
  readonly page: PageService;
  /** Address of the first page of adding data. */
  readonly path: string;
}

/** The named parts of the addresses of these pages. */
export interface AddParams {
  readonly service: string;
  readonly draft: string;
}

/** Sets up what the pages share, and clears away what earlier servers left half received. */
export function newAddContext(
  shelf: Shelf,
  places: readonly WorkspacePlace[],
  token: FormToken,
  clock: () => Date,
  uploadBytes = uploadLimit,
): AddContext {
  const drafts = new Map(places.map(({ id, dir }) => [id, draftsOf(dir, clock)]));
  for (const own of drafts.values()) own.sweep(clock());
  return { shelf, places, drafts, jobs: newJobs(clock), previews: keptPreviews(), token, clock, uploadBytes };
}

/** Finds the service of an address; undefined for an unknown one. */
function serviceAt({ places, drafts }: AddContext, id: string): AddService | undefined {
  const place = places.find((candidate) => candidate.id === id);
  const own = drafts.get(id);
  if (!place || !own) return undefined;
  const { loaded, sources } = workspaceContents(place.dir);
  const { title, demonstration = false } = loaded.charter;
  const page = { id, title, demonstration };
  return { id, dir: place.dir, loaded, sources, drafts: own, page, path: `/${id}/data/add` };
}

/** One error of a form: what is wrong, and the part of the page that mends it. */
export interface FormError {
  readonly text: string;
  readonly href: string;
}

/** A page of these steps: its template with what fills it, and the errors of its form. */
export interface AddPage {
  readonly template: string;
  readonly title: string;
  readonly content: object;
  readonly errors?: readonly FormError[];
  /** True on the first page, which has the data page above it; the others have the first page above them too. */
  readonly isFirst?: boolean;
  readonly status?: number;
}

/** Sends a page that may send forms; its title says when there are errors. */
export async function sendAddPage(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  page: AddPage,
): Promise<FastifyReply> {
  const { errors = [] } = page;
  const crumbs: readonly Crumb[] = [
    { text: service.page.title, href: `/${service.id}` },
    { text: texts.navigation.data, href: `/${service.id}/data` },
    ...(page.isFirst ? [] : [{ text: texts.add.title, href: service.path }]),
  ];
  const title = errors.length > 0 ? texts.add.errorTitle(page.title) : page.title;
  allowForms(reply);
  const html = await request.server.view(page.template, {
    ...page.content,
    errors,
    heading: page.title,
    token: context.token.value,
    path: service.path,
    page: {
      template: page.template,
      title: [title, texts.navigation.data, service.page.title],
      section: 'data',
      crumbs,
    },
    service: service.page,
  });
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Goes on to another page of these steps. */
export function goTo(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(path, 303);
}

type Step = (
  request: FastifyRequest<{ Params: AddParams }>,
  reply: FastifyReply,
  service: AddService,
) => Promise<FastifyReply>;
type DraftStep = (
  request: FastifyRequest<{ Params: AddParams }>,
  reply: FastifyReply,
  service: AddService,
  draft: Draft,
) => Promise<FastifyReply>;

/** A handler for an address of a service; an unknown one is not found. */
export function forService(context: AddContext, step: Step) {
  return async (request: FastifyRequest<{ Params: AddParams }>, reply: FastifyReply) => {
    const service = serviceAt(context, request.params.service);
    return service ? step(request, reply, service) : sendNotFound(request, reply);
  };
}

/** A handler for an address of a file on its way in; one that is gone leads to how its import ended, or to the start. */
export function forDraft(context: AddContext, step: DraftStep) {
  return forService(context, async (request, reply, service) => {
    const { draft: id } = request.params;
    const draft = service.drafts.find(id);
    if (draft) return step(request, reply, service, draft);
    if (context.jobs.find(service.id, id)) return goTo(reply, `${service.path}/${id}/progress`);
    return sendNotFound(request, reply);
  });
}

/** The content of a form that came from a page of this server; anything else is refused. */
export function formOf(request: FastifyRequest, { token }: AddContext): URLSearchParams {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  token.check(form.get('token'));
  return form;
}

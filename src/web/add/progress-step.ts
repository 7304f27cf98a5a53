import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import { sendNotFound, withoutMessage } from '../errors/error-pages.ts';
import { texts } from '../texts.ts';
import {
  type AddContext,
  type AddParams,
  type AddService,
  formOf,
  forService,
  goTo,
  sendAddPage,
} from './add-context.ts';
import type { Draft } from './drafts.ts';
import type { Job } from './jobs.ts';
import { viewFailure, viewProgress, viewReport, wasThere } from './progress-view.ts';

const { progress: words, outcome } = texts.add;
const refreshSeconds = '2';

function sendRunning(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  job: Job,
) {
  if (job.state.kind !== 'running') throw new Error('the job has ended');
  const isStill = new URL(request.url, 'http://localhost').searchParams.has('still');
  // A header rather than a tag: it is the same for a browser and can be left out at the reader's wish.
  if (!isStill) reply.header('refresh', refreshSeconds);
  const view = viewProgress(job, job.state, context.clock());
  return sendAddPage(request, reply, context, service, {
    template: 'add/progress.njk',
    title: words.titles[job.isTrial ? 'trial' : 'import'](job.name),
    content: { ...view, isStill, action: `${service.path}/${job.draft}` },
  });
}

function endedTitle(job: Job): string {
  const { state, isTrial, name } = job;
  if (state.kind === 'stopped') return outcome.stopped(name);
  if (state.kind !== 'ended') return outcome.failed(name);
  if (wasThere(state.report)) return outcome.alreadyIn(name);
  return isTrial ? outcome.tried(name) : outcome.done(name);
}

function sendEnded(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  job: Job,
  draft: Draft | undefined,
) {
  const { state, isTrial, name } = job;
  const title = endedTitle(job);
  const report = state.kind === 'ended' ? state.report : null;
  const isThere = report !== null && wasThere(report);
  if (state.kind === 'failed' && !(state.error instanceof WellspentError))
    request.log.error(withoutMessage(state.error));
  return sendAddPage(request, reply, context, service, {
    template: 'add/outcome.njk',
    title,
    errors: state.kind === 'failed' ? [{ text: title, href: '#what' }] : [],
    content: {
      kind: state.kind,
      isTrial,
      isThere,
      report: report && viewReport(report, service.id, job.timezone),
      faults: state.kind === 'failed' ? viewFailure(state.error, draft ?? { file: name, name }) : [],
      action: draft ? `${service.path}/${draft.id}` : null,
      canBringIn: draft !== undefined && !isThere,
    },
  });
}

/** How far a file is, and what became of it; and stopping it. */
export function addProgressStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add/:draft';
  app.get<{ Params: AddParams }>(
    `${path}/progress`,
    { config: { asks: { still: [''] } } },
    forService(context, async (request, reply, service) => {
      const { draft: id } = request.params;
      const job = context.jobs.find(service.id, id);
      const draft = service.drafts.find(id);
      if (job?.state.kind === 'running') return sendRunning(request, reply, context, service, job);
      if (job) return sendEnded(request, reply, context, service, job, draft);
      // The server was started again since: the file and the answers are kept, how far it was is not.
      return draft ? goTo(reply, `${service.path}/${id}`) : sendNotFound(request, reply);
    }),
  );

  app.post<{ Params: AddParams }>(
    `${path}/stop`,
    forService(context, async (request, reply, service) => {
      formOf(request, context);
      const { draft: id } = request.params;
      const job = context.jobs.find(service.id, id);
      if (!job) return sendNotFound(request, reply);
      job.stop();
      // What was begun is cleared away first, so that the next page says how it ended.
      if (job.state.kind === 'running' && job.state.phase !== 'answering') await job.ended;
      return goTo(reply, `${service.path}/${id}/progress`);
    }),
  );
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, WellspentError, WellspentFaults } from '../../core/index.ts';
import { texts } from '../texts.ts';

interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly where: string | null;
  readonly found: string | null;
  readonly hint: string | null;
}

/** What a page of trouble says; `faults` are listed with their remedies. */
export interface Trouble {
  readonly status: number;
  readonly code: ErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly faults?: readonly Fault[];
}

function wantsJson(request: FastifyRequest): boolean {
  return /\.json(\?|$)/.test(request.url);
}

/** Sends trouble as a page, or as problem details (RFC 9457) where JSON was asked for. */
export async function sendTrouble(request: FastifyRequest, reply: FastifyReply, trouble: Trouble) {
  const { status, title, detail, code, faults } = trouble;
  reply.code(status).header('cache-control', 'no-store');
  if (wantsJson(request)) {
    reply.type('application/problem+json; charset=utf-8');
    return reply.send(
      JSON.stringify({ type: 'about:blank', title, status, detail, code, ...(faults && { faults }) }),
    );
  }
  const html = await request.server.view('errors/error.njk', {
    page: { title: [title] },
    service: null,
    trouble,
  });
  return reply.type('text/html; charset=utf-8').send(html);
}

/** 404 in plain English. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply) {
  return sendTrouble(request, reply, {
    status: 404,
    code: 'PAGE_NOT_FOUND',
    title: texts.errors.notFoundTitle,
    detail: texts.errors.notFound,
  });
}

/** 421: the request was addressed to another name than this computer's. */
export function sendMisdirected(request: FastifyRequest, reply: FastifyReply) {
  return sendTrouble(request, reply, {
    status: 421,
    code: 'HOST_NOT_LOOPBACK',
    title: texts.errors.hostTitle,
    detail: texts.errors.host,
  });
}

function viewFault(error: WellspentError): Fault {
  const { file, line } = error.where ?? {};
  const where = file === undefined ? null : line === undefined ? file : `${file}:${line}`;
  return {
    code: error.code,
    message: error.message,
    where,
    found: error.found ?? null,
    hint: error.hint ?? null,
  };
}

const faultsOf = (error: WellspentError) => (error instanceof WellspentFaults ? error.faults : [error]);

function sendBroken(request: FastifyRequest, reply: FastifyReply, error: WellspentError) {
  return sendTrouble(request, reply, {
    status: 503,
    code: error.code,
    title: texts.errors.brokenTitle,
    detail: texts.errors.broken,
    faults: faultsOf(error).map(viewFault),
  });
}

/** An error's kind and frames: its message may quote a row, and logs hold no case data. */
export function withoutMessage(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, frames: frames.map((line) => line.trim()) };
}

/** Answers unknown addresses and errors; what we did not foresee is logged and never shown. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler(sendNotFound);
  app.setErrorHandler(async (error: unknown, request, reply) => {
    if (error instanceof WellspentError && error.code === 'ADDRESS_NOT_UNDERSTOOD')
      return sendTrouble(request, reply, {
        status: 404,
        code: error.code,
        title: texts.errors.notFoundTitle,
        detail: texts.errors.notAsked,
        faults: faultsOf(error).map(viewFault),
      });
    if (error instanceof WellspentError) return sendBroken(request, reply, error);
    const status = (error as { statusCode?: number }).statusCode;
    if (status !== undefined && status >= 400 && status < 500) return sendNotFound(request, reply);
    request.log.error(withoutMessage(error));
    return sendTrouble(request, reply, {
      status: 500,
      code: 'INTERNAL',
      title: texts.errors.troubleTitle,
      detail: texts.errors.trouble,
    });
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import { sendTrouble, type Trouble } from '../errors/error-pages.ts';
import { type Asks, checkAsked } from '../layout/check-asked.ts';
import { texts } from '../texts.ts';
import { refuseForeignForms } from './form-guard.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the address of a page may ask after its question mark. */
    asks?: Asks;
  }
}

const formBytes = 1_000_000;
const { refused } = texts.add;

/** What a form that was refused is told; undefined for other errors, which are answered as everywhere. */
function refusal(error: unknown): Trouble | undefined {
  const code = error instanceof WellspentError ? error.code : null;
  if (code === 'FORM_FROM_ELSEWHERE')
    return { status: 403, code, title: refused.elsewhereTitle, detail: refused.elsewhere };
  if (code === 'FORM_OUT_OF_DATE')
    return { status: 403, code, title: refused.staleTitle, detail: refused.stale };
  const status = (error as { statusCode?: number }).statusCode;
  if (code !== null || status === undefined || status < 400 || status >= 500) return undefined;
  return { status, code: 'UPLOAD_BROKEN', title: refused.badTitle, detail: refused.bad };
}

/** A part of the server that takes forms: only those of its own pages, and in plain words where one is refused. */
export async function takeForms(
  app: FastifyInstance,
  pages: (scope: FastifyInstance) => Promise<void>,
): Promise<void> {
  await app.register(async (scope) => {
    refuseForeignForms(scope);
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: formBytes },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.setErrorHandler(async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const trouble = refusal(error);
      if (trouble) return sendTrouble(request, reply, trouble);
      throw error;
    });
    // A page of a form is asked for nothing but what its route names.
    scope.addHook('preHandler', async (request) => {
      if (request.method === 'GET') checkAsked(request.query, request.routeOptions.config.asks ?? {});
    });
    await pages(scope);
  });
}

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import { sendTrouble, type Trouble } from '../errors/error-pages.ts';
import { refuseForeignForms } from '../security/form-guard.ts';
import { texts } from '../texts.ts';
import type { AddContext } from './add-context.ts';
import { addChooseStep } from './choose-step.ts';
import { addMappingStep } from './mapping-step.ts';
import { addPartStep } from './part-step.ts';
import { addProgressStep } from './progress-step.ts';
import { addTableStep } from './table-step.ts';

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

/**
 * The pages that add data: the only ones that take forms. A form is taken only from a page of this server, made
 * since it started, at this computer's own address.
 */
export async function addDataPages(app: FastifyInstance, context: AddContext): Promise<void> {
  await app.register(async (scope) => {
    refuseForeignForms(scope);
    await scope.register(multipart, { throwFileSizeLimit: false });
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
    addChooseStep(scope, context);
    addTableStep(scope, context);
    addPartStep(scope, context);
    addMappingStep(scope, context);
    addProgressStep(scope, context);
    scope.addHook('onClose', () => context.jobs.close());
  });
}

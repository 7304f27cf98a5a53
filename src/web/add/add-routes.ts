import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { takeForms } from '../security/form-scope.ts';
import type { AddContext } from './add-context.ts';
import { addChooseStep } from './choose-step.ts';
import { addDelimiterStep } from './delimiter-step.ts';
import { addMappingStep } from './mapping-step.ts';
import { addPartStep } from './part-step.ts';
import { addProgressStep } from './progress-step.ts';
import { addTableStep } from './table-step.ts';

/**
 * The pages that add data. A form is taken only from a page of this server, made since it started, at this
 * computer's own address.
 */
export async function addDataPages(app: FastifyInstance, context: AddContext): Promise<void> {
  await takeForms(app, async (scope) => {
    await scope.register(multipart, { throwFileSizeLimit: false });
    addChooseStep(scope, context);
    addTableStep(scope, context);
    addPartStep(scope, context);
    addDelimiterStep(scope, context);
    addMappingStep(scope, context);
    addProgressStep(scope, context);
    scope.addHook('onClose', () => context.jobs.close());
  });
}

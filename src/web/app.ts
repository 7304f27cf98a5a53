import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { type Answers, prepareAnswers } from '../answers/index.ts';
import { type CalcMethod, calcMethods } from '../calc/index.ts';
import { WellspentError } from '../core/index.ts';
import { newAddContext } from './add/add-context.ts';
import { addDataPages } from './add/add-routes.ts';
import { addRejects } from './add/rejects-csv.ts';
import { answerErrors, sendNotFound } from './errors/error-pages.ts';
import { useAssets } from './layout/assets.ts';
import { pageAdder } from './layout/serve-page.ts';
import { useViews } from './layout/views.ts';
import { addHealth } from './observe/health.ts';
import { logRequests } from './observe/log.ts';
import { countRequests } from './observe/metrics.ts';
import { addOptionsPages } from './options/options-pages.ts';
import { addPeoplePages } from './people/people-pages.ts';
import { addCharterAndData, addHome, addMethods, addServices, addVerb } from './routes.ts';
import { addRowsPages } from './rows/rows-pages.ts';
import { newFormToken } from './security/form-guard.ts';
import { useSecurityHeaders } from './security/headers.ts';
import { guardHost } from './security/host-guard.ts';
import { makeShelf, type WorkspacePlace } from './shelf.ts';

/** What the server shows and what it is built from; all but `workspaces` have the product's own defaults. */
export interface AppOptions {
  readonly workspaces: readonly WorkspacePlace[];
  readonly clock?: () => Date;
  /** A pino configuration, or false (the default) for silence. */
  readonly logger?: FastifyServerOptions['logger'];
  readonly answersFor?: (dir: string) => Promise<Answers>;
  readonly methods?: readonly CalcMethod[];
  /** Bytes that a file sent through the pages may have; 2 GB by default. */
  readonly uploadBytes?: number;
}

const taken = new Set(['assets', 'health', 'index', 'info', 'methods', 'metrics', 'ping']);

function checkNames(workspaces: readonly WorkspacePlace[]): void {
  const seen = new Set(taken);
  for (const { id, dir } of workspaces) {
    if (/^[a-z0-9][a-z0-9_-]*$/i.test(id) && !seen.has(id)) {
      seen.add(id);
      continue;
    }
    throw new WellspentError('WORKSPACE_NAME_UNUSABLE', `No page can stand under the name "${id}".`, {
      where: { file: dir },
      found: id,
      hint: 'rename the folder: letters, digits and hyphens, and a name no other service has',
    });
  }
}

/** Builds the server: several services on one shelf, every page with its JSON twin, no script anywhere. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  checkNames(options.workspaces);
  const { answersFor = prepareAnswers, methods = calcMethods } = options;
  const clock = options.clock ?? (() => new Date());
  const shelf = makeShelf(options.workspaces, (dir) => answersFor(dir));
  const app = fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    // Ids of figures may hold the name of a step or a team.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
    frameworkErrors: (_error, request, reply) => void sendNotFound(request, reply),
  });

  await useSecurityHeaders(app);
  const styleVersion = await useViews(app);
  await useAssets(app);
  guardHost(app);
  logRequests(app);
  countRequests(app);
  answerErrors(app);

  const add = pageAdder(app, styleVersion);
  addServices(add, shelf);
  addHome(add, shelf);
  addCharterAndData(app, add, shelf, styleVersion);
  addVerb(app, add, shelf, styleVersion, 'measure');
  addVerb(app, add, shelf, styleVersion, 'find');
  addVerb(app, add, shelf, styleVersion, 'checks');
  addRowsPages(app, add, shelf, options.workspaces);
  addMethods(add, methods);
  addRejects(app, options.workspaces);
  const token = newFormToken();
  await addDataPages(app, newAddContext(shelf, options.workspaces, token, clock, options.uploadBytes));
  const forms = { shelf, places: options.workspaces, token, clock };
  await addPeoplePages(app, forms);
  await addOptionsPages(app, forms);
  addHealth(app, shelf, clock);
  return app;
}

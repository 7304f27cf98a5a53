import type { FastifyInstance } from 'fastify';
import { type Answers, cellPlaces, figureAt } from '../answers/index.ts';
import type { CalcMethod } from '../calc/index.ts';
import { codeVersion, type Result, sha256Hex } from '../core/index.ts';
import { tableToCsv, usualChoice } from '../publish/index.ts';
import { dataLinks } from './add/data-links.ts';
import { withChecks } from './checks/with-checks.ts';
import { compareAsks, viewComparison } from './compare/compare-view.ts';
import { sendNotFound } from './errors/error-pages.ts';
import { homePage } from './home/home-page.ts';
import { checkAsked } from './layout/check-asked.ts';
import { type AddPage, type Params, queryOf, sendFromEdition } from './layout/serve-page.ts';
import { methodPage, methodsPage } from './methods/method-pages.ts';
import type { Crumb, PageService, Query, Section } from './page.ts';
import { mapAsks, mapChoiceOf, queryOfChoice } from './result/map-view.ts';
import { type ResultPlace, resultPage, tablePage } from './result/result-pages.ts';
import { rowsPath } from './rows/rows-view.ts';
import { servicesPage } from './services/services-page.ts';
import type { Edition, OpenService, Shelf } from './shelf.ts';
import { texts } from './texts.ts';
import { type Verb, verbPage } from './verb/verb-page.ts';

function serviceOf({ id, answers }: OpenService): PageService {
  return { id, title: answers.title, demonstration: answers.demonstration };
}

/** The first page, from what can be opened; a broken workspace has its card too. */
export function addServices(add: AddPage, shelf: Shelf): void {
  const editions = new Map<string, Edition>();
  add('/', async () => {
    const opened = await Promise.allSettled(shelf.ids.map((id) => shelf.open(id)));
    const entries = shelf.ids.map((id, i) => {
      const open = opened[i];
      return { id, answers: open?.status === 'fulfilled' ? (open.value?.answers ?? null) : null };
    });
    const fingerprint = sha256Hex(
      `${codeVersion()} ${entries.map((entry) => entry.answers?.fingerprint ?? 'broken').join(' ')}`,
    ).slice(0, 32);
    const edition = editions.get(fingerprint) ?? { fingerprint, written: new Map<string, string>() };
    editions.clear();
    editions.set(fingerprint, edition);
    return { edition, service: null, make: () => servicesPage(entries) };
  });
}

/** The methods, which belong to no service. */
export function addMethods(add: AddPage, methods: readonly CalcMethod[]): void {
  const edition: Edition = { fingerprint: sha256Hex(codeVersion()).slice(0, 32), written: new Map() };
  add('/methods', async () => ({ edition, service: null, make: () => methodsPage(methods) }));
  add('/methods/:name', async ({ name }) => {
    const method = methods.find((candidate) => candidate.name === name);
    return method ? { edition, service: null, make: () => methodPage(method) } : null;
  });
}

/** The home page of each service. */
export function addHome(add: AddPage, shelf: Shelf): void {
  add('/:service', async ({ service }) => {
    const open = await shelf.open(service ?? '');
    if (!open) return null;
    return { edition: open.edition, service: serviceOf(open), make: () => homePage(open.answers, open.id) };
  });
}

interface FoundResult {
  readonly open: OpenService;
  readonly result: Result;
  readonly place: ResultPlace;
}

type FindResult = (params: Params, query: Query) => Promise<FoundResult | null>;

/** Links from the figures, findings and cells of a Result of a verb to their rows. */
function rowLinks(
  open: OpenService,
  section: Section,
  result: Result,
): Pick<ResultPlace, 'rowsOf' | 'cellRows'> {
  if (section !== 'measure' && section !== 'find' && section !== 'checks') return {};
  const hrefOf = (figure: string) => rowsPath(open.id, { verb: section, result: result.id, figure });
  return {
    rowsOf: (id) => (figureAt(open.answers, section, result.id, id) ? hrefOf(id) : null),
    cellRows: { places: cellPlaces(section, result.id), hrefOf },
  };
}

function finder(shelf: Shelf, section: Section, pick: (answers: Answers, id: string) => Result | undefined) {
  return async ({ service, result: id }: Params, query: Query): Promise<FoundResult | null> => {
    const open = await shelf.open(service ?? '');
    const own = open && pick(open.answers, id ?? '');
    if (!open || !own) return null;
    const marked = `${section}/${id}`;
    const isMarked = open.answers.publish?.pages?.includes(marked) === true;
    const result = isMarked ? ((await open.published()).get(marked) ?? own) : own;
    const home: Crumb = { text: open.answers.title, href: `/${open.id}` };
    const path = `/${open.id}/${section}`;
    const place = { section, serviceTitle: open.answers.title };
    const links = section === 'data' ? { dataLinks: dataLinks(result, open.id) } : {};
    if (id === undefined) return { open, result, place: { ...place, ...links, path, crumbs: [home] } };
    const crumbs = [home, { text: texts.navigation[section], href: path }];
    const at = {
      ...place,
      path: `${path}/${id}`,
      crumbs,
      ...(isMarked ? {} : rowLinks(open, section, result)),
    };
    if (marked !== 'find/compare' || isMarked) return { open, result, place: at };
    const comparison = viewComparison(open.answers, at.path, query);
    // Other sides than the usual two have no rows of their own.
    const { rowsOf, cellRows: _, ...without } = at as typeof at & Pick<ResultPlace, 'rowsOf' | 'cellRows'>;
    const linked = comparison?.query === '' && rowsOf ? { rowsOf } : {};
    return comparison && { open, result: comparison.result, place: { ...without, ...linked, comparison } };
  };
}

function addResult(app: FastifyInstance, add: AddPage, styleVersion: string, path: string, find: FindResult) {
  add(path, async (params, query) => {
    const found = await find(params, query);
    if (!found) return null;
    const { open, result, place } = found;
    const chosen = place.comparison?.query ?? '';
    const hasMap = result.charts.some(({ kind }) => kind === 'process-map');
    const choice = hasMap ? mapChoiceOf(query) : usualChoice;
    const asks = { ...(place.comparison ? compareAsks : {}), ...(hasMap ? mapAsks : {}) };
    const make = () => withChecks(resultPage(result, place, choice), result, open);
    return {
      edition: open.edition,
      service: serviceOf(open),
      make,
      asks,
      chosen,
      variant: `${chosen} ${queryOfChoice(choice)}`,
    };
  });
  add(`${path}/:table`, async (params, query) => {
    const found = await find(params, query);
    const table = found?.result.tables.find((candidate) => candidate.id === params.table);
    if (!found || !table) return null;
    const { open, result, place } = found;
    const chosen = place.comparison?.query ?? '';
    const make = () => tablePage(table, result, place);
    const asks = place.comparison ? compareAsks : {};
    return { edition: open.edition, service: serviceOf(open), make, asks, chosen, variant: chosen };
  });
  const csv = `${path}/:table.csv`;
  app.get<{ Params: Params; Querystring: Readonly<Record<string, unknown>> }>(csv, async (request, reply) => {
    const found = await find(request.params, queryOf(request.query));
    const table = found?.result.tables.find((candidate) => candidate.id === request.params.table);
    if (!found || !table) return sendNotFound(request, reply);
    checkAsked(request.query, found.place.comparison ? compareAsks : {});
    const name = [found.open.id, found.result.id, table.id].join('-').replaceAll(/[^A-Za-z0-9-]+/g, '-');
    reply.header('content-disposition', `attachment; filename="${name}.csv"`);
    return sendFromEdition(
      request,
      reply,
      found.open.edition,
      styleVersion,
      'text/csv',
      async () => tableToCsv(table),
      found.place.comparison?.query,
    );
  });
}

/** The charter and the data of each service: one Result each. */
export function addCharterAndData(
  app: FastifyInstance,
  add: AddPage,
  shelf: Shelf,
  styleVersion: string,
): void {
  for (const part of ['charter', 'data'] as const) {
    const find = finder(shelf, part, (answers) => answers[part]);
    addResult(app, add, styleVersion, `/:service/${part}`, find);
  }
}

/** The verbs that give several Results: a list, and a page for each. */
export function addVerb(
  app: FastifyInstance,
  add: AddPage,
  shelf: Shelf,
  styleVersion: string,
  verb: Verb,
): void {
  add(`/:service/${verb}`, async ({ service }) => {
    const open = await shelf.open(service ?? '');
    if (!open) return null;
    const make = () => verbPage(open.answers, open.id, verb);
    return { edition: open.edition, service: serviceOf(open), make };
  });
  const find = finder(shelf, verb, (answers, id) => answers[verb].find((result) => result.id === id));
  addResult(app, add, styleVersion, `/:service/${verb}/:result`, find);
}

import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { rowColumns, tracedVerbs } from '../../answers/index.ts';
import { csvHeader, csvRows } from '../../publish/index.ts';
import { sendNotFound } from '../errors/error-pages.ts';
import { checkAsked, notAsked } from '../layout/check-asked.ts';
import type { AddPage, Params } from '../layout/serve-page.ts';
import type { OpenService, Shelf, WorkspacePlace } from '../shelf.ts';
import { type ClassAddress, type ClassRows, makeRowsDesk, type RowsDesk } from './rows-desk.ts';
import { classPage, isPublished, rowsAPage, rowsPage } from './rows-view.ts';

const service = ({ id, answers }: OpenService) => ({
  id,
  title: answers.title,
  demonstration: answers.demonstration,
});

/** The number of a page as an address gives it. `ADDRESS_NOT_UNDERSTOOD` for what is no such number. */
function pageOf(given: string | undefined): number {
  if (given === undefined) return 1;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw notAsked('"page" is no number of a page.', `?page=${given}`, 'a number from 1, or leave "page" out');
}

async function* csvOf({ part }: Omit<ClassRows, 'rows'>, batches: AsyncIterable<ClassRows['rows']>) {
  const columns = rowColumns(part.trail);
  yield csvHeader(columns);
  for await (const rows of batches) yield csvRows(columns, rows);
}

/** The pages of the rows behind figures and findings, the rows of each class, and all of them as CSV. */
export function addRowsPages(
  app: FastifyInstance,
  add: AddPage,
  shelf: Shelf,
  places: readonly WorkspacePlace[],
): void {
  const desk: RowsDesk = makeRowsDesk(places);
  app.addHook('onClose', () => desk.close());
  for (const verb of tracedVerbs) {
    const address = (params: Params): ClassAddress => ({
      verb,
      result: params.result ?? '',
      figure: params.figure ?? '',
      table: params.table ?? '',
      class: params.class ?? '',
    });
    /** Null where the rows may not be shown: a published page shows protected figures, and rows are not protected. */
    const opened = async ({ service: id, result }: Params) => {
      const open = await shelf.open(id ?? '');
      return open && !isPublished(open, verb, result ?? '') ? open : null;
    };
    const path = `/:service/${verb}/:result/rows/:figure`;
    add(path, async (params) => {
      const open = await opened(params);
      const behind = open && (await desk.behind(open, address(params)));
      if (!open || !behind) return null;
      return {
        edition: open.edition,
        service: service(open),
        make: () => rowsPage(open, address(params), behind),
        isKept: false,
      };
    });
    add(`${path}/:table/:class`, async (params, query) => {
      const open = await opened(params);
      if (!open) return null;
      const page = pageOf(query.page);
      const shown = await desk.rows(open, address(params), {
        limit: rowsAPage,
        offset: (page - 1) * rowsAPage,
      });
      if (!shown && page > 1)
        throw notAsked(`These rows have no page ${page}.`, `?page=${page}`, 'leave "page" out for the first');
      if (!shown) return null;
      const asks = { page: null };
      const make = () => classPage(open, address(params), shown, page);
      const chosen = page === 1 ? '' : `?page=${page}`;
      return {
        edition: open.edition,
        service: service(open),
        make,
        asks,
        chosen,
        variant: chosen,
        isKept: false,
      };
    });
    app.get<{ Params: Params }>(`${path}/:table/:class.csv`, async (request, reply) => {
      const open = await opened(request.params);
      const found = open && (await desk.stream(open, address(request.params)));
      if (!open || !found) return sendNotFound(request, reply);
      checkAsked(request.query, {});
      const { result, figure, class: id } = address(request.params);
      const name = [open.id, result, figure, id]
        .join('-')
        .replaceAll(/[^A-Za-z0-9-]+/g, '-')
        .slice(0, 150);
      reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name}.csv"`);
      return reply.send(Readable.from(csvOf(found, found.batches)));
    });
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendNotFound } from '../errors/error-pages.ts';
import type { Page, PageService, Query } from '../page.ts';
import type { Edition } from '../shelf.ts';
import { type Asks, checkAsked } from './check-asked.ts';

/** What an address leads to; the page is made only when it is not already written. */
export interface Found {
  readonly edition: Edition;
  readonly service: PageService | null;
  readonly make: () => Page;
  /** Tells pages of one address apart that differ by what the address asks; one of few. */
  readonly variant?: string;
  /** False for a page that is one of as many as the data have rows: it is written each time it is asked for. */
  readonly isKept?: boolean;
  /** What the address may ask after its question mark; nothing by default. */
  readonly asks?: Asks;
  /** The part of the address that the page's JSON depends on too; empty or beginning with a question mark. */
  readonly chosen?: string;
}

/** The named parts of an address. */
export type Params = Readonly<Record<string, string>>;

type Finder = (params: Params, query: Query) => Promise<Found | null>;

/** Adds a page: HTML at its address and the same content at the address with `.json`. */
export type AddPage = (path: string, find: Finder) => void;

/** Sends what an edition holds, or 304 to a reader who has it already. */
export async function sendFromEdition(
  request: FastifyRequest,
  reply: FastifyReply,
  edition: Edition,
  styleVersion: string,
  type: string,
  write: () => Promise<string>,
  variant = '',
  isKept = true,
): Promise<FastifyReply> {
  const etag = `"${edition.fingerprint}-${styleVersion}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  const held = request.headers['if-none-match']?.split(/\s*,\s*/) ?? [];
  if (held.includes(etag)) return reply.code(304).send();
  const key = `${type} ${request.routeOptions.url} ${JSON.stringify(request.params)} ${variant}`;
  let body = edition.written.get(key);
  if (body === undefined) {
    body = await write();
    if (isKept) edition.written.set(key, body);
  }
  return reply.type(`${type}; charset=utf-8`).send(body);
}

/** What an address asks, each key once. */
export function queryOf(given: Readonly<Record<string, unknown>>): Query {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

/** Where the JSON twin of a page stands. */
function jsonTwin(path: string): string {
  return path === '/' ? '/index.json' : `${path.replace(/\/$/, '')}.json`;
}

/** Gives the function that adds pages to this server. */
export function pageAdder(app: FastifyInstance, styleVersion: string): AddPage {
  return (path, find) => {
    app.get<{ Params: Params; Querystring: Readonly<Record<string, unknown>> }>(
      path,
      async (request, reply) => {
        const found = await find(request.params, queryOf(request.query));
        if (!found) return sendNotFound(request, reply);
        checkAsked(request.query, found.asks ?? {});
        const { edition, variant, chosen = '' } = found;
        const write = async () => {
          const page = found.make();
          const address = request.url.replace(/\?.*$/, '');
          return app.view(page.template, {
            ...page.content,
            page: { ...page, json: undefined, content: undefined, twin: `${jsonTwin(address)}${chosen}` },
            service: found.service,
          });
        };
        return sendFromEdition(
          request,
          reply,
          edition,
          styleVersion,
          'text/html',
          write,
          variant,
          found.isKept,
        );
      },
    );
    const twin = jsonTwin(path);
    app.get<{ Params: Params; Querystring: Readonly<Record<string, unknown>> }>(
      twin,
      async (request, reply) => {
        const found = await find(request.params, queryOf(request.query));
        if (!found) return sendNotFound(request, reply);
        checkAsked(request.query, found.asks ?? {});
        return sendFromEdition(
          request,
          reply,
          found.edition,
          styleVersion,
          'application/json',
          async () => `${JSON.stringify(found.make().json, null, 2)}\n`,
          found.chosen,
          found.isKept,
        );
      },
    );
  };
}

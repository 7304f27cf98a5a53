import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import {
  hasRejects,
  openWorkspace,
  streamRejects,
  type Workspace,
  workspaceContents,
} from '../../ingest/index.ts';
import { csvHeader, csvRows } from '../../publish/index.ts';
import { sendNotFound } from '../errors/error-pages.ts';
import { checkAsked } from '../layout/check-asked.ts';
import type { WorkspacePlace } from '../shelf.ts';

interface RejectsRequest {
  readonly Params: { readonly service: string; readonly reason: string };
  readonly Querystring: { readonly file?: string | string[] };
}

async function* csvOf(workspace: Workspace, reason: string, file: string | undefined): AsyncIterable<string> {
  try {
    let isFirst = true;
    for await (const { columns, rows } of streamRejects(workspace, reason, file)) {
      if (isFirst) yield csvHeader(columns);
      isFirst = false;
      yield csvRows(columns, rows);
    }
  } finally {
    await workspace.close();
  }
}

/** The rows set aside for one reason as CSV, of one file where `?file=` names it. */
export function addRejects(app: FastifyInstance, places: readonly WorkspacePlace[]): void {
  app.get<RejectsRequest>('/:service/data/rejects/:reason.csv', async (request, reply) => {
    const { service, reason } = request.params;
    const { file } = request.query;
    checkAsked(request.query, { file: null });
    const place = places.find(({ id }) => id === service);
    if (!place || Array.isArray(file)) return sendNotFound(request, reply);
    if (!hasRejects(workspaceContents(place.dir).sources, reason, file)) return sendNotFound(request, reply);
    const workspace = await openWorkspace(place.dir);
    reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${service}-set-aside-${reason}.csv"`);
    return reply.send(Readable.from(csvOf(workspace, reason, file)));
  });
}

import type { FastifyInstance } from 'fastify';

/** One line a request: method, route pattern, status, milliseconds. Addresses as typed could hold anything, so they are left out. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    });
  });
}

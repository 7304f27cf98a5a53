import type { FastifyInstance } from 'fastify';
import { codeVersion } from '../../core/index.ts';
import type { Shelf } from '../shelf.ts';
import { texts } from '../texts.ts';

/** `/ping`, `/health` and `/info`, for those who keep the server running. */
export function addHealth(app: FastifyInstance, shelf: Shelf, clock: () => Date): void {
  const startedAt = clock().toISOString();
  app.get('/ping', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('pong\n'));
  app.get('/health', async (_request, reply) => {
    const services = shelf.readiness();
    const healthy = !Object.values(services).includes('cannot be opened');
    return reply.code(healthy ? 200 : 503).send({ status: healthy ? 'ok' : 'trouble', services });
  });
  app.get('/info', async () => ({
    product: texts.product,
    version: codeVersion(),
    node: process.version,
    startedAt,
    services: shelf.ids,
  }));
}

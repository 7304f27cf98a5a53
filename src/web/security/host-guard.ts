import type { FastifyInstance } from 'fastify';
import { sendMisdirected } from '../errors/error-pages.ts';
import { isLoopback } from './loopback.ts';

/** Refuses requests addressed to any other name than this computer's, so that no web site can reach in by its own. */
export function guardHost(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isLoopback(request.hostname)) return sendMisdirected(request, reply);
  });
}

import type { FastifyInstance } from 'fastify';
import { WellspentError } from '../core/index.ts';
import { isLoopback } from './security/loopback.ts';

/** Where to listen; port 0 takes any that is free. */
export interface ListenOptions {
  readonly port: number;
  readonly host?: string;
}

/** Starts the server on this computer only and gives its address; there is no sign-in yet, so no other host is allowed. */
export async function listen(
  app: FastifyInstance,
  { port, host = '127.0.0.1' }: ListenOptions,
): Promise<string> {
  if (!isLoopback(host)) {
    throw new WellspentError('HOST_NOT_LOOPBACK', `Wellspent will not listen on "${host}".`, {
      found: host,
      hint: '127.0.0.1, localhost or ::1',
    });
  }
  try {
    return await app.listen({ port, host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new WellspentError('PORT_IN_USE', `Port ${port} is in use.`, { hint: '--port 0', cause: error });
  }
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';

/** The secret word of one server start: forms carry it, so that only pages of this server can change anything. */
export interface FormToken {
  readonly value: string;
  /** Throws `FORM_OUT_OF_DATE` unless the text is the token. */
  check(text: string | null | undefined): void;
}

/** A new token; it holds until the server stops. */
export function newFormToken(): FormToken {
  const value = randomBytes(24).toString('base64url');
  // Hashes have one length whatever was sent, so that comparing takes the same time.
  const hashOf = (text: string) => createHash('sha256').update(text).digest();
  return {
    value,
    check(text) {
      if (timingSafeEqual(hashOf(text ?? ''), hashOf(value))) return;
      throw new WellspentError('FORM_OUT_OF_DATE', 'The form was not made by this server since it started.');
    },
  };
}

/** True when a browser says that the request comes from another site; programs say neither and need the token alone. */
function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}`;
}

/** Refuses forms that another site sends here, before anything of them is read. */
export function refuseForeignForms(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !isFromElsewhere(request)) return;
    throw new WellspentError('FORM_FROM_ELSEWHERE', 'The form was sent from another site.');
  });
}

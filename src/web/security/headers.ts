import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * Lets a page send its forms to this server. Its own address goes with them as `Origin`, which the policy of the
 * other pages would hide; no other site gets it.
 */
export function allowForms(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply
    .header('content-security-policy', policy.replace("form-action 'none'", "form-action 'self'"))
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-store');
}

/** Pages run no script, load nothing from elsewhere, send nothing anywhere and cannot be framed. */
export async function useSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    // Loopback has no TLS, so a browser must not be told to insist on it.
    strictTransportSecurity: false,
  });
}

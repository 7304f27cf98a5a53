import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves the style sheet and the icon; pages ask for them by version, so browsers may keep them for good. */
export async function useAssets(app: FastifyInstance): Promise<void> {
  await app.register(files, {
    root: join(dirname(fileURLToPath(import.meta.url)), '..', 'assets'),
    prefix: '/assets/',
    index: false,
    maxAge: '365d',
    immutable: true,
  });
}

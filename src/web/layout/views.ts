import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import view from '@fastify/view';
import type { FastifyInstance } from 'fastify';
import nunjucks from 'nunjucks';
import { codeVersion } from '../../core/index.ts';
import { buildStyles, styleSheet } from '../styles/build-styles.ts';
import { texts } from '../texts.ts';

const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'));
const templates = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Sets the templates up and gives the style sheet's version, which is part of every page. */
export async function useViews(app: FastifyInstance): Promise<string> {
  await buildStyles();
  const styleVersion = createHash('sha256').update(readFileSync(styleSheet)).digest('hex').slice(0, 12);
  await app.register(view, {
    engine: { nunjucks },
    templates: [templates, join(govuk, 'dist')],
    defaultContext: { t: texts, styleVersion, version: codeVersion() },
    options: { autoescape: true, trimBlocks: true, lstripBlocks: true },
  });
  return styleVersion;
}

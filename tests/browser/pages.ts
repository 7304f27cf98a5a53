import type { FastifyInstance } from 'fastify';

const links = /href="(\/[^"#]*)/g;

/** Views and parts of a map, pairs of sides, and rows behind figures: too many addresses of one page to visit each. */
const levels = /[?;&](view|steps|paths|of|first|second)=|\/rows\//;

/** Every HTML page that can be reached from the first page by following links, in the order they are met. */
export async function everyPage(app: FastifyInstance): Promise<readonly string[]> {
  const pages: string[] = [];
  const waiting = ['/'];
  const met = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const response = await app.inject(path);
    if (response.statusCode !== 200) throw new Error(`${path} answers ${response.statusCode}`);
    if (!String(response.headers['content-type']).startsWith('text/html')) continue;
    pages.push(path);
    for (const [, href = ''] of response.body.matchAll(links)) {
      if (met.has(href) || levels.test(href)) continue;
      met.add(href);
      waiting.push(href);
    }
  }
  return pages;
}

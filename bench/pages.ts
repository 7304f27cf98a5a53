/** Asks a server for its pages at a steady rate and tells how long each took: `pages.ts WORKSPACE...`. */
import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';

const aSecond = 200;
const seconds = 15;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function fetchPage(
  url: string,
): Promise<{ readonly ms: number; readonly status: number; readonly body: string }> {
  const from = performance.now();
  return new Promise((done, failed) => {
    get(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.on('end', () =>
        done({ ms: performance.now() - from, status: response.statusCode ?? 0, body }),
      );
    }).on('error', failed);
  });
}

/** Pages below an address, found by their links from page to page. */
async function pagesOf(address: string): Promise<readonly string[]> {
  const found = new Set([address]);
  for (const page of found) {
    const { body } = await fetchPage(page);
    for (const [, href = ''] of body.matchAll(/<a [^>]*href="([^"#]+)"/g)) {
      const url = new URL(href, page);
      const isPage = url.origin === new URL(address).origin && !/\.(csv|json|svg)$/.test(url.pathname);
      if (isPage && found.size < 60) found.add(url.href);
    }
  }
  return [...found];
}

/** Requests sent at their moments whether or not earlier ones have been answered, so that a stall shows in full. */
async function load(pages: readonly string[]): Promise<readonly { ms: number; status: number }[]> {
  const total = aSecond * seconds;
  const begun = performance.now();
  const answers: Promise<{ ms: number; status: number }>[] = [];
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * aSecond));
    while (answers.length < due) answers.push(fetchPage(pages[answers.length % pages.length] ?? ''));
    await new Promise((next) => setTimeout(next, 1));
  }
  return Promise.all(answers);
}

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const server = spawn(
  '/usr/bin/time',
  ['-f', '%U %S %e %M', process.execPath, main, 'serve', ...process.argv.slice(2), '--port', '0'],
  { detached: true },
);
let talk = '';
const address = await new Promise<string>((found, failed) => {
  server.stderr.on('data', (part) => {
    talk += String(part);
    const at = /Serving at (http:\S+)/.exec(talk)?.[1];
    if (at) found(at);
  });
  server.on('exit', () => failed(new Error(talk)));
});
const closed = new Promise((done) => server.on('close', done));
const pages = await pagesOf(address);
await load(pages.slice(0, 20));
const answers = await load(pages);
agent.destroy();
process.kill(-(server.pid ?? 0), 'SIGINT');
await closed;
const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
const at = (share: number) => Math.round((times[Math.ceil(share * times.length) - 1] ?? 0) * 10) / 10;
const [user = 0, system = 0, , kilobytes = 0] = (talk.trimEnd().split('\n').at(-1) ?? '')
  .split(' ')
  .map(Number);
process.stdout.write(
  `${JSON.stringify({
    pages: pages.length,
    requests: answers.length,
    aSecond,
    failed: answers.filter(({ status }) => status !== 200).length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longest: at(1),
    serverCpuSeconds: user + system,
    serverPeakMb: Math.round((kilobytes * 1024) / 1e6),
  })}\n`,
);

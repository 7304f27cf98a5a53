import type { FastifyInstance } from 'fastify';

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

function label(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function line(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly string[],
) {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples].join('\n');
}

/** Counts requests by route and status and times them; `/metrics` gives the counts as Prometheus text. */
export function countRequests(app: FastifyInstance): void {
  const requests = new Map<string, number>();
  const buckets = bounds.map(() => 0);
  let seconds = 0;
  let count = 0;

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const key = `route="${label(route)}",status="${reply.statusCode}"`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    const took = reply.elapsedTime / 1000;
    bounds.forEach((bound, i) => {
      if (took <= bound) buckets[i] = (buckets[i] ?? 0) + 1;
    });
    seconds += took;
    count += 1;
  });

  app.get('/metrics', async (_request, reply) => {
    const total = 'wellspent_http_requests_total';
    const duration = 'wellspent_http_request_duration_seconds';
    const memory = 'process_resident_memory_bytes';
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    return `${[
      line(
        total,
        'counter',
        'Requests answered.',
        [...requests].map(([key, n]) => `${total}{${key}} ${n}`),
      ),
      line(duration, 'histogram', 'Time to answer.', [
        ...bounds.map((bound, i) => `${duration}_bucket{le="${bound}"} ${buckets[i]}`),
        `${duration}_bucket{le="+Inf"} ${count}`,
        `${duration}_sum ${seconds}`,
        `${duration}_count ${count}`,
      ]),
      line(memory, 'gauge', 'Memory in use.', [`${memory} ${process.memoryUsage.rss()}`]),
    ].join('\n')}\n`;
  });
}

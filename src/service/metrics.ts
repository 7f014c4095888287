import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { App } from '../api/app.ts';

/** What the process measures, of itself and of its requests. */
export type Metrics = {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'netpilot_' });
  const requests = new Histogram({
    name: 'netpilot_http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return { registry, requests };
}

/** Measures an app's requests by route and status. */
export function measureRequests(app: App, { requests }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the URL: that would be a label for each id.
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
}

/** Serves them at /metrics, for Prometheus: on a server that strangers do not reach. */
export function serveMetrics(app: App, { registry }: Metrics): void {
  app.get('/metrics', { config: { isForThisMachine: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

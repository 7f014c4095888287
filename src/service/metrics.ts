import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { App } from '../api/app.ts';

/** Measures requests by route and status, and serves these and the process's own metrics at /metrics. */
export function measureRequests(app: App): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'netpilot_' });
  const durations = new Histogram({
    name: 'netpilot_http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the URL: that would be a label for each id.
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.get(
    '/metrics',
    { schema: { tags: ['service'], description: 'For Prometheus.' } },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}

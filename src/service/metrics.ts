import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../api/app.ts';
import type { OpenDatabase } from '../database/pool.ts';

/** What the process measures, of itself and of what it does. */
export type Metrics = {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  changes: Histogram<'router'>;
  deliveries: Counter<'channel' | 'result'>;
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
  const changes = new Histogram({
    name: 'netpilot_block_to_applied_seconds',
    help: 'Time from a change of what a router must do, such as a block, to its confirmation. connected: it was connected all that time.',
    labelNames: ['router'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3600],
    registers: [registry],
  });
  const deliveries = new Counter({
    name: 'netpilot_alert_deliveries_total',
    help: 'Messages that this process has tried to deliver. failed: tried again later.',
    labelNames: ['channel', 'result'],
    registers: [registry],
  });
  return { registry, requests, changes, deliveries };
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

/** Measures the connections of this process to the database, and who waits for one. */
export function measurePool(
  { registry }: Metrics,
  { pool, countWaiting }: Pick<OpenDatabase, 'pool' | 'countWaiting'>,
): void {
  const registers = [registry];
  const connections = new Gauge({
    name: 'netpilot_database_connections',
    help: 'Connections of this process to the database.',
    labelNames: ['state'],
    registers,
    collect: () => {
      connections.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'idle' }, pool.idleCount);
    },
  });
  const most = new Gauge({
    name: 'netpilot_database_connections_most',
    help: 'Connections that this process may have at once.',
    registers,
  });
  most.set(pool.options.max);
  const waiting: Gauge = new Gauge({
    name: 'netpilot_database_waiting',
    help: 'Transactions that wait for a connection.',
    registers,
    collect: (): void => waiting.set(countWaiting()),
  });
}

/** Measures how many event streams are open. */
export function measureEventStreams({ registry }: Metrics, count: () => number): void {
  const streams: Gauge = new Gauge({
    name: 'netpilot_event_streams_open',
    help: 'Event streams that are open.',
    registers: [registry],
    collect: (): void => streams.set(count()),
  });
}

/** Serves them at /metrics, for Prometheus: on a server that strangers do not reach. */
export function serveMetrics(app: App, { registry }: Metrics): void {
  app.get('/metrics', { config: { isForThisMachine: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

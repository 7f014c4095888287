/** What the database says of routers, policies and alerts, of all tenants together: for the operator's metrics. */
import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import type { Database } from '../database/pool.ts';
import { UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';
import type { Metrics } from './metrics.ts';

/** Milliseconds that one look is good for: it counts rows, and many may ask. */
const GOOD_FOR = 15_000;
/** Prometheus waits for ten seconds. */
const LONGEST_MS = 5_000;

/** By what `measure_service()` calls them. */
const GAUGES = {
  routers_linked: { label: undefined, help: 'Routers that are linked.' },
  routers_connected: {
    label: 'node',
    help: 'Routers that are connected, by the Commands-Server that holds them.',
  },
  policies_pending: {
    label: 'router',
    help: 'Routers with something to do that they have not confirmed, by whether they are connected.',
  },
  policies_pending_oldest_seconds: {
    label: 'router',
    help: 'For how long the longest of them has had it.',
  },
  alerts_waiting: {
    label: 'stage',
    help: 'Alerts that wait: in the outbox (events that are looked at later too), or for delivery (failed ones too).',
  },
  alerts_overdue_seconds: {
    label: 'stage',
    help: 'For how long a worker should have taken the alert that is due longest.',
  },
} as const;

type Row = { name: string; label: string; value: number };

/**
 * Adds the gauges; they are the same from every process on this database. While it does not answer they are absent, and
 * `netpilot_database_up` is 0.
 */
export function measureState(
  { registry }: Metrics,
  database: Database,
  onError: (error: unknown) => void,
): void {
  let latest: { at: number; done: Promise<void> } | undefined;
  const look = async () => {
    const rows = await readState(database).catch((error: unknown) => {
      onError(error);
      return undefined;
    });
    up.set(Number(rows !== undefined));
    for (const gauge of gauges) show(gauge, rows ?? []);
  };
  const collect = async () => {
    const at = performance.now();
    if (latest === undefined || at - latest.at >= GOOD_FOR) latest = { at, done: look() };
    await latest.done;
  };
  const registers = [registry];
  const up = new Gauge({
    name: 'netpilot_database_up',
    help: 'Whether the database has answered the questions of these metrics.',
    registers,
    collect,
  });
  const gauges = Object.entries(GAUGES).map(([name, { help, label }]) => ({
    name,
    label,
    gauge: new Gauge({
      name: `netpilot_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      collect,
    }),
  }));
}

async function readState(database: Database): Promise<Row[]> {
  const asked = sql<Row>`select name, label, value from measure_service()`.execute(database);
  const { rows } = await within(LONGEST_MS, asked, () => {
    throw new UnavailableError('The database does not answer.');
  });
  return rows;
}

type StateGauge = { name: string; label: string | undefined; gauge: Gauge };

function show({ name, label, gauge }: StateGauge, rows: readonly Row[]): void {
  gauge.reset();
  // Without labels that has made it 0.
  if (label === undefined) gauge.remove();
  for (const row of rows)
    if (row.name === name) gauge.set(label === undefined ? {} : { [label]: row.label }, row.value);
}

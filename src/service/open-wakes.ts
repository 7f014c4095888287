/** How this process tells and asks others: by NATS, or by PostgreSQL and HTTP; and what of that is measured. */
import { Counter, Gauge } from 'prom-client';
import type { pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { Deployment } from '../database/deployment.ts';
import { createNatsWakes } from '../wakes/nats.ts';
import { createWakes } from '../wakes/postgresql.ts';
import type { Wakes } from '../wakes/wakes.ts';
import type { Metrics } from './metrics.ts';

/** Neither waits nor fails if nobody can be told. Throws InvalidInputError for a wrong file of the configuration. */
export function openWakes(
  config: Config,
  deployment: Pick<Deployment, 'addresses' | 'secretKey'>,
  { log, metrics }: { log: pino.Logger; metrics: Metrics },
): Wakes {
  const wakes = createWakesOf(config, deployment, log);
  measureWakes(metrics, wakes);
  return wakes;
}

function createWakesOf(
  { nats, cell }: Config,
  { addresses, secretKey }: Pick<Deployment, 'addresses' | 'secretKey'>,
  log: pino.Logger,
): Wakes {
  if (nats === undefined)
    return createWakes(
      addresses.service,
      (error) => log.warn({ err: error }, 'the connection for hints was lost, reconnecting'),
      secretKey,
    );
  return createNatsWakes({
    config: nats,
    cell: cell?.number ?? 0,
    secretKey,
    onLost: (error) =>
      log.warn({ err: error }, 'NATS cannot be used, retrying: until then changes take seconds'),
  });
}

export function measureWakes({ registry }: Pick<Metrics, 'registry'>, wakes: Wakes): void {
  const registers = [registry];
  const connected: Gauge = new Gauge({
    name: 'netpilot_wakes_connected',
    help: 'Whether the hints of other processes come: 1, or 0 while NATS or PostgreSQL cannot be reached.',
    registers,
    collect: (): void => connected.set(wakes.isConnected() ? 1 : 0),
  });
  const hints: Counter<'direction'> = new Counter({
    name: 'netpilot_wakes_hints_total',
    help: 'Hints that this process told others, and heard from them.',
    labelNames: ['direction'],
    registers,
    collect: (): void => {
      const { told, heard } = wakes.count();
      hints.reset();
      hints.inc({ direction: 'told' }, told);
      hints.inc({ direction: 'heard' }, heard);
    },
  });
}

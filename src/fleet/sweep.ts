/** Looks again and again for what a hint should have said: any may be lost, with the process that was to give it. */
import { sql } from 'kysely';
import type { FastifyBaseLogger } from 'fastify';
import type { OfRouter } from '../database/models.ts';
import type { HeldConnection } from './connection.ts';
import type { RouterConnections } from './connections.ts';
import type { Dialler } from './dialler.ts';
import type { Lease } from './lease.ts';
import { routerKey } from './router-key.ts';
import { createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';

/** After all connections were compared with the database, it rests for so many times as long, up to so many milliseconds. */
const REST = 100;
const LONGEST_REST = 10_000;

export type SweepOptions = {
  database: RouterDatabase;
  log: FastifyBaseLogger;
  /** This Commands-Server's. */
  lease: Pick<Lease, 'node'>;
  connections: RouterConnections;
  dialler: Dialler | undefined;
  /** Milliseconds between two. */
  every: number;
};

/** @returns a function that stops it, once none runs */
export function startSweep(options: SweepOptions): () => Promise<void> {
  const { log, connections, every } = options;
  let restUntil = 0;
  const rounds = createRounds(
    async () => {
      if (connections.size() > 0) await sweepPending(options);
      const began = performance.now();
      if (began >= restUntil) {
        await sweepEnded(options);
        const ended = performance.now();
        restUntil = ended + Math.min((ended - began) * REST, LONGEST_REST);
      }
      await sweepDials(options);
    },
    (error) => log.warn({ err: error }, 'could not look for what is wanted of routers, retrying'),
  );
  // While one waits for the database, no further one does.
  const timer = setInterval(() => rounds.isIdle() && rounds.request(), every);
  return () => {
    clearInterval(timer);
    return rounds.idle();
  };
}

async function sweepPending({ database, lease, connections }: SweepOptions): Promise<void> {
  const { rows } = await database.run((shared) =>
    sql<OfRouter & { is_ask: boolean }>`select * from pending_routers(${lease.node})`.execute(
      shared,
    ),
  );
  for (const { is_ask, ...router } of rows) {
    if (is_ask) connections.ask(routerKey(router));
    else connections.sweep(routerKey(router));
  }
}

/** Those that count no more: the router is linked or connected elsewhere, or nobody's. */
async function sweepEnded({ database, lease, connections }: SweepOptions): Promise<void> {
  const held = new Map(connections.held().map((one) => [one.connection_id, one]));
  if (held.size === 0) return;
  const ended = await findEnded(database, lease.node, held);
  for (const router of ended) connections.sweep(routerKey(router));
}

async function findEnded(
  database: RouterDatabase,
  node: string,
  held: ReadonlyMap<string, HeldConnection>,
): Promise<HeldConnection[]> {
  type Ended = { connection_id: string; fingerprint: string | null };
  const { rows } = await database.run((shared) =>
    sql<Ended>`select * from ended_connections(${node}, ${[...held.keys()]}::uuid[])`.execute(
      shared,
    ),
  );
  return rows.flatMap(({ connection_id, fingerprint }) => {
    const one = held.get(connection_id);
    return one && (fingerprint === null || fingerprint === one.fingerprint) ? [one] : [];
  });
}

async function sweepDials({ database, lease, dialler }: SweepOptions): Promise<void> {
  if (dialler === undefined) return;
  const { rows } = await database.run((shared) =>
    sql<OfRouter>`select * from pending_dials(${lease.node})`.execute(shared),
  );
  for (const router of rows) dialler.look(routerKey(router));
}

/** Looks again and again for what a hint should have said: any may be lost, with the process that was to give it. */
import { sql } from 'kysely';
import type { FastifyBaseLogger } from 'fastify';
import type { OfRouter } from '../database/models.ts';
import type { HeldConnection } from './connection.ts';
import type { RouterConnections } from './connections.ts';
import type { Dialler } from './dialler.ts';
import { routerKey } from './router-key.ts';
import { createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';

/** So many connections are compared with the database at a time, the next ones the next time. */
const COMPARED = 250;

export type SweepOptions = {
  database: RouterDatabase;
  log: FastifyBaseLogger;
  /** Name of this Commands-Server: host:port. */
  node: string;
  connections: RouterConnections;
  dialler: Dialler | undefined;
  /** Milliseconds between two. */
  every: number;
};

/** @returns a function that stops it, once none runs */
export function startSweep(options: SweepOptions): () => Promise<void> {
  const { log, connections, every } = options;
  let compared = 0;
  const rounds = createRounds(
    async () => {
      if (compared >= connections.size()) compared = 0;
      const held = connections.held(compared, COMPARED);
      compared += COMPARED;
      await sweep(options, held);
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

async function sweep(
  { database, node, connections, dialler }: SweepOptions,
  held: readonly HeldConnection[],
): Promise<void> {
  if (held.length > 0) {
    const pending = await database.run((shared) =>
      sql<OfRouter & { is_ask: boolean }>`select * from pending_routers(${node})`.execute(shared),
    );
    for (const { is_ask, ...router } of pending.rows) {
      if (is_ask) connections.ask(routerKey(router));
      else connections.sweep(routerKey(router));
    }
    const ended = await database.run((shared) =>
      sql<OfRouter>`select * from ended_connections(${JSON.stringify(held)}::jsonb)`.execute(
        shared,
      ),
    );
    for (const router of ended.rows) connections.sweep(routerKey(router));
  }
  if (dialler === undefined) return;
  const dials = await database.run((shared) =>
    sql<OfRouter>`select * from pending_dials(${node})`.execute(shared),
  );
  for (const router of dials.rows) dialler.look(routerKey(router));
}

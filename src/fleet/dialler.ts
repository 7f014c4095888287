/** Calls the routers that do not dial in, each again and again until it answers: docs/decisions/0017. */
import { sql } from 'kysely';
import type { FastifyBaseLogger } from 'fastify';
import type { DialRules } from '../config/dialling.ts';
import type { OfRouter, RouterDial } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { clientKeyOf } from '../routers/dialled.ts';
import { type RouterAddress, whereToDial } from '../routers/dialling.ts';
import { CallFailedError, type OpenCall, callRouter } from './openwrt/call-router.ts';
import type { Gate } from './gate.ts';
import type { RouterConnections } from './router-connections.ts';

/** Seconds that a claim holds: after a Commands-Server has died, another one calls its routers. */
const CLAIM = 60;
/** Milliseconds between two looks at who is to be called. */
const LOOK_EVERY = 15_000;
/** Milliseconds between two calls: at first, and at most. */
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** A connection that lasted so many milliseconds was a good one. */
const LASTING = 10_000;

export type DiallerOptions = {
  database: Database;
  gate: Gate;
  log: FastifyBaseLogger;
  /** Name of this Commands-Server: host:port. */
  node: string;
  connections: RouterConnections;
  rules: DialRules;
  secretKey: string;
};

export type Dialler = {
  /** Something of a router ("<user_id> <router_id>"), or of any, may have changed. */
  look: (key?: string) => void;
  /** Calls nobody any more, and lets other Commands-Servers. Standing connections are not its to end. */
  close: () => Promise<void>;
};

/** A router that is this process's to call. */
type Line = { wake: () => void };
/** What a call needs to know; undefined once the router is not ours to call. */
type Wanted = RouterDial & RouterAddress & { is_active: boolean };

export function startDialler(options: DiallerOptions): Dialler {
  const { database, gate, log, node } = options;
  const lines = new Map<string, Line>();
  let claiming: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  function look(key?: string): void {
    const line = key === undefined ? undefined : lines.get(key);
    if (line !== undefined) {
      line.wake();
      return;
    }
    isWanted = true;
    claiming ??= claim().finally(() => (claiming = undefined));
  }

  async function claim(): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false;
        if (isStopped) return;
        for (const router of await gate(() => claimDials(database, node, CLAIM))) {
          const key = `${router.user_id} ${router.router_id}`;
          if (!isStopped && !lines.has(key)) open(key, router);
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'who is to be dialled could not be read');
    }
  }

  function open(key: string, router: OfRouter): void {
    let isWoken = false;
    let endPause = (): void => undefined;
    const pause = async (time: number): Promise<boolean> => {
      const over = Promise.withResolvers<void>();
      const timeout = setTimeout(over.resolve, time);
      endPause = over.resolve;
      if (!isWoken && !isStopped) await over.promise;
      clearTimeout(timeout);
      const wasWoken = isWoken;
      isWoken = false;
      return wasWoken;
    };
    const wake = () => {
      isWoken = true;
      endPause();
    };
    lines.set(key, { wake });
    void keepCalling(options, router, pause, () => isStopped).finally(() => lines.delete(key));
  }

  const timer = setInterval(() => look(), LOOK_EVERY);
  look();
  return {
    look,
    close: async () => {
      isStopped = true;
      clearInterval(timer);
      for (const line of lines.values()) line.wake();
      await claiming;
      await claimDials(database, node, 0).catch((error: unknown) =>
        log.warn({ err: error }, 'the claims on routers run out by themselves'),
      );
    },
  };
}

/**
 * Until the router is not ours to call any more.
 * @param pause true where it ended early, because something may have changed
 */
async function keepCalling(
  options: DiallerOptions,
  router: OfRouter,
  pause: (time: number) => Promise<boolean>,
  isStopped: () => boolean,
): Promise<void> {
  const { database, gate, node } = options;
  const log = options.log.child({ userId: router.user_id, routerId: router.router_id });
  let wait = SHORTEST_WAIT;
  while (!isStopped()) {
    const began = performance.now();
    try {
      const wanted = await gate(() => findWanted(database, router, node));
      if (wanted === undefined) return;
      const store = async (problem: string | null) => {
        if (problem === wanted.problem) return;
        await gate(() => storeProblem(database, router, problem));
        if (problem !== null) log.warn({ problem }, 'a router cannot be dialled');
      };
      const problem = await call(options, wanted, async ({ stream, end }) => {
        const { user_id: userId, router_id: routerId } = router;
        try {
          await store(null);
          if (!isStopped())
            await options.connections.take({ userId, routerId, fingerprint: undefined }, stream);
        } finally {
          end();
        }
      });
      if (problem !== undefined) await store(problem);
      // It has taken our key away itself: it has been told, or somebody has removed NetPilot from it.
      if (problem === 'key-refused' && !wanted.is_active) {
        await gate(() => forgetTold(database, wanted));
        log.info('a router that is linked no more is not dialled again');
        return;
      }
    } catch (error) {
      log.warn({ err: error }, 'a router could not be dialled');
    }
    if (performance.now() - began > LASTING) wait = SHORTEST_WAIT;
    const isChanged = await pause(wait * (0.5 + Math.random() / 2));
    wait = isChanged ? SHORTEST_WAIT : Math.min(2 * wait, LONGEST_WAIT);
  }
}

/** One call, to the end of its connection. Gives why it did not come about. */
async function call(
  { rules, secretKey }: DiallerOptions,
  wanted: Wanted,
  onOpen: (opened: OpenCall) => Promise<void>,
): Promise<string | undefined> {
  const place = whereToDial(wanted, rules);
  if (typeof place === 'string') return place;
  const clientKey = openClientKey(wanted, secretKey);
  if (clientKey === undefined) return 'key-sealed';
  try {
    await onOpen(await callRouter({ ...place, hostKey: wanted.host_key, clientKey }));
    return undefined;
  } catch (error) {
    if (error instanceof CallFailedError) return error.problem;
    throw error;
  }
}

/** Undefined where another SECRET_KEY sealed it: the router has to be linked again. */
function openClientKey(wanted: Wanted, secretKey: string): string | undefined {
  try {
    return clientKeyOf(wanted, secretKey);
  } catch {
    return undefined;
  }
}

/** The routers of all users that are this node's to call: see `claim_dials` in the migrations. */
async function claimDials(database: Database, node: string, seconds: number): Promise<OfRouter[]> {
  const claim = sql<OfRouter>`select * from claim_dials(${node}, ${seconds}::integer)`;
  return (await claim.execute(database)).rows;
}

function findWanted(
  database: Database,
  { user_id, router_id }: OfRouter,
  node: string,
): Promise<Wanted | undefined> {
  return tenantTransaction(database, user_id, (transaction) =>
    transaction
      .selectFrom('router_dials as dial')
      .innerJoin('user_routers as router', (join) =>
        join
          .onRef('router.user_id', '=', 'dial.user_id')
          .onRef('router.router_id', '=', 'dial.router_id'),
      )
      .innerJoin('users', 'users.id', 'dial.user_id')
      .selectAll('dial')
      .select(['router.router_ip', 'router.tunnel_port', 'router.is_active'])
      .where('dial.user_id', '=', user_id)
      .where('dial.router_id', '=', router_id)
      .where('users.is_active', '=', true)
      .where('dial.claimed_by', '=', node)
      .where('dial.claimed_until', '>', sql<string>`now()`)
      .executeTakeFirst(),
  );
}

/** Not where the router has been linked again meanwhile: then it has another key. */
async function forgetTold(
  database: Database,
  { user_id, router_id, client_key }: RouterDial,
): Promise<void> {
  await tenantTransaction(database, user_id, (transaction) =>
    transaction
      .deleteFrom('router_dials')
      .where('user_id', '=', user_id)
      .where('router_id', '=', router_id)
      .where('client_key', '=', client_key)
      .execute(),
  );
}

async function storeProblem(
  database: Database,
  { user_id, router_id }: OfRouter,
  problem: string | null,
): Promise<void> {
  await tenantTransaction(database, user_id, (transaction) =>
    transaction
      .updateTable('router_dials')
      .set({ problem })
      .where('user_id', '=', user_id)
      .where('router_id', '=', router_id)
      .execute(),
  );
}

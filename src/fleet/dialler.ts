/** Dials the routers that do not dial in, each again and again until it answers: docs/decisions/0017. */
import type { FastifyBaseLogger } from 'fastify';
import { backOff } from '../back-off.ts';
import type { DialRules } from '../config/dialling.ts';
import type { OfRouter } from '../database/models.ts';
import { clientKeyOf } from '../routers/dialled.ts';
import { whereToDial } from '../routers/dialling.ts';
import { type WakeUp, createWakeUp } from '../wake-up.ts';
import type { RouterLog, RouterQuotas } from './router-limits.ts';
import type { RouterConnections } from './connections.ts';
import { routerKey } from './router-key.ts';
import {
  type Dial,
  claimDials,
  findClaimedDial,
  forgetToldDial,
  storeDialProblem,
} from './dials.ts';
import {
  DialFailedError,
  type RouterDriver,
  type RouterSession,
  SessionEndedError,
} from './driver.ts';
import type { Lease } from './lease.ts';
import { createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';

/** Seconds that a claim holds: after a Commands-Server has died, another one dials its routers. */
const CLAIM = 60;
/** Milliseconds between two looks at which routers to dial. */
const LOOK_EVERY = 15_000;
/** Milliseconds between two tries. */
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** A connection that lasted so many milliseconds was a good one. */
const LASTING = 10_000;

export type DiallerOptions = {
  database: RouterDatabase;
  driver: RouterDriver;
  log: FastifyBaseLogger;
  quotas: RouterQuotas;
  /** This Commands-Server's. */
  lease: Pick<Lease, 'node'>;
  connections: RouterConnections;
  rules: DialRules;
  secretKey: string;
};

/** What a call to one router works with. */
type CallOptions = Omit<DiallerOptions, 'log' | 'quotas'> & { log: RouterLog };

export interface Dialler {
  /** Something of a router, or of any, may have changed. */
  look: (key?: string) => void;
  /** Dials no more, and leaves that to other Commands-Servers. Open connections stay. */
  close: () => Promise<void>;
}

export function startDialler(options: DiallerOptions): Dialler {
  const { database, log, lease } = options;
  const pauses = new Map<string, WakeUp>();
  let isStopped = false;

  const claims = createRounds(
    async () => {
      if (isStopped) return;
      for (const router of await database.run((shared) => claimDials(shared, lease.node, CLAIM))) {
        const key = routerKey(router);
        if (isStopped || pauses.has(key)) continue;
        const pause = createWakeUp();
        pauses.set(key, pause);
        void keepDialling(options, router, pause, () => isStopped).finally(() =>
          pauses.delete(key),
        );
      }
    },
    (error) => log.warn({ err: error }, 'could not claim routers to dial'),
  );
  const timer = setInterval(claims.request, LOOK_EVERY);
  claims.request();
  return {
    look: (key = '') => (pauses.get(key)?.wake ?? claims.request)(),
    close: async () => {
      isStopped = true;
      clearInterval(timer);
      for (const pause of pauses.values()) pause.wake();
      await claims.idle();
      await database
        .run((shared) => claimDials(shared, lease.node, 0))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'could not release dial claims; they expire'),
        );
    },
  };
}

/** Until the router is not ours to dial any more. */
async function keepDialling(
  options: DiallerOptions,
  router: OfRouter,
  pause: WakeUp,
  isStopped: () => boolean,
): Promise<void> {
  const log = options.quotas.logOf(router);
  let failures = 0;
  while (!isStopped()) {
    const began = performance.now();
    try {
      if ((await dialOnce({ ...options, log }, router, isStopped)) === 'not-ours') return;
    } catch (error) {
      log.warn({ err: error }, 'a router could not be dialled');
    }
    if (performance.now() - began > LASTING) failures = 0;
    const isChanged = await pause.wait(backOff(failures, SHORTEST_WAIT, LONGEST_WAIT));
    failures = isChanged ? 0 : failures + 1;
  }
}

/** One call, to the end of its connection. */
async function dialOnce(
  options: CallOptions,
  router: OfRouter,
  isStopped: () => boolean,
): Promise<'not-ours' | 'again'> {
  const { database, lease, log } = options;
  const dial = await database.asUser(router.user_id, (transaction) =>
    findClaimedDial(transaction, router, lease.node),
  );
  if (dial === undefined) return 'not-ours';
  const store = async (found: string | null) => {
    if (found === dial.problem) return;
    await database.asUser(router.user_id, (transaction) =>
      storeDialProblem(transaction, router, found),
    );
    if (found !== null) log.warn({ problem: found }, 'a router cannot be dialled');
  };
  const { session, problem } = await open(options, dial);
  await store(problem);
  if (session !== undefined && isStopped()) session.close('the service stops');
  else if (session !== undefined)
    await options.connections.hold({ ...router, fingerprint: undefined }, session);
  // It has removed our key itself: it was told, or somebody has removed NetPilot from it.
  if (problem !== 'key-refused' || dial.is_active) return 'again';
  await database.asUser(router.user_id, (transaction) => forgetToldDial(transaction, dial));
  log.info({}, 'an unlinked router is not dialled again');
  return 'not-ours';
}

/** Opens a session, or gives why the router could not be dialled. */
async function open(
  { driver, rules, secretKey, log }: CallOptions,
  dial: Dial,
): Promise<{ session?: RouterSession; problem: string | null }> {
  const place = whereToDial(dial, rules);
  if (typeof place === 'string') return { problem: place };
  const clientKey = openClientKey(dial, secretKey);
  if (clientKey === undefined) return { problem: 'key-sealed' };
  try {
    const session = await driver.connect({ ...place, hostKey: dial.host_key, clientKey });
    return { session, problem: null };
  } catch (error) {
    if (error instanceof DialFailedError) return { problem: error.problem };
    if (!(error instanceof SessionEndedError)) throw error;
    log.info({ reason: error.message }, 'router disconnected before hello');
    return { problem: null };
  }
}

/** Undefined if another SECRET_KEY sealed it: the router has to be linked again. */
function openClientKey(dial: Dial, secretKey: string): string | undefined {
  try {
    return clientKeyOf(dial, secretKey);
  } catch {
    return undefined;
  }
}

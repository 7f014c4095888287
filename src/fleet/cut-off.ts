/** A node that has lost the database while others have it: it sends its routers there. */
import type { FastifyBaseLogger } from 'fastify';
import type { Heartbeat } from '../wakes/heartbeats.ts';
import type { Wakes } from '../wakes/wakes.ts';
import type { RouterConnections } from './connections.ts';
import { sendElsewhere } from './draining.ts';
import { type Lease, RENEW_EVERY } from './lease.ts';

/** For so many milliseconds the database may be away before anybody is sent elsewhere. */
const LONGEST_LOSS = 10_000;
/** What another node said counts for so many milliseconds. */
const BELIEVED_FOR = 5_000;

const CUT_OFF =
  'this node cannot reach the database, and others can: it sends its routers there, and takes none';
const NO_MORE = 'this node takes routers again';

/** What a node knows of the others. */
export interface CutOff {
  hear: (heartbeat: Heartbeat) => void;
  /** Whether another one says that it takes routers. */
  isAnyoneReady: () => boolean;
  /** @param lostFor for how many milliseconds this node has not reached the database */
  isCutOff: (lostFor: number) => boolean;
}

/** While the database is away for all, nobody would take the routers: then they stay, and their rules hold. */
export function createCutOff(now: () => number): CutOff {
  let takesRoutersAt = -Infinity;
  const isAnyoneReady = () => now() - takesRoutersAt < BELIEVED_FOR;
  return {
    isAnyoneReady,
    hear: ({ state, hasDatabase }) => {
      if (state === 'ready' && hasDatabase) takesRoutersAt = now();
    },
    isCutOff: (lostFor) => lostFor >= LONGEST_LOSS && isAnyoneReady(),
  };
}

export type CutOffOptions = {
  wakes: Wakes;
  lease: Lease;
  connections: RouterConnections;
  log: FastifyBaseLogger;
  isDraining: () => boolean;
};

/** Tells other nodes each second how this one is, and sends its routers to them while it is cut off. */
export function watchCutOff({ wakes, lease, connections, log, isDraining }: CutOffOptions) {
  const cutOff = createCutOff(() => performance.now());
  const isCutOff = () => cutOff.isCutOff(lease.contact.lostFor());
  let [wasCutOff, isSending] = [false, false];
  const send = async () => {
    isSending = true;
    await sendElsewhere(connections, undefined, isCutOff);
    isSending = false;
  };
  const look = () => {
    if (isCutOff() !== wasCutOff) log.warn(wasCutOff ? NO_MORE : CUT_OFF);
    wasCutOff = isCutOff();
    if (wasCutOff && !isDraining() && !isSending) void send();
  };
  const stopHearing = wakes.hearBeats((heartbeat) => {
    if (heartbeat.instance !== lease.instance) cutOff.hear(heartbeat);
  });
  const timer = setInterval(() => {
    look();
    wakes.beat({
      node: lease.node,
      instance: lease.instance,
      connections: connections.size(),
      state: isDraining() ? 'draining' : 'ready',
      hasDatabase: lease.contact.isTrusted(),
    });
  }, RENEW_EVERY);
  return {
    isCutOff,
    isAnyoneReady: cutOff.isAnyoneReady,
    stop: () => {
      clearInterval(timer);
      stopHearing();
    },
  };
}

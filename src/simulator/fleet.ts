/** Any number of simulated routers in one process. */
import type { RouterAccess } from '../api/app.ts';
import { createAgent } from './agent.ts';
import { dial } from './dial.ts';
import { createHome } from './home.ts';
import type { Identity } from './identity.ts';

/** How often somebody looks what a family does, on average. */
const LIFE_EVERY_MS = 20_000;
const TICK_MS = 250;

export type Fleet = {
  /** How many are connected now. */
  connected: () => number;
  stop: () => void;
};

/** Lets routers dial in and live, until they are stopped. */
export function startFleet({
  access,
  identities,
  devices,
  lifeEveryMs = LIFE_EVERY_MS,
  hasOutages = false,
}: {
  access: RouterAccess;
  identities: readonly Identity[];
  /** How many each home has. */
  devices: number;
  /** Infinity: nobody comes or goes, whatever the time of day. */
  lifeEveryMs?: number;
  /** Their lines fail now and then. */
  hasOutages?: boolean;
}): Fleet {
  let connected = 0;
  const routers = identities.map(({ number, private_key }) => {
    let isConnected = false;
    return dial({
      access,
      privateKey: private_key,
      agent: createAgent(createHome(number, devices), undefined, undefined, hasOutages),
      onChange: (change) => {
        if (isConnected === (change === 'connected')) return;
        isConnected = !isConnected;
        connected += isConnected ? 1 : -1;
      },
    });
  });
  const timer = setInterval(() => {
    for (const router of routers) {
      router.tell();
      if (Math.random() < TICK_MS / lifeEveryMs) router.liveUntilNow();
    }
  }, TICK_MS);
  return {
    connected: () => connected,
    stop: () => {
      clearInterval(timer);
      for (const router of routers) router.stop();
    },
  };
}

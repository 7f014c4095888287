import type { OfRouter } from '../database/models.ts';
import {
  type ConnectedRouter,
  type ConnectionServices,
  type HeldConnection,
  type RouterConnection,
  SERVICE_STOPS,
  holdConnection,
} from './connection.ts';
import type { RouterSession } from './driver.ts';
import { movingFirst } from './moved.ts';
import { routerKey } from './router-key.ts';

/** So many are looked at together, and the next after so many milliseconds: 10,000 within 10 seconds, as others want the database too. */
const LOOKED_AT = 100;
const PAUSE = 100;

/** The routers that are connected to this process: one connection each, the newest. */
export interface RouterConnections {
  /** Holds a router's connection until it ends; never rejects. */
  hold: (router: ConnectedRouter, session: RouterSession) => Promise<void>;
  find: (router: OfRouter) => RouterConnection | undefined;
  /** Something of a router may have changed. False if it is not connected here. */
  look: (key: string) => boolean;
  /** Something besides its policy is wanted of the router, if it is connected here. */
  ask: (key: string) => void;
  /** Something of a router may have changed that nobody has said. */
  sweep: (key: string) => void;
  /** All of them, as they are in the database. */
  held: () => HeldConnection[];
  /** Something of any of them may have changed. */
  lookAll: () => void;
  size: () => number;
  /** Sends one elsewhere. It counts until it is let go. */
  leave: (router: OfRouter) => void;
  /** @param isElsewhere whether it is known to be there; else it is disconnected, if it has gone */
  letGo: (connection: HeldConnection, isElsewhere: boolean) => void;
  /** Sends all of them elsewhere, also those that come from now on, and waits until that is stored. */
  close: () => Promise<void>;
}

export function createRouterConnections(services: ConnectionServices): RouterConnections {
  const connections = new Map<string, RouterConnection>();
  const lives = new Set<Promise<void>>();
  let isClosed = false;
  let looking: NodeJS.Timeout | undefined;
  const lookSome = (all: readonly RouterConnection[]) => {
    for (const connection of all.slice(0, LOOKED_AT)) {
      connection.look();
      connection.ask();
    }
    const rest = all.slice(LOOKED_AT);
    if (rest.length > 0) looking = setTimeout(() => lookSome(rest), PAUSE);
  };
  return {
    hold: async (router, session) => {
      if (isClosed) return session.redial(SERVICE_STOPS);
      const key = routerKey(router);
      let own: RouterConnection | undefined;
      const first = movingFirst(session, router.fingerprint, services.findDestination);
      const life = holdConnection(services, router, first, (connection) => {
        own = connection;
        connections.get(key)?.giveWay();
        connections.set(key, connection);
        // It was being stored while all were sent elsewhere.
        if (isClosed) dismiss(connection);
      });
      lives.add(life);
      await life;
      lives.delete(life);
      if (connections.get(key) === own) connections.delete(key);
    },
    find: (router) => connections.get(routerKey(router)),
    look: (key) => {
      const connection = connections.get(key);
      connection?.look();
      return connection !== undefined;
    },
    sweep: (key) => connections.get(key)?.lookIfIdle(),
    held: () => [...connections.values()].map(({ held }) => held),
    ask: (key) => connections.get(key)?.ask(),
    lookAll: () => {
      clearTimeout(looking);
      lookSome([...connections.values()]);
    },
    size: () => connections.size,
    leave: (router) => connections.get(routerKey(router))?.leave(),
    letGo: (sent, isElsewhere) => {
      const connection = connections.get(routerKey(sent));
      if (connection?.held.connection_id === sent.connection_id) connection.letGo(isElsewhere);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(looking);
      for (const connection of connections.values()) dismiss(connection);
      await Promise.all(lives);
    },
  };
}

/** Sends it elsewhere, and waits for nobody to take it. */
function dismiss(connection: RouterConnection): void {
  connection.leave();
  connection.letGo(false);
}

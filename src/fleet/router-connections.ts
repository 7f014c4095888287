/** The routers that are connected to this process: one connection each, the newest. */
import type { Duplex } from 'node:stream';
import type { OfRouter } from '../database/models.ts';
import {
  type ConnectionServices,
  type Holder,
  type RouterConnection,
  openRouterConnection,
} from './router-connection.ts';

export type RouterConnections = ReturnType<typeof createRouterConnections>;

export function createRouterConnections(services: ConnectionServices) {
  const connections = new Map<string, RouterConnection>();
  const lives = new Set<Promise<void>>();

  return {
    /** Takes over a router's channel until it ends. */
    take: async (holder: Holder, stream: Duplex): Promise<void> => {
      const key = keyOf({ user_id: holder.userId, router_id: holder.routerId });
      let own: RouterConnection | undefined;
      const life = openRouterConnection(services, holder, stream, (connection) => {
        own = connection;
        connections.get(key)?.close('a newer connection replaced it');
        connections.set(key, connection);
      });
      lives.add(life);
      await life;
      lives.delete(life);
      if (connections.get(key) === own) connections.delete(key);
    },

    find: (router: OfRouter): RouterConnection | undefined => connections.get(keyOf(router)),

    /** Something of a router may have changed: "<user_id> <router_id>". False where it is not connected here. */
    look: (key: string): boolean => {
      const connection = connections.get(key);
      connection?.look();
      return connection !== undefined;
    },

    /** Something of any of them may have changed. */
    lookAll: (): void => {
      for (const connection of connections.values()) connection.look();
    },

    size: (): number => connections.size,

    /** Ends all of them, and waits until that is stored. */
    close: async (): Promise<void> => {
      for (const connection of connections.values()) connection.close('the service stops');
      await Promise.all(lives);
    },
  };
}

/** As `notify_router` in the migrations writes it. */
function keyOf({ user_id, router_id }: OfRouter): string {
  return `${user_id} ${router_id}`;
}

import { Type } from 'typebox';
import { loadOwnDevice } from '../access/own-device.ts';
import { routerWithin } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { Id, RouterId } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';

const OwnDevices = Type.Object({
  items: Type.Array(Type.Object({ router_id: RouterId, device_id: Id })),
});

export function ownDeviceRoutes(app: App, { database }: Services): void {
  app.get(
    '/devices/own',
    {
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'Find the device that sends the request',
        description:
          'As far as its address shows: none if it is not in the home, several if two routers have a device at that address. What would cut it off needs `confirm`.',
        response: { 200: OwnDevices },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const { devices } = await loadOwnDevice(transaction, actor.userId, request);
        const only = routerWithin(actor, undefined);
        return {
          items: devices
            .filter(({ router_id }) => only === undefined || router_id === only)
            .map(({ router_id, id }) => ({ router_id, device_id: id })),
        };
      }),
  );
}

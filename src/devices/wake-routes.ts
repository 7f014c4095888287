import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { RouterThingParams } from '../api/schema.ts';
import { ConflictError } from '../errors.ts';
import { lockRouter } from '../routers/queries.ts';
import { findDevice, lockDevice, requestWake } from './queries.ts';
import { DeviceDetail } from './schema.ts';

export function wakeRoutes(app: App, { database }: Services): void {
  app.post(
    '/routers/:router_id/devices/:id/wake',
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: 'Wake a device',
        description:
          'Its router sends a magic packet (wake-on-LAN) for each of its MACs to all its networks; whether the device heeds it nobody knows until it is online. Refused (409) if the router is not connected or has no program for that (`wake` in `agent_features`).',
        params: RouterThingParams,
        response: { 202: DeviceDetail },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const device = await lockDevice(transaction, key);
        const router = await lockRouter(transaction, device);
        if (!router.is_connected)
          throw new ConflictError('The router is not connected: it cannot wake anything.');
        if (router.agent_features?.includes('wake') !== true)
          throw new ConflictError('This router has no program that wakes devices.');
        await requestWake(transaction, device);
        await recordAudit(transaction, actor, 'device.wake_requested', device);
        return { status: 202, body: await findDevice(transaction, device) };
      }),
  );
}

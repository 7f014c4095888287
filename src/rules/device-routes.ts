/** What people say of a device. In this room, as it may change what the rules of the home are for. */
import { type Static, Type } from 'typebox';
import { confirm, keepOwnDevice } from '../access/own-device.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { RouterThingParams } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { assignDevice, requirePerson } from '../devices/assigning.ts';
import { type DeviceKey, findDevice, lockDevice, updateDevice } from '../devices/queries.ts';
import { DeviceChange, DeviceDetail, EDITABLE } from '../devices/schema.ts';
import { pick } from '../pick.ts';
import { lockPolicies } from '../policy/queries.ts';
import { findRouter } from '../routers/queries.ts';
import { raiseForDevices } from './raising.ts';

const DeviceChangeOrConfirm = Type.Object(
  { ...DeviceChange.properties, confirm },
  { additionalProperties: false, minProperties: 1 },
);

export function changeDeviceRoutes(app: App, { database }: Services): void {
  app.patch(
    '/routers/:router_id/devices/:id',
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Set the name, the type or the person of a device',
        description:
          'Null removes it. Name and type are only for people: nothing changes for the device. The rules for a person hold for their devices, once the routers confirm.',
        params: RouterThingParams,
        body: DeviceChangeOrConfirm,
        response: { 200: DeviceDetail },
      },
    },
    async (request, reply) => {
      const device = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        if (request.body.person_id !== undefined)
          await lockPolicies(transaction, await findRouter(transaction, key));
        const before = await lockDevice(transaction, key);
        requireMatch(request, pick(before, EDITABLE));
        if (EDITABLE.every((column) => before[column] === null))
          await requireRoomFor(transaction, 'devices');
        const { confirm: isConfirmed, ...change } = request.body;
        const write = () => writeChange(transaction, before, change);
        if (change.person_id === undefined) await write();
        else await keepOwnDevice(transaction, request, actor, isConfirmed, write);
        const after = await findDevice(transaction, before);
        await recordAudit(transaction, actor, 'device.changed', before, {
          before: pick(before, EDITABLE),
          after: pick(after, EDITABLE),
        });
        return after;
      });
      return withEtag(reply, device, pick(device, EDITABLE));
    },
  );
}

async function writeChange(
  transaction: TenantTransaction,
  key: DeviceKey,
  { person_id, ...texts }: Static<typeof DeviceChange>,
): Promise<void> {
  if (Object.keys(texts).length > 0) await updateDevice(transaction, key, texts);
  if (person_id === undefined) return;
  if (person_id !== null) await requirePerson(transaction, key, person_id);
  const changes = await assignDevice(transaction, key, person_id);
  await raiseForDevices(transaction, await findRouter(transaction, key), changes);
}

/** New devices: somebody says that one is welcome, or not. Until then the rule for new devices holds for it. */
import { type Static, Type } from 'typebox';
import { sql } from 'kysely';
import { confirm, keepOwnDevice } from '../access/own-device.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Actor } from '../api/actor.ts';
import type { App, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { HomeParams, Id, RouterId, RouterThingParams, Strict } from '../api/schema.ts';
import type { Device } from '../database/models.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { assignDevice, markReviewed, requirePerson, wholesInHome } from '../devices/assigning.ts';
import { mergeDevices } from '../devices/merging.ts';
import { approveNewcomers } from '../devices/newcomers.ts';
import { type DeviceKey, findDevice, lockDevice } from '../devices/queries.ts';
import { DeviceDetail } from '../devices/schema.ts';
import { ConflictError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { prepareBlock, startBlock } from '../policy/blocking.ts';
import { lockPolicies } from '../policy/queries.ts';
import { Delivery, findDelivery } from '../policy/revision.ts';
import { refuseSharedMac } from '../policy/shared-mac.ts';
import { findRouter } from '../routers/queries.ts';
import { raiseForDevices } from './raising.ts';

const Review = Strict({
  decision: Type.Enum(['allow', 'refuse'], {
    description:
      '`allow`: it is welcome, and gets what the rest of the rules say. `refuse`: it is blocked, at every router of the home that knows it.',
  }),
  person_id: Type.Optional({ ...Id, description: 'Whose it is: a person of the home.' }),
  same_as: Type.Optional({
    ...Id,
    description:
      'A device of the router that it is, under another MAC: it is merged into that one. What is decided for that one holds, also its blocks.',
  }),
  confirm,
});
type Review = Static<typeof Review>;

const ReviewAll = Strict({
  decision: Type.Enum(['allow']),
  all: Type.Literal(true),
  online: Type.Optional(
    Type.Literal(true, { description: 'Of these only the ones that are online now.' }),
  ),
  confirm,
});

export function reviewRoutes(app: App, services: Services): void {
  reviewRoute(app, services);
  reviewAllRoute(app, services);
}

function reviewRoute(app: App, { database }: Services): void {
  app.post(
    '/routers/:router_id/devices/:id/review',
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Allow or refuse a new device',
        description:
          'It is not new any more, at no router of the home, and can be given to a person and merged with another device at the same time. A device that has been reviewed can be reviewed again. `delivery` is of its router.',
        params: RouterThingParams,
        body: Review,
        response: { 200: Type.Object({ ...DeviceDetail.properties, delivery: Delivery }) },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { body } = request;
        await keepOwnDevice(transaction, request, actor, body.confirm, () =>
          reviewDevice(transaction, actor, key, body),
        );
        const device = await findDevice(transaction, key);
        return { status: 200, body: { ...device, delivery: await findDelivery(transaction, key) } };
      }),
  );
}

/** Allows or refuses a device, and audits it. @throws what the routers' rules refuse */
export async function reviewDevice(
  transaction: TenantTransaction,
  actor: Actor,
  key: DeviceKey,
  { decision, person_id, same_as, confirm: isConfirmed }: Review,
): Promise<void> {
  const router = await findRouter(transaction, key);
  await lockPolicies(transaction, router);
  const before = await lockDevice(transaction, key);
  if (before.is_router)
    throw new ConflictError('This is the router itself: it is never a new device.');
  if (person_id !== undefined) {
    await requirePerson(transaction, key, person_id);
    if (before.person_id === null) await requireRoomFor(transaction, 'devices');
  }
  if (same_as !== undefined)
    await mergeDevices(transaction, actor, { ...key, id: same_as }, before.id);
  const changes =
    person_id === undefined
      ? await markReviewed(transaction, key)
      : await assignDevice(transaction, key, person_id);
  // Merged, the rules for one are for both.
  await raiseForDevices(transaction, router, {
    ...changes,
    was_new: changes.was_new || before.reviewed_at === null,
  });
  if (decision === 'refuse') await blockEverywhere(transaction, actor, key, isConfirmed);
  await recordAudit(transaction, actor, 'device.reviewed', before, {
    decision,
    ...(person_id !== undefined && { person_id }),
    ...(same_as !== undefined && { same_as }),
    mac: before.mac,
    device_name: before.device_name,
    hostname: before.hostname,
  });
}

/** At each router of the home that knows it, unless it is blocked there already. Throws SharedMacError without a confirmation. */
async function blockEverywhere(
  transaction: TenantTransaction,
  actor: Actor,
  { user_id, id }: DeviceKey,
  isConfirmed: boolean | undefined,
): Promise<void> {
  const { rows } = await sql<Pick<Device, 'id' | 'router_id'>>`
    select id, router_id from user_devices
    where user_id = ${user_id} and not is_router and id in (${wholesInHome(user_id, id)})
    order by router_id, id`.execute(transaction);
  for (const { id: device_id, router_id } of rows) {
    const prepared = await prepareBlock(transaction, { user_id, router_id }, { device_id });
    if (prepared.present !== null) continue;
    if (isConfirmed !== true) refuseSharedMac(prepared);
    await startBlock(transaction, actor, prepared);
  }
}

function reviewAllRoute(app: App, { database }: Services): void {
  app.post(
    '/homes/:home_id/devices/review',
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Allow all new devices of a home',
        description:
          'But for those that probably are a device that is blocked or has rules, under another MAC (`same_as`): these stay new, to be decided on one by one.',
        params: HomeParams,
        body: ReviewAll,
        response: {
          200: Type.Object({
            reviewed: Type.Integer({ description: 'How many devices are not new any more.' }),
            left: Type.Array(Type.Object({ router_id: RouterId, device_id: Id }), {
              description: 'Those that stay new.',
            }),
          }),
        },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const home = { user_id: actor.userId, home_id: request.params.home_id };
        const { online = false } = request.body;
        await findHome(transaction, { user_id: home.user_id, id: home.home_id });
        const outcome = await keepOwnDevice(
          transaction,
          request,
          actor,
          request.body.confirm,
          async () => {
            await lockPolicies(transaction, home);
            const approved = await approveNewcomers(transaction, { ...home, online });
            if (approved.reviewed > 0)
              await raiseForDevices(transaction, home, { people: [], was_new: true });
            return approved;
          },
        );
        const details = { home_id: home.home_id, decision: 'allow', devices: outcome.reviewed };
        await recordAudit(transaction, actor, 'device.reviewed', {}, details);
        return { status: 200, body: outcome };
      }),
  );
}

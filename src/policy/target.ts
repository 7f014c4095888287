/** Which device a list entry or a block is for. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Device, type OfRouter, type Router, devicesOf, wholeOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { currentAddresses, holderOf, isOfDevice } from '../devices/parts.ts';
import { Id, IpAddress, MacAddress, Nullable } from '../api/schema.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts';
import { parseMac } from '../parse-mac.ts';
import { parseAddress } from '../parse-address.ts';
import { requireDeviceAddresses, UNKNOWN_ADDRESS } from '../devices/address.ts';

/** How a request names a device. */
export const DeviceReference = Type.Object({
  device_id: Type.Optional(
    Type.String({ ...Id, description: 'A device of the router. Its address and MAC are used.' }),
  ),
  device_ip: Type.Optional(
    Type.String({
      ...IpAddress,
      description: 'Instead of device_id: the device that has this address, if there is one.',
    }),
  ),
  device_mac: Type.Optional(
    Type.String({
      ...MacAddress,
      description: 'Instead of device_id. It is enough, even if the device was never seen.',
    }),
  ),
});
type DeviceReference = Partial<Record<keyof Static<typeof DeviceReference>, string | undefined>>;

/** What an entry or a block stores of its device. The MAC counts; the address if there is no MAC. */
export const TARGET_COLUMNS = ['device_id', 'device_ip', 'device_mac'] as const;
export const Target = Type.Object({
  device_id: Nullable(Type.String({ ...Id, description: 'Null if no such device is known.' })),
  device_ip: Type.String({
    ...IpAddress,
    description: 'Its address then; 0.0.0.0 if it was not known.',
  }),
  device_mac: Nullable(MacAddress),
});
export type Target = Static<typeof Target>;

/** A target, the device if it was ever seen, and the addresses that it has now, as far as they are known. */
export type ResolvedTarget = { target: Target; device: Device | undefined; addresses: string[] };

/**
 * Finds the device that a request names; by the id of a merged one, the device that it is part of. Throws
 * InvalidInputError if it names none or two, and NotFoundError for a device_id that the router does not have.
 */
export async function resolveTarget(
  transaction: TenantTransaction,
  router: Router,
  reference: DeviceReference,
): Promise<ResolvedTarget> {
  const { target, device } = await findTarget(transaction, router, reference);
  if (device === undefined) return { target, device, addresses: [target.device_ip] };
  const addresses = await currentAddresses(transaction, device);
  return {
    target,
    device,
    addresses: target.device_mac === null ? [target.device_ip, ...addresses] : addresses,
  };
}

async function findTarget(
  transaction: TenantTransaction,
  router: Router,
  { device_id, device_ip: given_ip, device_mac: given_mac }: DeviceReference,
): Promise<Omit<ResolvedTarget, 'addresses'>> {
  const devices = devicesOf(transaction, router);
  const device_ip = given_ip === undefined ? undefined : parseAddress(given_ip);
  const device_mac = given_mac === undefined ? undefined : parseMac(given_mac);
  requireDeviceAddresses({ device_ip, device_mac });
  if (device_id !== undefined) {
    if (device_ip !== undefined || device_mac !== undefined)
      throw refuse('device_id', 'either device_id, or device_mac and device_ip', device_id);
    const device = await devices
      .where('id', '=', wholeOf(router.user_id, device_id))
      .executeTakeFirstOrThrow(() => new NotFoundError('device', device_id));
    return { device, target: targetOf(device) };
  }
  if (device_mac !== undefined) {
    const device = await devices.where('mac', '=', device_mac).executeTakeFirst();
    const ip = device_ip ?? device?.ip ?? UNKNOWN_ADDRESS;
    return { device, target: { device_id: device?.id ?? null, device_ip: ip, device_mac } };
  }
  if (device_ip === undefined) throw refuse('device_id', 'device_id, device_mac or device_ip');
  const device = await holderOf(transaction, router, device_ip);
  const target = device && targetOf(device);
  return { device, target: target ?? { device_id: null, device_ip, device_mac: null } };
}

/** The condition that a stored entry or block is for the same device, with any of its MACs. */
export function isFor(
  userId: string,
  { device_id, device_ip, device_mac }: Target,
): RawBuilder<SqlBool> {
  const isSame =
    device_mac === null
      ? sql<SqlBool>`(device_mac is null and device_ip = ${device_ip})`
      : sql<SqlBool>`device_mac = ${device_mac}`;
  return device_id === null ? isSame : sql`(${isSame} or ${isOfDevice(userId, device_id)})`;
}

/**
 * Whether an active block or list entry is for one of these rows of user_devices.
 * @param ids of the user's devices
 */
export async function isAnyTargeted(
  transaction: TenantTransaction,
  { user_id }: Pick<OfRouter, 'user_id'>,
  ids: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ is_targeted: boolean }>`
    select exists (
      select from policy_targets
      where user_id = ${user_id} and device_id = any (${ids}) and is_active) as is_targeted`.execute(
    transaction,
  );
  return rows[0]?.is_targeted === true;
}

/** Throws ConflictError if the router itself would be cut off. */
export function refuseRouterItself(
  resolved: ResolvedTarget,
  { router_ip }: Router,
  what: 'blocked' | 'put on the blacklist',
): void {
  const isOwnAddress = router_ip !== null && resolved.addresses.includes(router_ip);
  if (resolved.device?.is_router === true || isOwnAddress)
    throw new ConflictError(`This is the router itself: it cannot be ${what}.`);
}

function targetOf({ id, ip, mac }: Device): Target {
  return { device_id: id, device_ip: ip, device_mac: mac };
}

function refuse(field: string, expected: string, value?: string): InvalidInputError {
  return new InvalidInputError([{ field, expected, ...(value !== undefined && { value }) }]);
}

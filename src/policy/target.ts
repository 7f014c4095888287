/** Which device a list entry or a block is for. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { type Device, type Router, devicesOf, wholeOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { currentAddresses, holderOf, namesPartOf } from '../devices/parts.ts';
import { Id, IpAddress, MacAddress } from '../api/schema.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts';
import { isSameAddress, requireDeviceAddresses } from '../devices/address.ts';

/** How a request names a device. */
export const Named = Type.Object({
  device_id: Type.Optional(
    Type.String({ ...Id, description: 'A device of the router. Its address and MAC are taken.' }),
  ),
  device_ip: Type.Optional(
    Type.String({
      ...IpAddress,
      description: 'In place of device_id. The device that has this address, if any, is meant.',
    }),
  ),
  device_mac: Type.Optional(
    Type.String({
      ...MacAddress,
      description:
        'In place of device_id. For a device that was never seen device_ip is needed too.',
    }),
  ),
});
type Named = Partial<Record<keyof Static<typeof Named>, string | undefined>>;

/** What an entry or a block holds of its device. The MAC is what counts; the address where there is none. */
export type Target = { device_id: string | null; device_ip: string; device_mac: string | null };

/** A target, the device behind it where it was ever seen, and where it takes effect now, as far as that is known. */
export type ResolvedTarget = { target: Target; device: Device | undefined; addresses: string[] };

/**
 * Finds the device that a request names; by the id of what is merged into another, that other one. Throws
 * InvalidInputError where it names none or two, and NotFoundError for a device_id that the router does not have.
 */
export async function resolveTarget(
  transaction: TenantTransaction,
  router: Router,
  named: Named,
): Promise<ResolvedTarget> {
  const { target, device } = await findTarget(transaction, router, named);
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
  { device_id, device_ip, device_mac }: Named,
): Promise<Omit<ResolvedTarget, 'addresses'>> {
  const devices = devicesOf(transaction, router);
  requireDeviceAddresses({ device_ip, device_mac });
  if (device_id !== undefined) {
    if (device_ip !== undefined || device_mac !== undefined)
      throw refuse('device_id', 'either this, or device_mac and device_ip', device_id);
    const device = await devices
      .where('id', '=', wholeOf(router.user_id, device_id))
      .executeTakeFirst();
    if (device === undefined) throw new NotFoundError('device', device_id);
    return { device, target: targetOf(device) };
  }
  if (device_mac !== undefined) {
    const device = await devices.where('mac', '=', device_mac).executeTakeFirst();
    const ip = device_ip ?? device?.ip;
    if (ip === undefined)
      throw refuse('device_ip', 'an address too, for a device that was never seen');
    return { device, target: { device_id: device?.id ?? null, device_ip: ip, device_mac } };
  }
  if (device_ip === undefined) throw refuse('device_id', 'this, or device_mac, or device_ip');
  const device = await holderOf(transaction, router, device_ip);
  const target = device && targetOf(device);
  return { device, target: target ?? { device_id: null, device_ip, device_mac: null } };
}

/** The condition that a stored entry or block is for the same device, at whichever of its MACs. */
export function isFor(
  userId: string,
  { device_id, device_ip, device_mac }: Target,
): RawBuilder<SqlBool> {
  const isSame =
    device_mac === null
      ? sql<SqlBool>`(device_mac is null and device_ip = ${device_ip})`
      : sql<SqlBool>`device_mac = ${device_mac}`;
  return device_id === null ? isSame : sql`(${isSame} or ${namesPartOf(userId, device_id)})`;
}

/** Throws ConflictError where it is the router itself that would be cut off. */
export function refuseRouterItself(
  resolved: ResolvedTarget,
  { router_ip }: Router,
  what: 'blocked' | 'put on the blacklist',
): void {
  const isOwnAddress =
    router_ip !== null && resolved.addresses.some((address) => isSameAddress(address, router_ip));
  if (resolved.device?.is_router === true || isOwnAddress)
    throw new ConflictError(`This is the router itself: it cannot be ${what}.`);
}

function targetOf({ id, ip, mac }: Device): Target {
  return { device_id: id, device_ip: ip, device_mac: mac };
}

function refuse(field: string, expected: string, value?: string): InvalidInputError {
  return new InvalidInputError([{ field, expected, ...(value !== undefined && { value }) }]);
}

/** Which device a list entry or a block is for. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import type { OfRouter, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { isOfDevice } from '../devices/parts.ts';
import { Id, IpAddress, MacAddress, Nullable } from '../api/schema.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts';
import { parseMac } from '../parse-mac.ts';
import { parseAddress } from '../parse-address.ts';
import { requireDeviceAddresses } from '../devices/address.ts';

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
export type DeviceReference = Partial<
  Record<keyof Static<typeof DeviceReference>, string | undefined>
>;

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

/** A target, the rows of the device (none if it was never seen), and the addresses that it has now, as far as they are known. */
export type ResolvedTarget = {
  target: Target;
  parts: string[];
  addresses: string[];
  isRouter: boolean;
};

/** As resolve_target() gives it. */
export type TargetRow = {
  row_id: string | null;
  ip: string;
  mac: string | null;
  is_router: boolean;
  part_ids: string[];
  addresses: string[];
};

/**
 * Finds the device that a request names; by the id of a merged one, the device that it is part of. Throws
 * InvalidInputError if it names none or two, and NotFoundError for a device_id that the router does not have.
 */
export async function resolveTarget(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  reference: DeviceReference,
): Promise<ResolvedTarget> {
  const { rows } = await sql<TargetRow>`
    select * from resolve_target(${user_id}, ${router_id}, ${namesOf(reference)})`.execute(
    transaction,
  );
  return readTarget(rows[0], reference);
}

/** The parameters of resolve_target() after the router's. Throws InvalidInputError if a request names none or two. */
export function namesOf({
  device_id,
  device_ip: given_ip,
  device_mac: given_mac,
}: DeviceReference): RawBuilder<unknown> {
  const device_ip = given_ip === undefined ? undefined : parseAddress(given_ip);
  const device_mac = given_mac === undefined ? undefined : parseMac(given_mac);
  requireDeviceAddresses({ device_ip, device_mac });
  if (device_id !== undefined && (device_ip !== undefined || device_mac !== undefined))
    throw refuse('device_id', 'either device_id, or device_mac and device_ip', device_id);
  if (device_id === undefined && device_mac === undefined && device_ip === undefined)
    throw refuse('device_id', 'device_id, device_mac or device_ip');
  return sql`${device_id ?? null}, ${device_ip ?? null}, ${device_mac ?? null}`;
}

/** Throws NotFoundError for a device_id that the router does not have. */
export function readTarget(
  row: TargetRow | undefined,
  { device_id }: DeviceReference,
): ResolvedTarget {
  if (row === undefined) throw new Error('resolve_target() gave no row');
  const { row_id, ip, mac, addresses } = row;
  if (device_id !== undefined && row_id === null) throw new NotFoundError('device', device_id);
  return {
    target: { device_id: row_id, device_ip: ip, device_mac: mac },
    parts: row.part_ids,
    addresses: mac === null ? [ip, ...addresses] : addresses,
    isRouter: row.is_router,
  };
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
 * Whether an active block or list entry is for one of these rows of user_devices, or their home has rules, which may be.
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
      where user_id = ${user_id} and device_id = any (${ids}) and is_active)
      or exists (
        select from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
        where d.user_id = ${user_id} and d.id = any (${ids}) and has_rules(r.user_id, r.home_id)) as is_targeted`.execute(
    transaction,
  );
  return rows[0]?.is_targeted === true;
}

/** Throws ConflictError if the router itself would be cut off. */
export function refuseRouterItself(
  resolved: ResolvedTarget,
  { router_ip }: Pick<Router, 'router_ip'>,
  what: 'blocked' | 'put on the blacklist',
): void {
  const isOwnAddress = router_ip !== null && resolved.addresses.includes(router_ip);
  if (resolved.isRouter || isOwnAddress)
    throw new ConflictError(`This is the router itself: it cannot be ${what}.`);
}

function refuse(field: string, expected: string, value?: string): InvalidInputError {
  return new InvalidInputError([{ field, expected, ...(value !== undefined && { value }) }]);
}

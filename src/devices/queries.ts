import { type Device, addressesOf, devicesOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { type ListedDevice, selectDevice } from './listing.ts';

/** What names a device: its router's id is part of its path. */
export type DeviceKey = Pick<Device, 'user_id' | 'router_id' | 'id'>;

/** One device with its flags and where it was before. Throws NotFoundError where that router has none of that id. */
export async function findDevice(transaction: TenantTransaction, key: DeviceKey) {
  const device = required(await selectDevice(transaction, key), key.id);
  const addresses = await addressesOf(transaction, device).orderBy('last_seen', 'desc').execute();
  return { ...device, addresses };
}

/** One device, locked until the transaction ends. Throws NotFoundError. */
export async function lockDevice(transaction: TenantTransaction, key: DeviceKey): Promise<Device> {
  const query = devicesOf(transaction, key).where('id', '=', key.id).forUpdate();
  return required(await query.executeTakeFirst(), key.id);
}

/** Writes what a person can say of a device. */
export async function updateDevice(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
  change: Partial<Pick<Device, 'device_name' | 'device_type'>>,
): Promise<void> {
  await transaction
    .updateTable('user_devices')
    .set(change)
    .where('user_id', '=', user_id)
    .where('id', '=', id)
    .execute();
}

/** Deletes a device and its addresses. List entries and blocks stay, by MAC or address, and name it no more. */
export async function deleteDevice(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
): Promise<void> {
  await transaction
    .deleteFrom('user_devices')
    .where('user_id', '=', user_id)
    .where('id', '=', id)
    .execute();
}

function required<Found extends Device | ListedDevice>(
  device: Found | undefined,
  id: string,
): Found {
  if (device === undefined) throw new NotFoundError('device', id);
  return device;
}

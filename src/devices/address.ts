import { BlockList, isIP } from 'node:net';
import { type FieldError, InvalidInputError } from '../errors.ts';

/** Addresses that no single device has: this network, loopback, groups and above (RFC 6890, RFC 4291 2.5 and 2.7). */
const NOT_A_DEVICE = new BlockList();
NOT_A_DEVICE.addSubnet('0.0.0.0', 8);
NOT_A_DEVICE.addSubnet('127.0.0.0', 8);
NOT_A_DEVICE.addSubnet('224.0.0.0', 3);
NOT_A_DEVICE.addAddress('::', 'ipv6');
NOT_A_DEVICE.addAddress('::1', 'ipv6');
NOT_A_DEVICE.addSubnet('ff00::', 8, 'ipv6');

/** What the model has for an address that is not known, as the old program had: the MAC then is. It is not shown. */
export const UNKNOWN_ADDRESS = '0.0.0.0';

/** Throws InvalidInputError for addresses that no single device can have. */
export function requireDeviceAddresses({
  device_ip,
  device_mac,
}: {
  device_ip?: string | undefined;
  device_mac?: string | undefined;
}): void {
  const fields: FieldError[] = [];
  if (device_ip !== undefined && !isDeviceAddress(device_ip))
    fields.push({ field: 'device_ip', value: device_ip, expected: 'the address of one device' });
  if (device_mac !== undefined && !isDeviceMac(device_mac))
    fields.push({
      field: 'device_mac',
      value: device_mac,
      expected: 'the MAC address of one device, not of a group',
    });
  if (fields.length > 0) throw new InvalidInputError(fields);
}

/** Whether a single device can have this address. The text must be an address. */
export function isDeviceAddress(ip: string): boolean {
  return !NOT_A_DEVICE.check(ip, familyOf(ip));
}

/** The lowest bit of the first byte marks a group (IEEE 802, 8.2.2); no device has all zeros. */
export function isDeviceMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0 && /[1-9a-f]/i.test(mac);
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIP(ip) === 6 ? 'ipv6' : 'ipv4';
}

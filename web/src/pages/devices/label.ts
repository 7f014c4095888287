import type { Device } from '../../api/queries.ts';

type Named = Pick<Device, 'device_name' | 'hostname' | 'ip' | 'mac'>;

/** A device's name: given by a person, reported by itself, else its address, else its MAC. */
export function deviceLabel({ device_name, hostname, ip, mac }: Named): string {
  return device_name ?? hostname ?? (shownAddress(ip) || mac || ip);
}

/** An address as it is shown: not if it is the one that says that none is known. */
export function shownAddress(ip: string): string {
  return ip === '0.0.0.0' ? '' : ip;
}

import type { Device } from '../../api/queries.ts';

type Named = Pick<Device, 'device_name' | 'hostname' | 'ip' | 'mac'>;

type Typed = Pick<Device, 'device_type' | 'type_guess'>;

/** A device's name: given by a person, reported by itself, else its address, else its MAC. */
export function deviceLabel({ device_name, hostname, ip, mac }: Named): string {
  return device_name ?? hostname ?? (shownAddress(ip) || mac || ip);
}

/** An address as it is shown: not if it is the one that says that none is known. */
export function shownAddress(ip: string): string {
  return ip === '0.0.0.0' ? '' : ip;
}

/** A device's type: as a person chose it, else as it is guessed; null if nobody knows. */
export function typeOf({ device_type, type_guess }: Typed): string | null {
  return device_type ?? type_guess?.type ?? null;
}

/** The name of the first of several devices, for texts about one or more of them. */
export function nameOf([first]: readonly Named[]): string {
  return first === undefined ? '' : deviceLabel(first);
}

/** What names a device in the address of the list. */
export function deviceKey({ router_id, id }: Pick<Device, 'router_id' | 'id'>): string {
  return `${router_id}/${id}`;
}

/** The device that such a key names; undefined if it names none. */
export function parseDeviceKey(
  key: string | undefined,
): Pick<Device, 'router_id' | 'id'> | undefined {
  const end = key?.lastIndexOf('/') ?? -1;
  if (key === undefined || end < 1) return undefined;
  return { router_id: key.slice(0, end), id: key.slice(end + 1) };
}

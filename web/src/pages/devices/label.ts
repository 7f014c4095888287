import type { Device } from '../../api/queries.ts';

type Named = Pick<Device, 'device_name' | 'hostname' | 'ip'>;

/** What a device is called: by its owner, by itself, else by its address. */
export function deviceLabel({ device_name, hostname, ip }: Named): string {
  return device_name ?? hostname ?? ip;
}

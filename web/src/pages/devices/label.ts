import type { Device } from '../../api/queries.ts';

type Named = Pick<Device, 'device_name' | 'hostname' | 'ip'>;

/** A device's name: given by a person, reported by itself, else its address. */
export function deviceLabel({ device_name, hostname, ip }: Named): string {
  return device_name ?? hostname ?? ip;
}

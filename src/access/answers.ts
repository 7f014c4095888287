/** What the API says of the access of devices. */
import { accessAt } from './access-at.ts';
import type { LoadedDevice, LoadedHomes } from './load-home.ts';
import { type AccessAnswer, answerAccess } from './schema.ts';
import type { DeviceAccess } from './types.ts';

/** What its home has decided for a device. */
export type Decided = { access: AccessAnswer };

/** Those of all devices that were loaded, by their ids. @param instant in seconds of the epoch */
export function answersOf(loaded: LoadedHomes, instant: number): Map<string, Decided> {
  return new Map(loaded.devices.map((device) => [device.id, answerOf(loaded, device, instant)]));
}

export function answerOf(loaded: LoadedHomes, device: LoadedDevice, instant: number): Decided {
  return { access: answerAccess(accessOf(loaded, device, instant), isArmed(loaded, device)) };
}

/** Access of a device that was loaded. */
export function accessOf(
  { homes }: LoadedHomes,
  device: LoadedDevice,
  instant: number,
): DeviceAccess {
  const home = homes.get(device.home_id);
  if (home === undefined) throw new Error(`The home ${device.home_id} was not loaded.`);
  return accessAt(home, device, instant);
}

function isArmed({ timings }: LoadedHomes, { router_id, part_ids }: LoadedDevice): boolean {
  const timing = timings.get(router_id);
  return timing?.is_armed === true && !part_ids.some((id) => timing.refused.includes(id));
}

/** The present instant, in seconds of the epoch. */
export function presentInstant(): number {
  return Math.floor(Date.now() / 1_000);
}

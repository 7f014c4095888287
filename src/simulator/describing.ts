/** Where the devices of a simulated home are, and what they use. Pure, the same for the same home and moment. */
import type { PlacedDevice } from '../devices/place.ts';
import type { Used } from '../usage/sample.ts';
import { appetiteOf } from './appetite.ts';
import { type Moment, chance } from './family.ts';
import type { HomeDevice } from './home-device.ts';
import type { AccessOf } from './rhythm.ts';

/** A long sample is made of so many moments at most, each of 2 s at least. */
const [MOMENTS, SHORTEST] = [5, 2];

const RADIOS = {
  slow: { port: 'phy0-ap0', band: '2.4', ssid: 'Home', down: 72_200_000, up: 65_000_000 },
  fast: { port: 'phy1-ap0', band: '5', ssid: 'Home', down: 866_700_000, up: 780_000_000 },
  guest: { port: 'phy1-ap1', band: '5', ssid: 'Home guests', down: 433_300_000, up: 390_000_000 },
};

/** Who carries a phone around has another signal each hour. */
export function placeOf(home: number, device: HomeDevice, { day, hour }: Moment): PlacedDevice {
  const { mac, network, kind, index } = device;
  if (kind.isWired === true) {
    const port = `lan${1 + (index % 4)}`;
    return { mac, network, port, band: null, ssid: null, signal: null, down: null, up: null };
  }
  const radio = RADIOS[network === 'guest' ? 'guest' : kind.hasIpv6 ? 'fast' : 'slow'];
  const moved = kind.presence === 'mobile' ? [day, Math.floor(hour)] : [];
  return { mac, network, ...radio, signal: -42 - Math.floor(30 * chance(home, index, ...moved)) };
}

/** Undefined if it is offline, or blocked: then nothing gets through. */
export function usedBy(
  home: number,
  device: HomeDevice,
  moment: Moment,
  seconds: number,
  accessOf: AccessOf,
): Used | undefined {
  const { mac, network, isOnline } = device;
  const access = accessOf(mac, network);
  if (!isOnline || access.isBlocked) return undefined;
  const count = Math.max(1, Math.min(MOMENTS, Math.floor(seconds / SHORTEST)));
  const step = seconds / count;
  const total = { down: 0, up: 0 };
  for (let n = 0; n < count; n += 1) {
    const hour = Math.max(0, moment.hour - (n * step) / 3_600);
    const wanted = appetiteOf(home, device, { ...moment, hour });
    total.down += Math.min(wanted.down, access.down ?? Infinity) * step;
    total.up += Math.min(wanted.up, access.up ?? Infinity) * step;
  }
  return { mac, down: Math.floor(total.down / 8), up: Math.floor(total.up / 8) };
}

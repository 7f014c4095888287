/** Where the devices of a simulated home are, and what they use. Pure, the same for the same home and moment. */
import type { PlacedDevice } from '../devices/place.ts';
import type { Used } from '../usage/sample.ts';
import { type Moment, chance, isInUse } from './family.ts';
import type { HomeDevice } from './home-device.ts';
import type { AccessOf } from './rhythm.ts';

/** Bit/s that a device needs when nobody uses it, and when somebody does. */
const [RESTING, BUSY] = [4_000, 6_000_000];

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
  const { mac, network, kind, index, isOnline } = device;
  const access = accessOf(mac, network);
  if (!isOnline || access.isBlocked) return undefined;
  const isBusy =
    network === 'guest' || (kind.owner !== undefined && isInUse(home, kind.owner, index, moment));
  const share = 0.2 + chance(home, index, moment.day, Math.floor(moment.hour * 60));
  const wanted = (isBusy ? BUSY : RESTING) * share;
  const bytes = (rate: number, most: number | null) =>
    Math.floor((Math.min(rate, most ?? rate) * seconds) / 8);
  return { mac, down: bytes(wanted, access.down), up: bytes(wanted / 8, access.up) };
}

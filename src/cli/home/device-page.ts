import type { paths } from '../../../client/src/client.ts';
import { paint, printable } from '../output.ts';
import { explainAccess } from './access-text.ts';
import { deviceName } from './devices.ts';
import { type Router, routerName } from './routers.ts';
import { type Clock, formatTime } from './time.ts';

type DeviceDetail =
  paths['/api/v1/routers/{router_id}/devices/{id}']['get']['responses'][200]['content']['application/json'];

const MOST_ADDRESSES = 5;

/** One device, for people: a line for each thing that is known. */
export function describeDevice(
  device: DeviceDetail,
  { routers, person, clock }: { routers: readonly Router[]; person: string | null; clock: Clock },
): string {
  const { addresses, merged, place } = device;
  const router = routers.find(({ router_id }) => router_id === device.router_id);
  const earlier = addresses.filter(({ is_current }) => !is_current).map(({ ip }) => ip);
  const facts: [string, string | null][] = [
    ['Internet', explainAccess(device.access, clock)],
    ['Person', person],
    ['New', device.is_new ? describeNew(device) : null],
    ['Router', router === undefined ? device.router_id : routerName(router)],
    ['Type', device.device_type ?? guessed(device.type_guess?.type)],
    ['Probably', device.device_name === null ? guessed(device.name_guess) : null],
    ['Maker', device.manufacturer],
    ['Calls itself', device.hostname],
    ['Address', device.ip],
    ['MAC', [...device.macs].join(', ') + (device.has_random_mac ? ' (random)' : '')],
    ['Place', place === null ? null : describePlace(place)],
    ['Here', describeStays(device, clock)],
    ['First seen', formatTime(device.first_seen, clock)],
    ['Had before', earlier.length === 0 ? null : earlier.slice(0, MOST_ADDRESSES).join(', ')],
    ['Lists', listsOf(device)],
    ['Same device', merged.length === 0 ? null : merged.map(({ mac }) => mac ?? '?').join(', ')],
  ];
  const lines = facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `  ${`${name}:`.padEnd(14)}${printable(value ?? '')}`);
  return [paint('bold', printable(deviceName(device))), ...lines].join('\n');
}

function guessed(guess: string | null | undefined): string | null {
  return guess === null || guess === undefined ? null : `${guess} (a guess)`;
}

/** That nobody has reviewed it, and which known device it may be. */
function describeNew(device: DeviceDetail): string {
  const { same_as } = device;
  if (same_as === null) return 'yes: nobody has reviewed it yet (`netpilot device review`)';
  return `yes; ${describeGuess(device) ?? ''}`;
}

/** What a new device probably is: a known one under another MAC, or a kind of device; null if nothing says so. */
export function describeGuess({
  same_as,
  type_guess,
}: Pick<DeviceDetail, 'same_as' | 'type_guess'>): string | null {
  if (same_as === null) return guessed(type_guess?.type);
  const reasons = same_as.reasons.map(({ code }) => REASONS[code]).join(', ');
  return `probably ${same_as.name} under another MAC (${reasons})`;
}

const REASONS: Record<NonNullable<DeviceDetail['same_as']>['reasons'][number]['code'], string> = {
  random_mac: 'both are random',
  same_name: 'the same name',
  left_before: 'the other one left just before',
  same_network: 'the same network',
  was_blocked: 'the other one is blocked',
  had_rules: 'the other one has rules',
};

function describePlace({
  network,
  ssid,
  band,
  signal,
  port,
}: NonNullable<DeviceDetail['place']>): string {
  const wifi = ssid === null ? null : `Wi-Fi ${ssid}`;
  const parts = [
    network === null ? null : `network ${network}`,
    wifi,
    band === null ? null : `${band} GHz`,
    signal === null ? null : `${signal} dBm`,
    wifi === null && port !== null ? `port ${port}` : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function describeStays(
  { is_online, unknown_since, last_seen, presence }: DeviceDetail,
  clock: Clock,
) {
  if (unknown_since !== null)
    return `nobody knows: its router is away since ${formatTime(unknown_since, clock)}`;
  if (!is_online) return `no, last seen ${formatTime(last_seen, clock)}`;
  const since = presence.find(({ offline_at }) => offline_at === null)?.online_at;
  return since === undefined ? 'yes' : `yes, since ${formatTime(since, clock)}`;
}

function listsOf({ is_whitelisted, is_blacklisted }: DeviceDetail): string | null {
  if (is_whitelisted) return is_blacklisted ? 'whitelist, blacklist' : 'whitelist';
  return is_blacklisted ? 'blacklist' : null;
}

import type { Device, Policy } from '../../api/queries.ts';

/** The part of a router's policy that a person chooses. */
export type Mode = ReturnType<typeof modeOf>;

export function modeOf({
  mode,
  whitelist_limit_rate,
  whitelist_full_rate,
  blacklist_limit_rate,
  blacklist_full_rate,
}: Policy) {
  return {
    mode,
    whitelist_limit_rate,
    whitelist_full_rate,
    blacklist_limit_rate,
    blacklist_full_rate,
  };
}

/**
 * The speed of a device under a mode in bits per second: 0 if it has no internet, Infinity without a limit. What decides
 * before the mode (a block, a rule) decides under any mode.
 */
function speedOf(device: Device, rules: Mode): number {
  const { access, down_rate, up_rate, because } = device.access;
  if (because.kind !== 'mode' && because.kind !== 'none') {
    if (access === 'block') return 0;
    return access === 'allow' ? Infinity : Math.min(down_rate ?? Infinity, up_rate ?? Infinity);
  }
  const { mode } = rules;
  if (mode === 'none') return Infinity;
  const rate =
    mode === 'whitelist'
      ? rules[device.is_whitelisted ? 'whitelist_full_rate' : 'whitelist_limit_rate']
      : rules[device.is_blacklisted ? 'blacklist_limit_rate' : 'blacklist_full_rate'];
  return rate ?? Infinity;
}

export type Difference = { device: Device; before: number; after: number };
/** What a change does to the devices that notice it. */
export type Differences = Record<'lose' | 'slower' | 'back' | 'faster', readonly Difference[]>;

/** The devices that lose internet, get slower, get it back or get faster by a change of the mode. */
export function compareModes(devices: readonly Device[], before: Mode, after: Mode): Differences {
  const differences = devices.map((device) => ({
    device,
    before: speedOf(device, before),
    after: speedOf(device, after),
  }));
  const less = differences.filter((one) => one.after < one.before);
  const more = differences.filter((one) => one.after > one.before);
  return {
    lose: less.filter((one) => one.after === 0),
    slower: less.filter((one) => one.after > 0),
    back: more.filter((one) => one.before === 0),
    faster: more.filter((one) => one.before > 0),
  };
}

/** How many devices get which speed under a mode, the fastest first; the routers themselves do not count. */
export function countSpeeds(
  devices: readonly Device[],
  rules: Mode,
): { speed: number; count: number }[] {
  const counts = Map.groupBy(
    devices.filter(({ is_router }) => !is_router),
    (device) => speedOf(device, rules),
  );
  return [...counts]
    .map(([speed, { length }]) => ({ speed, count: length }))
    .toSorted((one, other) => other.speed - one.speed);
}

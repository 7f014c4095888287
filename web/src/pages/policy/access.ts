import type { Device, Policy } from '../../api/queries.ts';

/** The part of a policy that a person edits. */
export type Rules = ReturnType<typeof rulesOf>;

export function rulesOf({
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
 * The speed of a device under a mode in bits per second: 0 if it is blocked, Infinity without a limit. What decides
 * before the mode (a block, a rule) decides under any mode.
 */
export function accessOf(device: Device, rules: Rules): number {
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

/** Devices whose speed a change of the rules lowers, and raises. */
export function compareAccess(
  devices: readonly Device[],
  before: Rules,
  after: Rules,
): { less: Difference[]; more: Difference[] } {
  const differences = devices.map((device) => ({
    device,
    before: accessOf(device, before),
    after: accessOf(device, after),
  }));
  return {
    less: differences.filter((difference) => difference.after < difference.before),
    more: differences.filter((difference) => difference.after > difference.before),
  };
}

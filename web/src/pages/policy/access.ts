import type { Device, Policy } from '../../api/queries.ts';

export type Rules = Pick<
  Policy,
  | 'mode'
  | 'whitelist_limit_rate'
  | 'whitelist_full_rate'
  | 'blacklist_limit_rate'
  | 'blacklist_full_rate'
>;

/** What a device gets: bits per second, 0 for nothing, Infinity for no limit. */
export function accessOf(device: Device, rules: Rules): number {
  if (device.is_router) return Infinity;
  if (device.is_blocked) return 0;
  const { mode } = rules;
  if (mode === 'none') return Infinity;
  const rate =
    mode === 'whitelist'
      ? rules[device.is_whitelisted ? 'whitelist_full_rate' : 'whitelist_limit_rate']
      : rules[device.is_blacklisted ? 'blacklist_limit_rate' : 'blacklist_full_rate'];
  return rate ?? Infinity;
}

export type Difference = { device: Device; before: number; after: number };

/** Who would get less and who more, should the rules change. */
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

/** What there is to say of a device at any instant: the rules of its home that match it, sorted by what they are. */
import type { AccessDevice, AccessHome, AccessRule, RouterMode } from './types.ts';

/** What a mode gives, in bits per second each way; null: no limit; 0: nothing. */
type ModeRate = number | null;

export type Situation = {
  zone: string | null;
  isRouter: boolean;
  blockedSince: number | null;
  pauses: readonly AccessRule[];
  /** The newest first. */
  exceptions: readonly AccessRule[];
  /** The nearest target first; those of one array are equally near. */
  schedules: readonly (readonly AccessRule[])[];
  /** Undefined if there is none for it, or somebody has reviewed the device. */
  newDevice: AccessRule | undefined;
  modeRate: ModeRate;
  /** Devices of one home with the same one have the same access at every instant. */
  signature: string;
};

const NEAREST_FIRST = ['device', 'person', 'network', 'everyone'] as const;

export function situationOf(home: AccessHome, device: AccessDevice): Situation {
  const matching = home.rules.filter((rule) => matches(rule, device));
  const schedules = matching.filter(({ kind }) => kind === 'schedule');
  const newDevice = device.is_reviewed ? undefined : newDeviceRule(matching);
  const modeRate = modeRateOf(home.routers.get(device.router_id), device.is_listed);
  return {
    zone: home.timezone,
    isRouter: device.is_router,
    blockedSince: device.blocked_since,
    pauses: matching.filter(({ kind }) => kind === 'pause'),
    exceptions: matching.filter(({ kind }) => kind === 'exception').toReversed(),
    schedules: NEAREST_FIRST.map((target) => schedules.filter((rule) => rule.target === target)),
    newDevice,
    modeRate,
    signature: [
      device.is_router,
      device.blocked_since,
      modeRate,
      newDevice?.id,
      ...matching.flatMap(({ kind, id }) => (kind === 'new_device' ? [] : [id])),
    ].join(' '),
  };
}

function matches(rule: AccessRule, device: AccessDevice): boolean {
  const isOnRouter = rule.router_id === null || rule.router_id === device.router_id;
  return {
    everyone: true,
    person: rule.person_id === device.person_id,
    device: rule.device_id !== null && device.part_ids.includes(rule.device_id),
    network: rule.network === device.network && isOnRouter,
  }[rule.target];
}

/** A network's on this router, a network's on any router, the home's. */
function newDeviceRule(matching: readonly AccessRule[]): AccessRule | undefined {
  const rules = matching.filter(({ kind }) => kind === 'new_device');
  const ofNetwork = rules.filter(({ target }) => target === 'network');
  return (
    ofNetwork.find(({ router_id }) => router_id !== null) ??
    ofNetwork[0] ??
    rules.find(({ target }) => target === 'everyone')
  );
}

/** What a router's mode gives a device that is on the list of the mode, or not. */
export function modeRateOf(mode: RouterMode | undefined, isListed: boolean): ModeRate {
  if (mode?.mode === 'whitelist')
    return isListed ? mode.whitelist_full_rate : mode.whitelist_limit_rate;
  if (mode?.mode === 'blacklist')
    return isListed ? mode.blacklist_limit_rate : mode.blacklist_full_rate;
  return null;
}

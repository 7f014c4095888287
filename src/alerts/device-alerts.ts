/** When somebody is told of a new device, or that one that they watch came or left. Pure. */
import { type Role, isAtLeast } from '../api/access.ts';
import type {
  Alert,
  AlertEvent,
  KnownDevice,
  LinkedFacts,
  RouterFacts,
  Verdict,
} from './alerts-of.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Devices that come together are told together. */
const GATHER = 20 * SECOND;
/** Those that a router has when it is linked are not new to anybody. */
const FIRST_SCANS = 15 * MINUTE;
/** A phone that sleeps has not left: for so long, and a while longer than it slept lately. */
const DEVICE_GRACE = 10 * MINUTE;
const LONGER_THAN_A_NAP = 5 * MINUTE;
/** Two events of one moment. */
const SLACK = 5 * SECOND;

export function newDevice(
  { at }: AlertEvent,
  { now, router, device }: LinkedFacts,
  role: Role,
): Verdict {
  if (device === undefined || !device.isNew || device.isRouter) return 'nothing';
  if (at - router.linkedAt < FIRST_SCANS && !device.isQuarantined) return 'nothing';
  if (now < at + GATHER) return { wait: at + GATHER - now };
  const { id, routerId, name, sameAs } = device;
  const target = { deviceId: id, routerId, name };
  return {
    kind: device.isQuarantined ? 'quarantine' : 'new_device',
    at,
    thing: `device:${id}`,
    path: pathOf(device),
    facts: factsOf(router, device, sameAs),
    actions: isAtLeast(role, 'admin')
      ? [
          { action: 'approve', ...target },
          { action: 'block', ...target },
          ...(device.isQuarantined
            ? []
            : [{ action: 'pause' as const, deviceId: id, name, minutes: 60 }]),
        ]
      : [],
  };
}

/** At once, to those who know that it had left. */
export function deviceCame({ at }: AlertEvent, { router, watched }: LinkedFacts): Verdict {
  if (watched === undefined || watched.isHome) return 'nothing';
  if (!watched.isOnline && !watched.isElsewhere) return 'nothing';
  return { kind: 'device_came', at, ...presenceOf(router, watched, at) };
}

/**
 * When it has been gone for a while, with its router there all the time: a router that goes takes its devices with it, and what has
 * not come back with it is looked at anew.
 */
export function deviceLeft({ at }: AlertEvent, { now, router, watched }: LinkedFacts): Verdict {
  if (!router.isConnected) return 'nothing';
  if (watched === undefined || !watched.isHome || watched.isOnline) return 'nothing';
  // It came and went again: that has an event of its own.
  if (watched.lastSeen > at + SLACK) return 'nothing';
  const grace = Math.max(DEVICE_GRACE, watched.longestNap + LONGER_THAN_A_NAP);
  const until = Math.max(at, router.connectedAt ?? at) + grace;
  if (now < until) return { wait: until - now };
  if (watched.isElsewhere) return 'nothing';
  return { kind: 'device_left', at, ...presenceOf(router, watched, watched.lastSeen) };
}

function presenceOf(router: RouterFacts, device: KnownDevice, since: number) {
  return {
    thing: `device:${device.id}:presence`,
    path: pathOf(device),
    facts: { ...factsOf(router, device, null), since: new Date(since).toISOString() },
    actions: [],
  };
}

function factsOf(
  router: RouterFacts,
  { id, routerId, name, mac, manufacturer, hasRandomMac }: KnownDevice,
  same_as: { id: string; name: string } | null,
): Alert['facts'] {
  return {
    router: { router_id: router.id, name: router.name },
    device: {
      id,
      router_id: routerId,
      name,
      mac,
      manufacturer,
      has_random_mac: hasRandomMac,
      same_as,
    },
  };
}

function pathOf({ routerId, id }: KnownDevice): string {
  return `/routers/${encodeURIComponent(routerId)}/devices/${id}`;
}

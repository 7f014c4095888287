import type { Device, DeviceDetail } from '../../api/queries.ts';

/** Why an entry may be the same device. */
type SameReason = 'same_name' | 'private_address' | 'left_before';
type Candidate = { device: Device; reasons: SameReason[] };

const DAY_MS = 24 * 60 * 60 * 1000;
/** One may leave, and the other come, within this time of each other. */
const NEAR_MS = DAY_MS;
const MOST = 3;

/**
 * The entries that may be the same device under another address, the likeliest first: they report the same name, and
 * one had gone when the other came. Two that are here at the same time are two devices.
 */
export function candidatesFor(device: DeviceDetail, devices: readonly Device[]): Candidate[] {
  return devices
    .filter((other) => mayBeSame(device, other))
    .map((other) => ({ device: other, reasons: reasonsFor(device, other) }))
    .filter(({ reasons }) => reasons.includes('same_name') || reasons.length > 1)
    .toSorted((one, other) => other.reasons.length - one.reasons.length)
    .slice(0, MOST);
}

function mayBeSame(device: DeviceDetail, other: Device): boolean {
  return (
    other.router_id === device.router_id &&
    other.id !== device.id &&
    !other.is_router &&
    !(other.is_online && device.is_online)
  );
}

function reasonsFor(device: DeviceDetail, other: Device): SameReason[] {
  const isSameName = device.hostname !== null && device.hostname === other.hostname;
  const isPrivate = device.has_random_mac && other.has_random_mac;
  return [
    ...(isSameName ? (['same_name'] as const) : []),
    ...(isPrivate ? (['private_address'] as const) : []),
    ...(isPrivate && hasFollowed(device, other) ? (['left_before'] as const) : []),
  ];
}

/** Whether one was seen first about when the other was seen last. */
function hasFollowed(one: Device, other: Device): boolean {
  const [earlier, later] = one.first_seen < other.first_seen ? [one, other] : [other, one];
  const gap = Date.parse(later.first_seen) - Date.parse(earlier.last_seen);
  return Math.abs(gap) < NEAR_MS;
}

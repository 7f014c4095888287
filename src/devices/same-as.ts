/**
 * "Probably Anna's phone": phones take a new random MAC now and then, and are a new device then. Pure, on what is known of both.
 */
import { distinctnessOf, normaliseName } from './device-names.ts';

/** What matters of a device. Times are milliseconds since 1970. */
export type SameFacts = {
  device_id: string;
  /** As people see it. */
  name: string;
  hostname: string | null;
  /** Its MAC is random, or it is known to have had several. */
  has_changing_mac: boolean;
  is_router: boolean;
  is_online: boolean;
  first_seen: number;
  last_seen: number;
  network: string | null;
  ssid: string | null;
  /** Blocked by hand. */
  is_blocked: boolean;
  /** There are rules for it, or for its person. */
  has_rules: boolean;
  /** Somebody has said that it is welcome, or not. */
  is_reviewed: boolean;
};

/** Why it is probably the same: codes, for translations. */
export const SAME_REASONS = [
  'random_mac',
  'same_name',
  'left_before',
  'same_network',
  'was_blocked',
  'had_rules',
] as const;

export type SameReason = {
  code: (typeof SAME_REASONS)[number];
  /** Of `same_name` the name; of `same_network` the Wi-Fi or network; of `left_before` how many seconds; else null. */
  value: string | null;
};

export type SameAs = { device_id: string; name: string; reasons: SameReason[] };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A router takes minutes to find that a device has gone: for so long both can seem to be there. */
const LINGERS = 10 * MINUTE;

/** How long ago it may have left, by how much its name says of which one it is. */
const LONGEST_GAP = { own: 60 * DAY, model: HOUR };
/** Who was kept out has a reason to come back as somebody else. */
const LONGEST_GAP_OF_RESTRICTED = { own: 60 * DAY, model: 7 * DAY };

/**
 * The known device that a new one probably is; null without reasons enough. It has a random MAC and the same name, and the other one
 * had left before it came: what is online now, or was while the new one was too, is another device.
 */
export function findSame(newcomer: SameFacts, others: readonly SameFacts[]): SameAs | null {
  if (!newcomer.has_changing_mac || newcomer.is_router) return null;
  const [best] = others
    .filter((other) => isProbable(newcomer, other))
    .toSorted((one, other) => weightOf(other) - weightOf(one) || other.last_seen - one.last_seen);
  if (best === undefined) return null;
  return { device_id: best.device_id, name: best.name, reasons: reasonsFor(newcomer, best) };
}

function isProbable(newcomer: SameFacts, other: SameFacts): boolean {
  const distinctness = distinctnessOf(newcomer.hostname);
  if (distinctness === 'none' || !isSameName(newcomer, other)) return false;
  if (other.device_id === newcomer.device_id || other.is_router || !other.has_changing_mac)
    return false;
  if (other.is_online || other.first_seen >= newcomer.first_seen) return false;
  const gap = newcomer.first_seen - other.last_seen;
  const longest = isRestricted(other) ? LONGEST_GAP_OF_RESTRICTED : LONGEST_GAP;
  if (gap < -LINGERS || gap > longest[distinctness]) return false;
  // Two phones of one model: the guest's is in the guests' Wi-Fi.
  return distinctness === 'own' || placeInCommon(newcomer, other) !== undefined;
}

function isSameName(one: SameFacts, other: SameFacts): boolean {
  return (
    one.hostname !== null &&
    other.hostname !== null &&
    normaliseName(one.hostname) === normaliseName(other.hostname)
  );
}

function isRestricted({ is_blocked, has_rules }: SameFacts): boolean {
  return is_blocked || has_rules;
}

/** Of several, the one that somebody has decided on. */
function weightOf(other: SameFacts): number {
  return (isRestricted(other) ? 2 : 0) + (other.is_reviewed ? 1 : 0);
}

/** The Wi-Fi or the network that both were in; undefined if they were in different ones, or nobody knows. */
function placeInCommon(one: SameFacts, other: SameFacts): string | undefined {
  if (one.ssid !== null && other.ssid !== null)
    return one.ssid === other.ssid ? one.ssid : undefined;
  return one.network !== null && one.network === other.network ? one.network : undefined;
}

function reasonsFor(newcomer: SameFacts, other: SameFacts): SameReason[] {
  const seconds = Math.max(0, Math.round((newcomer.first_seen - other.last_seen) / 1000));
  const place = placeInCommon(newcomer, other);
  return [
    { code: 'same_name', value: newcomer.hostname },
    { code: 'left_before', value: String(seconds) },
    ...(place === undefined ? [] : [{ code: 'same_network', value: place } as const]),
    { code: 'random_mac', value: null },
    ...(other.is_blocked ? [{ code: 'was_blocked', value: null } as const] : []),
    ...(other.has_rules ? [{ code: 'had_rules', value: null } as const] : []),
  ];
}

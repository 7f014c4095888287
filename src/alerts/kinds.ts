/** What people can be told of. */
import type { Role } from '../api/access.ts';

/** How it is shown: words that Apprise, ntfy and mail programs know. */
export type Severity = 'info' | 'success' | 'warning' | 'failure';

type KindFacts = {
  /** The type of a webhook's event; docs and OpenAPI have the same. */
  type: string;
  severity: Severity;
  /** As ntfy counts: 3 is normal, 4 makes a sound at night too, if the phone allows. */
  priority: 2 | 3 | 4;
  /** Comes to a channel for which nobody has chosen. */
  isDefault: boolean;
  /** The least role that is told. */
  least: Role;
};

export const KINDS = {
  new_device: {
    type: 'device.new',
    severity: 'info',
    priority: 3,
    isDefault: true,
    least: 'viewer',
  },
  quarantine: {
    type: 'device.quarantined',
    severity: 'warning',
    priority: 4,
    isDefault: true,
    least: 'viewer',
  },
  router_away: {
    type: 'router.offline',
    severity: 'failure',
    priority: 4,
    isDefault: true,
    least: 'viewer',
  },
  router_back: {
    type: 'router.online',
    severity: 'success',
    priority: 3,
    isDefault: true,
    least: 'viewer',
  },
  access_asked: {
    type: 'access.asked',
    severity: 'info',
    priority: 4,
    isDefault: true,
    least: 'admin',
  },
  change_waits: {
    type: 'policy.waiting',
    severity: 'warning',
    priority: 3,
    isDefault: true,
    least: 'viewer',
  },
  test: { type: 'test', severity: 'info', priority: 3, isDefault: true, least: 'child' },
} as const satisfies Record<string, KindFacts>;

export type AlertKind = keyof typeof KINDS;
export const ALERT_KINDS: readonly AlertKind[] = [
  'new_device',
  'quarantine',
  'router_away',
  'router_back',
  'access_asked',
  'change_waits',
];

/** Those, and what only somebody who tries a channel gets. */
export const EVERY_KIND: readonly AlertKind[] = [...ALERT_KINDS, 'test'];

/** The events that can become alerts; src/database/functions/queue_alerts.sql has the same list. */
export const ALERTING_EVENTS = [
  'access.asked',
  'device.discovered',
  'policy.pending',
  'router.connected',
  'router.disconnected',
] as const;

/** Whether a channel gets a kind. @param wanted what its person chose; null: nothing yet */
export function isWanted(kind: AlertKind, wanted: readonly string[] | null): boolean {
  return wanted === null ? KINDS[kind].isDefault : wanted.includes(kind);
}

/** The stored name of a kind as a kind; undefined: another version of the program made it. */
export function kindOf(name: string): AlertKind | undefined {
  return EVERY_KIND.find((kind) => kind === name);
}

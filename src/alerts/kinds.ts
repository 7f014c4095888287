/** What people can be told of. */

/** As src/api/access.ts has them. Constants only: the web app imports this file too. */
type Role = 'child' | 'viewer' | 'admin' | 'owner';

/** How it is shown: words that Apprise, ntfy and mail programs know. */
export type Severity = 'info' | 'success' | 'warning' | 'failure';

type KindFacts = {
  /** The type of a webhook's event; docs and OpenAPI have the same. */
  type: string;
  severity: Severity;
  /** As ntfy counts: 3 is normal, 4 makes a sound at night too, if the phone allows. */
  priority: 2 | 3 | 4;
  /** Comes to channels for which nobody has chosen: to all of them, or to e-mail alone. */
  byDefault: 'everywhere' | 'email';
  /** The least role that is told. */
  least: Role;
};

export const KINDS = {
  new_device: {
    type: 'device.new',
    severity: 'info',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  quarantine: {
    type: 'device.quarantined',
    severity: 'warning',
    priority: 4,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  router_away: {
    type: 'router.offline',
    severity: 'failure',
    priority: 4,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  router_back: {
    type: 'router.online',
    severity: 'success',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  internet_down: {
    type: 'internet.offline',
    severity: 'failure',
    priority: 4,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  internet_back: {
    type: 'internet.online',
    severity: 'success',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  access_asked: {
    type: 'access.asked',
    severity: 'info',
    priority: 4,
    byDefault: 'everywhere',
    least: 'admin',
  },
  access_answered: {
    type: 'access.answered',
    severity: 'info',
    priority: 4,
    byDefault: 'everywhere',
    least: 'child',
  },
  change_waits: {
    type: 'policy.waiting',
    severity: 'warning',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  device_came: {
    type: 'device.came',
    severity: 'info',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  device_left: {
    type: 'device.left',
    severity: 'info',
    priority: 3,
    byDefault: 'everywhere',
    least: 'viewer',
  },
  weekly_digest: {
    type: 'digest.weekly',
    severity: 'info',
    priority: 2,
    byDefault: 'email',
    least: 'viewer',
  },
  /** What was held in quiet hours: of the kinds that a channel gets. */
  quiet_digest: {
    type: 'digest.quiet',
    severity: 'info',
    priority: 3,
    byDefault: 'everywhere',
    least: 'child',
  },
  test: { type: 'test', severity: 'info', priority: 3, byDefault: 'everywhere', least: 'child' },
} as const satisfies Record<string, KindFacts>;

export type AlertKind = keyof typeof KINDS;
export const ALERT_KINDS = [
  'new_device',
  'quarantine',
  'router_away',
  'router_back',
  'internet_down',
  'internet_back',
  'access_asked',
  'access_answered',
  'change_waits',
  'device_came',
  'device_left',
  'weekly_digest',
] as const satisfies readonly AlertKind[];
/** What somebody chooses, or does not. */
export type ChosenKind = (typeof ALERT_KINDS)[number];

/** Those, and what nobody chooses. */
export const EVERY_KIND: readonly AlertKind[] = [...ALERT_KINDS, 'quiet_digest', 'test'];

/** The events that can become alerts; src/database/functions/queue_alerts.sql has the same list. */
export const ALERTING_EVENTS = [
  'access.answered',
  'access.asked',
  'device.discovered',
  'device.offline',
  'device.online',
  'policy.pending',
  'router.connected',
  'router.disconnected',
  'router.internet_down',
  'router.internet_up',
] as const;

/** Whether a channel gets a kind. `wanted` is what its person chose; null: nothing yet. */
export function isWanted(
  kind: AlertKind,
  channel: { kind: string; wanted: readonly string[] | null },
): boolean {
  if (channel.wanted !== null) return channel.wanted.includes(kind);
  return KINDS[kind].byDefault === 'everywhere' || channel.kind === KINDS[kind].byDefault;
}

/** The stored name of a kind as a kind; undefined: another version of the program made it. */
export function kindOf(name: string): AlertKind | undefined {
  return EVERY_KIND.find((kind) => kind === name);
}

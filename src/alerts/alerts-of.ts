/** Decides what becomes an alert. Pure: what it needs to know of the home comes as facts. */
import { ROLES, type Role } from '../api/access.ts';
import { type AlertKind, KINDS } from './kinds.ts';

/** An event as the outbox has it. */
export type AlertEvent = {
  type: string;
  /** Milliseconds of the epoch, as all instants here. */
  at: number;
  routerId: string | null;
  subjectId: string | null;
  data: Readonly<Record<string, unknown>>;
};

/** What holds now, as far as the event has to do with it. Absent: it is gone. */
export type Facts = {
  now: number;
  router?: RouterFacts | undefined;
  device?: DeviceFacts | undefined;
  /** What this person was told last about the thing of the event. */
  told?: { kind: string; at: number; since: number | null } | undefined;
};

export type RouterFacts = {
  id: string;
  name: string;
  isLinked: boolean;
  linkedAt: number;
  isConnected: boolean;
  lastSeen: number | null;
  appliedRevision: number;
  appliedAt: number | null;
};

export type DeviceFacts = {
  id: string;
  routerId: string;
  name: string;
  mac: string | null;
  hostname: string | null;
  manufacturer: string | null;
  hasRandomMac: boolean;
  /** Nobody has said yet that it is welcome, or not. */
  isNew: boolean;
  isRouter: boolean;
  /** The rule for new devices keeps it out. */
  isQuarantined: boolean;
  /** The known device that it probably is, under another MAC. */
  sameAs: { id: string; name: string } | null;
};

/** What decides for a person; which of their channels get it is decided by `isWanted`. Quiet hours will come here. */
export type Preferences = { role: Role };

/** A button: what it does, and to what. */
export type AlertAction =
  | { action: 'approve' | 'block'; deviceId: string; routerId: string; name: string }
  | { action: 'pause'; deviceId: string; name: string; minutes: number }
  | { action: 'grant'; personId: string; name: string; minutes: number };

export type Alert = {
  kind: AlertKind;
  at: number;
  /** What it is about, for which there is one thread, and one order: `router:…`. */
  thing: string;
  /** The page that shows more. */
  path: string;
  /** What the words are made of, and what a webhook gets. */
  facts: AlertFacts;
  actions: readonly AlertAction[];
};

export type AlertFacts = {
  router?: { router_id: string; name: string };
  device?: {
    id: string;
    router_id: string;
    name: string;
    mac: string | null;
    manufacturer: string | null;
    has_random_mac: boolean;
    same_as: { id: string; name: string } | null;
  };
  person?: { id: string; name: string };
  minutes?: number;
  message?: string | null;
  /** When what it is about began. */
  since?: string;
  seconds?: number;
  /** How many devices or alerts it stands for, and what some of the devices are called. */
  count?: number;
  names?: string[];
  /** What somebody was answered who had asked for more time, and for how many of their devices it helps. */
  answer?: 'granted' | 'refused';
  effect?: 'all' | 'some' | 'none' | null;
  /** Of the digest that ends quiet hours. */
  alerts?: DigestItem[];
  /** Of the weekly digest. */
  week?: WeekFacts;
};

/** An alert of a digest, as a webhook would have got it. */
export type DigestItem = { type: string; timestamp: string; data: AlertFacts };

type Outages = { count: number; seconds: number };
export type WeekFacts = {
  from: string;
  until: string;
  new_devices: { count: number; names: string[] };
  /** People, and devices of nobody: the three that used most. */
  most_used: { name: string; bytes: number }[];
  outages: { away: Outages; internet_down: Outages };
  /** The devices that were blocked by hand at some time of the week. */
  blocked: { count: number; names: string[] };
};

/** Look again so many milliseconds later, forget it, or tell it. */
export type Verdict = { wait: number } | 'nothing' | Alert;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Devices that come together are told together. */
const GATHER = 20 * SECOND;
/** Those that a router has when it is linked are not new to anybody. */
const FIRST_SCANS = 15 * MINUTE;
/** A router that restarts, or a line that is dialled anew each night, is not away. */
const ROUTER_GRACE = 5 * MINUTE;
const CHANGE_GRACE = 10 * MINUTE;
const LONGEST_WATCH = 24 * 60 * MINUTE;
/** Two events of one moment. */
const SLACK = 5 * SECOND;

/** What one event means for one person. */
export function alertsOf(event: AlertEvent, facts: Facts, { role }: Preferences): Verdict {
  const verdict = decide(event, facts, role);
  if (verdict === 'nothing' || 'wait' in verdict) return verdict;
  return ROLES.indexOf(role) >= ROLES.indexOf(KINDS[verdict.kind].least) ? verdict : 'nothing';
}

function decide(event: AlertEvent, facts: Facts, role: Role): Verdict {
  switch (event.type) {
    case 'device.discovered':
      return newDevice(event, facts, role);
    case 'router.disconnected':
      return routerAway(event, facts);
    case 'router.connected':
      return routerBack(event, facts);
    case 'policy.pending':
      return changeWaits(event, facts);
    case 'access.asked':
      return asked(event);
    default:
      return 'nothing';
  }
}

function newDevice({ at }: AlertEvent, { now, router, device }: Facts, role: Role): Verdict {
  if (router === undefined || !router.isLinked) return 'nothing';
  if (device === undefined || !device.isNew || device.isRouter) return 'nothing';
  if (at - router.linkedAt < FIRST_SCANS && !device.isQuarantined) return 'nothing';
  if (now < at + GATHER) return { wait: at + GATHER - now };
  const { id, routerId, name, mac, manufacturer, hasRandomMac, sameAs } = device;
  const target = { deviceId: id, routerId, name };
  return {
    kind: device.isQuarantined ? 'quarantine' : 'new_device',
    at,
    thing: `device:${id}`,
    path: devicePath(routerId, id),
    facts: {
      router: { router_id: router.id, name: router.name },
      device: {
        id,
        router_id: routerId,
        name,
        mac,
        manufacturer,
        has_random_mac: hasRandomMac,
        same_as: sameAs,
      },
    },
    actions: mayChange(role)
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

function routerAway({ at }: AlertEvent, { now, router }: Facts): Verdict {
  if (router === undefined || !router.isLinked || router.isConnected) return 'nothing';
  // It was back since: its next absence has an event of its own.
  if (router.lastSeen !== null && router.lastSeen > at + SLACK) return 'nothing';
  if (now < at + ROUTER_GRACE) return { wait: at + ROUTER_GRACE - now };
  return {
    kind: 'router_away',
    at,
    thing: routerThing(router.id),
    path: '/routers',
    facts: {
      router: { router_id: router.id, name: router.name },
      since: new Date(at).toISOString(),
    },
    actions: [],
  };
}

/** Only to who was told that it is away. */
function routerBack({ at }: AlertEvent, { router, told }: Facts): Verdict {
  if (router === undefined || !router.isLinked || told?.kind !== 'router_away') return 'nothing';
  const since = told.since ?? told.at;
  // The absence that was told came after this connection.
  if (since > at) return 'nothing';
  return {
    kind: 'router_back',
    at,
    thing: routerThing(router.id),
    path: '/routers',
    facts: {
      router: { router_id: router.id, name: router.name },
      since: new Date(since).toISOString(),
      seconds: Math.round((at - since) / SECOND),
    },
    actions: [],
  };
}

/** Once until the router has applied something again. That it is away is told already. */
function changeWaits({ at, data }: AlertEvent, { now, router, told }: Facts): Verdict {
  const revision = data['policy_revision'];
  if (router === undefined || !router.isLinked || typeof revision !== 'number') return 'nothing';
  if (router.appliedRevision >= revision || now > at + LONGEST_WATCH) return 'nothing';
  if (told !== undefined && told.at > (router.appliedAt ?? 0)) return 'nothing';
  if (now < at + CHANGE_GRACE) return { wait: at + CHANGE_GRACE - now };
  if (!router.isConnected) return { wait: CHANGE_GRACE };
  return {
    kind: 'change_waits',
    at,
    thing: `${routerThing(router.id)}:policy`,
    path: '/routers',
    facts: {
      router: { router_id: router.id, name: router.name },
      since: new Date(at).toISOString(),
      seconds: Math.round((now - at) / SECOND),
    },
    actions: [],
  };
}

function asked({ at, subjectId, data }: AlertEvent): Verdict {
  const { name, minutes, message } = data;
  if (subjectId === null || typeof name !== 'string' || typeof minutes !== 'number')
    return 'nothing';
  const person = { personId: subjectId, name };
  const shorter = [15, 30].filter((each) => each < minutes).slice(-1);
  return {
    kind: 'access_asked',
    at,
    thing: `person:${subjectId}`,
    path: `/people/${subjectId}`,
    facts: {
      person: { id: subjectId, name },
      minutes,
      message: typeof message === 'string' ? message : null,
    },
    actions: [minutes, ...shorter].map((each) => ({ action: 'grant', ...person, minutes: each })),
  };
}

/** What an event is about, as the alerts about it say it: to find what was told before. */
export function thingOf({ type, routerId }: Pick<AlertEvent, 'type' | 'routerId'>) {
  if (routerId === null) return undefined;
  if (type === 'policy.pending') return `${routerThing(routerId)}:policy`;
  return type.startsWith('router.') ? routerThing(routerId) : undefined;
}

/** One alert for all new devices of a moment: without buttons, as nobody presses ten. */
export function foldAlerts(alerts: readonly Alert[]): Alert[] {
  const folded = new Set<AlertKind>(['new_device', 'quarantine']);
  const groups = Map.groupBy(alerts, (alert) => (folded.has(alert.kind) ? alert.kind : alert));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const names = group.flatMap(({ facts }) => facts.device?.name ?? []);
    return [
      {
        ...first,
        thing: 'devices',
        path: '/devices',
        facts: { count: group.length, names: names.slice(0, 20) },
        actions: [],
      },
    ];
  });
}

function mayChange(role: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf('admin');
}

function routerThing(routerId: string): string {
  return `router:${routerId}`;
}

function devicePath(routerId: string, id: string): string {
  return `/routers/${encodeURIComponent(routerId)}/devices/${id}`;
}

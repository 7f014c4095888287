/** Decides what becomes an alert. Pure: what it needs to know of the home comes as facts. */
import { type Role, isAtLeast } from '../api/access.ts';
import { deviceCame, deviceLeft, newDevice } from './device-alerts.ts';
import { type AlertKind, KINDS } from './kinds.ts';
import {
  changeWaits,
  internetBack,
  internetDown,
  routerAway,
  routerBack,
  routerThing,
} from './router-alerts.ts';

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
  /** Of a new device. */
  device?: DeviceFacts | undefined;
  /** Of a device that came or left. */
  watched?: WatchedFacts | undefined;
  /** What this person was told last about the thing of the event; also if they are told after their quiet hours. */
  told?: { kind: string; at: number; since: number | null } | undefined;
};

export type RouterFacts = {
  id: string;
  name: string;
  isLinked: boolean;
  linkedAt: number;
  isConnected: boolean;
  connectedAt: number | null;
  /** Since when it is away; null: it is not, or nobody knows. */
  awaySince: number | null;
  appliedRevision: number;
  appliedAt: number | null;
  /** Since when nothing on the internet has answered it; null: that is not known of it. */
  internetDownSince: number | null;
  /** Something on the internet has answered it in the last five minutes. */
  isAnswered: boolean;
};

export type KnownDevice = {
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
  isOnline: boolean;
  lastSeen: number;
};

export type DeviceFacts = KnownDevice & {
  /** The rule for new devices keeps it out. */
  isQuarantined: boolean;
  /** The known device that it probably is, under another MAC. */
  sameAs: { id: string; name: string } | null;
};

export type WatchedFacts = KnownDevice & {
  /** Whether it is at home, as far as the person knows. */
  isHome: boolean;
  /** It is online at another router of the home, or probably under a new MAC. */
  isElsewhere: boolean;
  /** The longest that it slept lately, in milliseconds: it went, and was back by itself. */
  longestNap: number;
};

/** Of an event of a router that is linked. */
export type LinkedFacts = Facts & { router: RouterFacts };

/** Who the person is; which of their channels get an alert is decided by `isWanted`, and when by `quietUntil`. */
export type Person = {
  role: Role;
  /** Who they are among the people of the home; null: nobody said so. */
  personId: string | null;
};

/** A button: what it does, and to what. */
export type AlertAction =
  | { action: 'approve' | 'block'; deviceId: string; routerId: string; name: string }
  | { action: 'pause'; deviceId: string; name: string; minutes: number }
  | { action: 'grant'; personId: string; askId?: string; name: string; minutes: number };

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

/** What one event means for one person. */
export function alertsOf(event: AlertEvent, facts: Facts, person: Person): Verdict {
  const verdict = decide(event, facts, person);
  if (verdict === 'nothing' || 'wait' in verdict) return verdict;
  return isAtLeast(person.role, KINDS[verdict.kind].least) ? verdict : 'nothing';
}

function decide(event: AlertEvent, facts: Facts, person: Person): Verdict {
  if (event.type === 'access.asked') return asked(event);
  if (event.type === 'access.answered') return answered(event, person);
  const { router } = facts;
  if (router === undefined || !router.isLinked) return 'nothing';
  return decideOfRouter(event, { ...facts, router }, person);
}

function decideOfRouter(event: AlertEvent, facts: LinkedFacts, person: Person): Verdict {
  switch (event.type) {
    case 'device.discovered':
      return newDevice(event, facts, person.role);
    case 'device.online':
      return deviceCame(event, facts);
    case 'device.offline':
      return deviceLeft(event, facts);
    case 'router.disconnected':
      return routerAway(event, facts);
    case 'router.connected':
      return routerBack(event, facts);
    case 'router.internet_down':
      return internetDown(event, facts);
    case 'router.internet_up':
      return internetBack(event, facts);
    case 'policy.pending':
      return changeWaits(event, facts);
    default:
      return 'nothing';
  }
}

function asked({ at, subjectId, data }: AlertEvent): Verdict {
  const { name, minutes, message, ask_id: askId } = data;
  if (subjectId === null || typeof name !== 'string' || typeof minutes !== 'number')
    return 'nothing';
  const person = { personId: subjectId, name, ...(typeof askId === 'string' && { askId }) };
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

/** Only the person who has asked is told. */
function answered({ at, subjectId, data }: AlertEvent, { personId }: Person): Verdict {
  const { name, answer, minutes, effect } = data;
  if (subjectId === null || subjectId !== personId) return 'nothing';
  if (typeof name !== 'string' || typeof minutes !== 'number') return 'nothing';
  const isGranted = answer === 'granted';
  const reached = (['all', 'some', 'none'] as const).find((each) => each === effect);
  return {
    kind: 'access_answered',
    at,
    thing: `person:${subjectId}`,
    path: '/',
    facts: {
      person: { id: subjectId, name },
      minutes,
      answer: isGranted ? 'granted' : 'refused',
      effect: isGranted ? (reached ?? null) : null,
    },
    actions: [],
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

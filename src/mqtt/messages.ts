import { describeDevice, describeHome, describePerson, describeRouter } from './discovery.ts';
import type { Held } from './holding.ts';
import type { Decided, House, HouseDevice } from './house.ts';
import type { Thing, Topics } from './topics.ts';

/** By topic; all of them are retained. */
export type Messages = ReadonlyMap<string, string>;

/** Nothing is known: Home Assistant shows `unknown`. */
const UNKNOWN = 'None';
const MINUTE_MS = 60_000;
const MEGABYTE = 1_000_000;

/**
 * Everything that is published of a home, in the order in which it is: what others refer to first, and last whether it can be relied on.
 * @param isLive whether NetPilot is connected: what it said last may not be so any more
 * @param now in ms
 */
export function messagesOf(
  house: House,
  held: Held,
  { topics, isLive, now }: { topics: Topics; isLive: boolean; now: number },
): Messages {
  const messages = new Map<string, string>();
  const describe = (topic: string, discovery: object) =>
    messages.set(topic, JSON.stringify(discovery));
  describe(topics.config('home', house.home.id), describeHome(house, topics));
  for (const router of house.routers) {
    const { router_id, is_connected, has_internet } = router;
    describe(topics.config('router', router_id), describeRouter(router, house, topics));
    messages.set(topics.routerInternet(router_id), onOrOff(has_internet));
    messages.set(topics.routerStatus(router_id), is_connected ? 'online' : 'offline');
  }
  const setStates = (thing: Thing, { access, used }: { access: Decided; used: number | null }) => {
    const internet = held.internet.get(thing.id);
    messages.set(topics.state(thing, 'internet'), onOrOff(internet ?? null));
    messages.set(topics.state(thing, 'access'), JSON.stringify(explain(access, internet)));
    messages.set(topics.state(thing, 'minutes_left'), minutesUntil(access.until, now));
    if (used !== null)
      messages.set(topics.state(thing, 'usage_today'), (used / MEGABYTE).toFixed(3));
  };
  for (const person of house.people) {
    describe(topics.config('person', person.id), describePerson(person, house, topics));
    setStates({ kind: 'person', id: person.id }, person);
  }
  const names = new Map(house.people.map(({ id, name }) => [id, name]));
  for (const device of house.devices) {
    const thing: Thing = { kind: 'device', id: device.id };
    const isHome = held.isHome.get(device.id);
    describe(topics.config('device', device.id), describeDevice(device, house, topics));
    messages.set(topics.state(thing, 'presence'), presenceOf(isHome));
    const attributes = attributesOf(device, isHome, names.get(device.person_id ?? ''));
    messages.set(topics.state(thing, 'attributes'), JSON.stringify(attributes));
    setStates(thing, device);
  }
  return messages.set(topics.status, isLive ? 'online' : 'offline');
}

/** The first instant at which something changes by itself, in ms; undefined if nothing does. */
export function nextSwitch({ devices, people }: House): number | undefined {
  const moments = [...devices, ...people]
    .flatMap(({ access: { until, next } }) => [until, next?.at ?? null])
    .filter((moment) => moment !== null)
    .map((moment) => Date.parse(moment));
  return moments.length === 0
    ? undefined
    : moments.reduce((first, each) => (each < first ? each : first));
}

function onOrOff(is: boolean | null): string {
  if (is === null) return UNKNOWN;
  return is ? 'ON' : 'OFF';
}

function presenceOf(isHome: boolean | undefined): string {
  if (isHome === undefined) return UNKNOWN;
  return isHome ? 'home' : 'not_home';
}

function attributesOf(
  { ip, mac, hostname }: HouseDevice,
  isHome: boolean | undefined,
  person: string | undefined,
): object {
  return {
    ip,
    mac,
    hostname,
    person: person ?? null,
    // A tracker is where this says, from Home Assistant 2026.7 on.
    ...(isHome !== undefined && { in_zones: isHome ? ['zone.home'] : [] }),
  };
}

/** What was decided, why, and whether it holds already. */
function explain({ access, because, until }: Decided, internet: boolean | undefined): object {
  return {
    decision: access,
    reason: because.kind,
    rule: because.name,
    until,
    is_applied: internet === (access !== 'block'),
  };
}

/** How long what holds now still does, in whole minutes, the last one begun. */
function minutesUntil(until: string | null, now: number): string {
  if (until === null) return UNKNOWN;
  return String(Math.max(0, Math.ceil((Date.parse(until) - now) / MINUTE_MS)));
}

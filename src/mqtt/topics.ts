import { createHash } from 'node:crypto';

/** Everything of NetPilot's is below it. */
const PREFIX = 'netpilot';

/** What is published of: each has topics of its own, which are made of ids alone. */
export type Thing = { kind: 'device' | 'person'; id: string };

/** The topics of one home. Names never get into one: they could hold `/`, `+`, `#` or worse. */
export type Topics = ReturnType<typeof topicsOf>;

/**
 * @param homeId the home's UUID
 * @param discoveryPrefix where Home Assistant looks
 */
export function topicsOf(homeId: string, discoveryPrefix: string) {
  const base = `${PREFIX}/${homeId}`;
  const objects = `${PREFIX}_${homeId}_`;
  const ofThing = ({ kind, id }: Thing) => `${base}/${kind}/${id}`;
  const configs = `${discoveryPrefix}/device/`;
  return {
    /** Whether the bridge is connected: `online` or `offline`. */
    status: `${base}/status`,
    routerStatus: (routerId: string) => `${base}/router/${routerKey(routerId)}/status`,
    routerInternet: (routerId: string) => `${base}/router/${routerKey(routerId)}/internet`,
    state: (thing: Thing, name: string) => `${ofThing(thing)}/${name}`,
    /** Where Home Assistant asks for a change. */
    set: (thing: Thing) => `${ofThing(thing)}/internet/set`,
    press: (thing: Thing, button: Button) => `${ofThing(thing)}/${button}/press`,
    /** Where Home Assistant learns what there is: one message for each of its devices. */
    config: (kind: 'home' | 'router' | Thing['kind'], id: string) =>
      `${configs}${objects}${kind}_${kind === 'router' ? routerKey(id) : id}/config`,
    /** What the bridge listens to: what it has published before, what is asked for, and Home Assistant's start. */
    subscriptions: [`${configs}+/config`, `${base}/#`, `${discoveryPrefix}/status`],
    homeAssistant: `${discoveryPrefix}/status`,
    /** Whether it is a topic of this home's that the bridge publishes. */
    isOwn: (topic: string) =>
      (topic.startsWith(`${base}/`) && !/\/(set|press)$/.test(topic)) ||
      topic.startsWith(`${configs}${objects}`),
    isConfig: (topic: string) => topic.startsWith(configs),
    parseRequest: (topic: string, payload: string) =>
      topic.startsWith(`${base}/`)
        ? parseRequest(topic.slice(base.length + 1), payload)
        : undefined,
  };
}

const BUTTONS = ['pause', 'allow'] as const;
export type Button = (typeof BUTTONS)[number];

/** What somebody asks for by MQTT. */
export type Request = { thing: Thing } & ({ internet: boolean } | { press: Button });

const REQUEST = /^(device|person)\/([\da-f-]{36})\/(?:internet\/set|(pause|allow)\/press)$/;

/** `device/ID/internet/set` with ON or OFF, or `person/ID/pause/press`; undefined for anything else. */
function parseRequest(path: string, payload: string): Request | undefined {
  const [, kind, id = '', button] = REQUEST.exec(path) ?? [];
  if (kind !== 'device' && kind !== 'person') return undefined;
  const thing: Thing = { kind, id };
  const press = BUTTONS.find((known) => known === button);
  if (press !== undefined) return payload === 'PRESS' ? { thing, press } : undefined;
  if (payload !== 'ON' && payload !== 'OFF') return undefined;
  return { thing, internet: payload === 'ON' };
}

/** Of a router, whose id is any text that its agent has chosen. */
export function routerKey(routerId: string): string {
  return createHash('sha256').update(routerId).digest('hex').slice(0, 16);
}

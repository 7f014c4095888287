import { dataOf } from './api.ts';
import { deviceName, listDevices } from './devices.ts';
import { ownHomes } from './homes.ts';
import { listPeople } from './people.ts';
import { listRouters, routerName } from './routers.ts';
import { titleOf } from './rules.ts';
import type { Session } from './session.ts';

/** Something that the audit or an event says. */
export type Happening = {
  /** The audit's action, or the event's type. */
  type: string;
  router_id: string | null;
  subject_id: string | null;
  /** The audit's details; anything, in entries of other versions. */
  data: unknown;
  /** Only the audit says who it was. */
  actor?: string;
  /** Who it was, if that was somebody else. */
  actor_name?: string | null;
  actor_id?: string | null;
};

/** What the ids in activities stand for. */
export type Names = {
  /** Id of the user who asks. */
  me: string;
  things: ReadonlyMap<string, string>;
  routers: ReadonlyMap<string, string>;
};

/** Names of everything that activities can be about. */
export async function loadNames(session: Session): Promise<Names> {
  const { api, homes } = session;
  const [me, devices, routers, people] = await Promise.all([
    dataOf(api.GET('/api/v1/me')),
    listDevices(api),
    listRouters(api),
    listPeople(api, ownHomes(session)),
  ]);
  return {
    me: me.id,
    things: new Map([
      ...devices.map((device) => [device.id, deviceName(device)] as const),
      ...people.map(({ id, name }) => [id, name] as const),
      ...homes.map(({ id, name }) => [id, name] as const),
    ]),
    routers: new Map(routers.map((router) => [router.router_id, routerName(router)])),
  };
}

/** In words, with `@` for what it is about. */
const TEXTS: Record<string, string> = {
  'block.started': 'blocked @',
  'block.ended': 'unblocked @',
  'device.discovered': 'found a new device: @',
  'device.recognised': 'recognised @ by its MAC address',
  'device.changed': 'changed the device @',
  'device.deleted': 'deleted the device @',
  'device.merged': 'merged a device into @',
  'device.unmerged': 'split a device off @',
  'device.reviewed': 'decided about the new device @',
  'device.wake_requested': 'woke @',
  'device.online': '@ came',
  'device.offline': '@ left',
  'device.moved': '@ moved to another place of the network',
  'policy.changed': 'changed the mode or the rates of #',
  'policy.pending': '# gets new rules',
  'policy.applied': '# has confirmed its rules',
  'policy.refused': '# has refused its rules',
  'whitelist.added': 'put @ on the whitelist',
  'whitelist.changed': 'changed the whitelist entry of @',
  'whitelist.removed': 'took @ off the whitelist',
  'blacklist.added': 'put @ on the blacklist',
  'blacklist.changed': 'changed the blacklist entry of @',
  'blacklist.removed': 'took @ off the blacklist',
  'router.linked': 'linked the router #',
  'router.changed': 'changed the router #',
  'router.replaced': 'let # replace another router',
  'router.unlinked': 'unlinked the router #',
  'router.deleted': 'deleted the router @',
  'router.crowded': 'knows as many devices as it can: #',
  'router.drift_mended': 'restored rules that somebody had changed on #',
  'router.scan_requested': 'had # read its devices',
  'router.scanned': '# has read its devices',
  'router.update_requested': 'asked for a newer agent on #',
  'router.key_shared': '#: two boxes connect as this router',
  'router.lan_changed': '#: its LAN has another MAC now',
  'router.lan_mac_shared': '#: two routers have the same MAC',
  'router.connected': '# has connected',
  'router.disconnected': '# has disconnected',
  'router.internet_down': 'the internet of # is down',
  'router.internet_up': 'the internet of # is back',
  'home.created': 'created the home @',
  'home.changed': 'changed the home @',
  'home.deleted': 'deleted the home @',
  'person.created': 'added @',
  'person.changed': 'changed @',
  'person.deleted': 'removed @',
  'member.invited': 'invited somebody',
  'member.joined': 'joined',
  'member.changed': 'changed what a member may do',
  'member.removed': 'removed a member',
  'invitation.withdrawn': 'withdrew an invitation',
  'rule.created': 'added @',
  'rule.changed': 'changed @',
  'rule.deleted': 'ended @',
  'alert_channel.created': 'added the alert channel @',
  'alert_channel.changed': 'changed the alert channel @',
  'alert_channel.deleted': 'deleted the alert channel @',
  'alert_preferences.changed': 'changed when alerts come, and about what',
  'access.asked': 'asked for more time: @',
  'access.answered': 'answered who asked for more time: @',
  'import.finished': 'imported files',
  'session.started': 'signed in: @',
  'session.ended': 'ended a session: @',
  'token.created': 'created the API token @',
  'token.ended': 'ended the API token @',
  'setting.changed': 'changed a setting',
  'setting.deleted': 'removed a setting',
  'user.created': 'created the account',
  'user.changed': 'changed the account',
  'user.linked': 'connected the account to its sign-in',
  'user.activated': 'activated the account',
  'user.deactivated': 'deactivated the account',
};

/** `you: blocked PS5`; of an action that this program does not know: `you: something.done`. */
export function describeAction(happening: Happening, names: Names): string {
  const { type, router_id } = happening;
  const router = router_id === null ? 'a router' : (names.routers.get(router_id) ?? router_id);
  const text = (TEXTS[type] ?? `${type} @`)
    .replace(/[#@]/, (place) => (place === '#' ? router : (subjectOf(happening, names) ?? '')))
    .replace(/[: ]+$/, '');
  const who = whoOf(happening, { router, me: names.me });
  return who === undefined ? text : `${who}: ${text}`;
}

function whoOf(
  { actor, actor_name, actor_id }: Happening,
  { router, me }: { router: string; me: string },
): string | undefined {
  if (actor === undefined) return undefined;
  if (actor === 'user') return actor_id === me ? 'you' : (actor_name ?? 'you');
  if (actor === 'router') return router;
  return actor === 'system' ? 'NetPilot' : actor;
}

const NAMES = [
  'device_name',
  'name',
  'hostname',
  'router_name',
  'token_name',
  'device',
  'device_mac',
  'mac',
  'device_ip',
  'ip',
];

function subjectOf({ type, subject_id, data }: Happening, { things }: Names): string | undefined {
  const after = memberOf(data, 'after');
  if (type.startsWith('rule.')) return ruleIn(after ?? data, things);
  const known = things.get(textIn(data, 'device_id') ?? subject_id ?? '');
  if (known !== undefined) return known;
  for (const name of NAMES) {
    const value = textIn(data, name) ?? textIn(after, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `the rule Bedtime`, `the pause of Tim` */
function ruleIn(rule: unknown, things: ReadonlyMap<string, string>): string {
  const id = textIn(rule, 'person_id') ?? textIn(rule, 'device_id');
  const network = textIn(rule, 'network');
  const everyone = textIn(rule, 'kind') === 'new_device' ? 'new devices' : 'everyone';
  const whole = network === undefined ? everyone : `the network ${network}`;
  const called = id === undefined ? whole : (things.get(id) ?? 'somebody');
  const name = textIn(rule, 'name');
  if (name !== undefined) return `the rule ${name}`;
  const title = titleOf(textIn(rule, 'kind') ?? 'rule', called);
  return `the ${title.replace(/^new devices/, 'rule for new devices')}`;
}

function memberOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}

function textIn(data: unknown, name: string): string | undefined {
  const value = memberOf(data, name);
  return typeof value === 'string' ? value : undefined;
}

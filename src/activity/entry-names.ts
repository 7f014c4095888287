/** What an entry of the audit is about, by name: as it is called now, or was called then if it is gone. */
import { type RawBuilder, sql } from 'kysely';
import { deviceNameOf } from '../database/models.ts';
import type { JsonValue } from '../database/schema.generated.ts';

/** A device, a person and two routers that an entry may be about, as they are now. */
export type Joined = {
  device_id: string | null;
  device_router_id: string | null;
  device_name: string | null;
  person_id: string | null;
  person_name: string | null;
  router_name: string | null;
  other_router_name: string | null;
  home_name: string | null;
};

export type Named = {
  subject_name: string | null;
  device: { id: string; router_id: string; name: string } | null;
  person: { id: string; name: string } | null;
  router_name: string | null;
  other_router_name: string | null;
};

type Entry = { action: string; subject_id: string | null; details: JsonValue };

/** The `select` items of `Joined`, for the joins of `joinNames`. */
export const NAMES: RawBuilder<Joined> = sql`
  whole.id as device_id, whole.router_id as device_router_id,
  ${deviceNameOf('whole')} as device_name,
  person.id as person_id, person.name as person_name, router.router_name, home.name as home_name,
  coalesce(other_router.router_name, other_router.router_id) as other_router_name`;

/** Joins to the rows of `entry` what they may be about: each by a key, whatever its details say. */
export function joinNames(userId: string): RawBuilder<unknown> {
  const id = (text: RawBuilder<unknown>) =>
    sql`case when ${text} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${text})::uuid end`;
  const device = sql`coalesce(entry.details ->> 'device_id', entry.details -> 'after' ->> 'device_id',
    entry.details -> 'before' ->> 'device_id',
    case when entry.action like 'device.%' then entry.subject_id end)`;
  const person = sql`coalesce(entry.details ->> 'person_id', entry.details -> 'after' ->> 'person_id',
    entry.details -> 'before' ->> 'person_id',
    case when entry.action like any (array['person.%', 'access.%']) then entry.subject_id end)`;
  const home = sql`case when entry.action like 'home.%' then entry.subject_id end`;
  return sql`
    left join user_devices part on part.user_id = ${userId} and part.id = ${id(device)}
    left join user_devices whole on whole.user_id = ${userId} and whole.id = coalesce(part.shown_as, part.id)
    left join people person on person.user_id = ${userId} and person.id = ${id(person)}
    left join homes home on home.user_id = ${userId} and home.id = ${id(home)}
    left join user_routers router on router.user_id = ${userId} and router.router_id = entry.router_id
    left join user_routers other_router on other_router.user_id = ${userId}
      and other_router.router_id = coalesce(entry.details ->> 'replaced', entry.details -> 'routers' ->> 0)`;
}

/** The names of an entry, from what was joined to it and from its details. */
export function namesOf(entry: Entry & Joined): Named {
  const { device_id, device_router_id, device_name, person_id, person_name } = entry;
  return {
    subject_name: subjectName(entry),
    device:
      device_id === null || device_router_id === null || device_name === null
        ? null
        : { id: device_id, router_id: device_router_id, name: device_name },
    person:
      person_id === null || person_name === null ? null : { id: person_id, name: person_name },
    router_name: entry.router_name,
    other_router_name: entry.other_router_name,
  };
}

/** What the details of entries call a device that is gone, the best name first. */
const DEVICE_NAMES = ['device_name', 'hostname', 'device_ip', 'ip', 'device_mac', 'mac'] as const;

function subjectName(entry: Entry & Joined): string | null {
  const { action, details } = entry;
  const said = (...names: string[]) => firstText(details, names);
  const [subject = ''] = action.split('.');
  switch (subject) {
    case 'device':
    case 'block':
    case 'whitelist':
    case 'blacklist':
      return entry.device_name ?? said(...DEVICE_NAMES);
    case 'person':
    case 'access':
      return entry.person_name ?? said('name');
    case 'router':
    case 'policy':
      return entry.router_name ?? said('router_name');
    case 'home':
      return entry.home_name ?? said('name');
    case 'member':
      return said('member_name');
    case 'token':
      return said('token_name');
    case 'session':
      return said('device');
    case 'setting':
      return entry.subject_id;
    default:
      return said('name');
  }
}

/** The first text of these names in an entry's details, in what it changed, or in the device that it is about. */
function firstText(details: JsonValue, names: readonly string[]): string | null {
  const parts = [details, ...['after', 'before', 'device'].map((name) => memberOf(details, name))];
  for (const name of names)
    for (const part of parts) {
      const value = memberOf(part, name);
      if (typeof value === 'string' && value !== '') return value;
    }
  return null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

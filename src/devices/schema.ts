import { Type } from 'typebox';
import { Limit, PageOf, PageQuery } from '../api/page.ts';
import { Id, IpAddress, MacAddress, Name, Nullable, RouterId, Timestamp } from '../api/schema.ts';
import { SORTS, STATES } from './listing.ts';

const DeviceType = Type.String({
  ...Name,
  maxLength: 100,
  description:
    'What it is. NetPilot knows phone, laptop, desktop, tablet, tv, console, camera, printer, speaker, server, router and other; any text will do.',
});

export const DeviceSchema = Type.Object({
  id: Id,
  router_id: RouterId,
  ip: IpAddress,
  holds_ip: Type.Boolean({ description: 'False once another device has that address.' }),
  mac: Nullable(MacAddress),
  macs: Type.Array(MacAddress, {
    description: 'All that it has: its own, and those of what is merged into it.',
  }),
  has_random_mac: Type.Boolean({
    description: 'Its MAC is made up, as phones do: it may have another one tomorrow.',
  }),
  hostname: Nullable(Type.String({ description: 'What it calls itself.' })),
  device_name: Nullable(Type.String({ description: 'What its owner calls it.' })),
  device_type: Nullable(DeviceType),
  manufacturer: Nullable(Type.String()),
  first_seen: Timestamp(),
  last_seen: Timestamp(),
  is_online: Type.Boolean(),
  is_router: Type.Boolean({ description: 'It is the router itself.' }),
  is_blocked: Type.Boolean({ description: 'An active block holds for it.' }),
  is_whitelisted: Type.Boolean({ description: 'It is on the whitelist, whatever the mode is.' }),
  is_blacklisted: Type.Boolean({
    description: 'It is on the blacklist, in an active entry, whatever the mode is.',
  }),
});

const Part = Type.Object({
  id: Id,
  ...Type.Pick(DeviceSchema, [
    'mac',
    'hostname',
    'device_name',
    'device_type',
    'manufacturer',
    'first_seen',
  ]).properties,
});

export const DeviceDetail = Type.Object({
  ...DeviceSchema.properties,
  addresses: Type.Array(
    Type.Object({
      ip: IpAddress,
      mac: Nullable(MacAddress),
      first_seen: Timestamp(),
      last_seen: Timestamp(),
      is_current: Type.Boolean({ description: 'False where it was before.' }),
    }),
    { description: 'Those that it has, and those that it had; the newest 200.' },
  ),
  presence: Type.Array(
    Type.Object({
      mac: Nullable(MacAddress),
      online_at: Timestamp(),
      offline_at: Nullable(Timestamp('Null while it is online.')),
    }),
    { description: 'When it was online, the newest 200 times.' },
  ),
  merged: Type.Array(Part, {
    description: 'The entries that are this device too, by what somebody said.',
  }),
});

export const DeviceChange = Type.Partial(
  Type.Object({
    device_name: Nullable(Name),
    device_type: Nullable(DeviceType),
  }),
  { additionalProperties: false, minProperties: 1 },
);

const filters = {
  ...PageQuery,
  // Enough for a whole network in one answer: a page after the other is a journey after the other.
  limit: Limit(10_000),
  text: Type.Optional(
    Type.String({
      maxLength: 255,
      description:
        'Found, in upper or lower case, in device_name, hostname, manufacturer, mac or ip.',
    }),
  ),
  type: Type.Optional(Type.String({ maxLength: 100, description: 'A device_type, exactly.' })),
  state: Type.Optional(Type.Enum(STATES, { description: 'Only those of which this is true.' })),
  sort: Type.Enum(
    SORTS.map(({ name }) => name),
    {
      default: '-last_seen',
      description:
        'With `-` in front for descending. `name` is device_name, else hostname, else ip. Those without a type come last.',
    },
  ),
};

export const DeviceQuery = Type.Object(filters, { additionalProperties: false });
export const AnyDeviceQuery = Type.Object(
  { ...filters, router_id: Type.Optional(RouterId) },
  { additionalProperties: false },
);

export const DevicePage = PageOf(DeviceSchema);
export const OfRouter = Type.Object({ router_id: RouterId });
export const OneDevice = Type.Object({ router_id: RouterId, id: Id });

import { Type } from 'typebox';
import { PageOf, PageQuery } from '../endpoint/page.ts';
import {
  Id,
  IpAddress,
  MacAddress,
  Name,
  Nullable,
  RouterId,
  Timestamp,
} from '../endpoint/schema.ts';
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

export const DeviceWithAddresses = Type.Object({
  ...DeviceSchema.properties,
  addresses: Type.Array(
    Type.Object({ ip: IpAddress, first_seen: Timestamp(), last_seen: Timestamp() }),
    { description: 'Where it was before, newest first.' },
  ),
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

import { Type } from 'typebox';
import { Limit, PageOf, PageQuery } from '../api/page.ts';
import {
  Id,
  IpAddress,
  MacAddress,
  Name,
  Nullable,
  RouterId,
  Strict,
  Timestamp,
} from '../api/schema.ts';
import { AccessSchema } from '../access/schema.ts';
import { GUESS_REASONS } from './guess.ts';
import { SORTS } from './listing.ts';
import { STATES } from './states.ts';
import { SAME_REASONS } from './same-as.ts';

const DeviceType = Type.String({
  ...Name,
  maxLength: 100,
  description:
    'The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed.',
});

const TypeGuess = Type.Object(
  {
    type: Type.String({ description: 'What it may be, such as `phone`, `watch` or `smart_home`.' }),
    reason: Type.Enum(GUESS_REASONS, { description: 'What says so.' }),
    evidence: Nullable(
      Type.String({
        description: 'The name or the manufacturer that says so; null for `random_mac`.',
      }),
    ),
  },
  { description: 'Guessed, as long as it has no `device_type`; null if nothing says what it is.' },
);

const SameAs = Type.Object(
  {
    device_id: Id,
    name: Type.String({ description: 'Of that device, as people see it.' }),
    reasons: Type.Array(
      Type.Object({
        code: Type.Enum(SAME_REASONS),
        value: Nullable(
          Type.String({
            description:
              'With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came.',
          }),
        ),
      }),
    ),
  },
  {
    description:
      'Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one.',
  },
);

export const DeviceSchema = Type.Object({
  id: Id,
  router_id: RouterId,
  ip: IpAddress,
  holds_ip: Type.Boolean({ description: 'False once another device has this address.' }),
  mac: Nullable(MacAddress),
  macs: Type.Array(MacAddress, {
    description: 'All its MACs: its own, and those of the devices merged into it.',
  }),
  has_random_mac: Type.Boolean({
    description: 'Its MAC is random, as phones use it: it may have another one tomorrow.',
  }),
  hostname: Nullable(Type.String({ description: 'The name that it reports.' })),
  device_name: Nullable(Type.String({ description: 'The name that its owner gave it.' })),
  device_type: Nullable(DeviceType),
  manufacturer: Nullable(Type.String()),
  first_seen: Timestamp(),
  last_seen: Timestamp(),
  is_online: Type.Boolean({
    description: 'False also while its router is not connected: see `unknown_since`.',
  }),
  unknown_since: Nullable(
    Timestamp(
      'Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.',
    ),
  ),
  is_elsewhere: Type.Boolean({
    description:
      'Whether another router knows one of its MACs too: the device itself says which (`elsewhere`).',
  }),
  is_router: Type.Boolean({ description: 'Whether it is the router itself.' }),
  place: Nullable(
    Type.Object(
      {
        network: Nullable(
          Type.String({ description: "As the router's configuration names it, such as `guest`." }),
        ),
        port: Nullable(
          Type.String({
            description: "The router's interface where it is plugged in, or its radio.",
          }),
        ),
        band: Nullable(Type.String({ description: 'Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60.' })),
        ssid: Nullable(Type.String({ description: 'The Wi-Fi that it is in; null with a cable.' })),
        signal: Nullable(
          Type.Integer({
            description: 'In dBm, as the router hears it. A change of less than 10 is not stored.',
          }),
        ),
        down: Nullable(Type.Integer({ description: 'Bit/s that it was last sent with.' })),
        up: Nullable(Type.Integer({ description: 'Bit/s that it last sent with.' })),
        since: Timestamp('Since when it is on this network, port, SSID and band.'),
      },
      { description: 'Where it is, or was last; null if its router does not say.' },
    ),
  ),
  person_id: Nullable({ ...Id, description: 'Who uses it; null: nobody has said.' }),
  is_new: Type.Boolean({
    description:
      'Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one.',
  }),
  type_guess: Nullable(TypeGuess),
  name_guess: Nullable(
    Type.String({
      description:
        'Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing.',
    }),
  ),
  same_as: Nullable(SameAs),
  access: AccessSchema,
  is_blocked: Type.Boolean({
    description: 'Whether an active block applies to it. Whether it gets through is in `access`.',
  }),
  is_whitelisted: Type.Boolean({ description: 'Whether it is on the whitelist, in any mode.' }),
  is_blacklisted: Type.Boolean({
    description: 'Whether it is on the blacklist, with an active entry, in any mode.',
  }),
});

/** What is shown of a device that is merged into another. */
export const PART_COLUMNS = [
  'id',
  'mac',
  'hostname',
  'device_name',
  'device_type',
  'manufacturer',
  'first_seen',
] as const;

export const DeviceDetail = Type.Object({
  ...DeviceSchema.properties,
  addresses: Type.Array(
    Type.Object({
      ip: IpAddress,
      mac: Nullable(MacAddress),
      first_seen: Timestamp(),
      last_seen: Timestamp(),
      is_current: Type.Boolean({ description: 'False for an earlier address.' }),
    }),
    { description: 'Its current and earlier addresses; the newest 200.' },
  ),
  presence: Type.Array(
    Type.Object({
      mac: Nullable(MacAddress),
      online_at: Timestamp(),
      offline_at: Nullable(
        Timestamp('Null while it is online. A stay ends with the connection of its router.'),
      ),
    }),
    { description: 'When it was online, the newest 200 times.' },
  ),
  elsewhere: Type.Array(
    Type.Object({
      router_id: RouterId,
      device_id: Id,
      last_seen: Timestamp(),
      is_online: Type.Boolean(),
    }),
    {
      description:
        'The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks.',
    },
  ),
  merged: Type.Array(Type.Pick(DeviceSchema, PART_COLUMNS), {
    description: 'The devices that a person merged into it.',
  }),
});

/** What a person can change of a device. */
export const EDITABLE = ['device_name', 'device_type', 'person_id'] as const;

export const DeviceChange = Type.Partial(
  Type.Object({
    device_name: Nullable(Name),
    device_type: Nullable(DeviceType),
    person_id: Nullable({
      ...Id,
      description:
        'A person of the home; null: nobody. All devices of the home with one of its MACs follow, and are no longer new.',
    }),
  }),
  { additionalProperties: false, minProperties: 1 },
);

const filters = {
  ...PageQuery,
  // Enough for a whole network in one response: each page costs a round trip.
  limit: Limit(10_000),
  text: Type.Optional(
    Type.String({
      maxLength: 255,
      description:
        'Searched for, ignoring case, in device_name, hostname, manufacturer, mac, ip, and the network, port and SSID of its place.',
    }),
  ),
  type: Type.Optional(Type.String({ maxLength: 100, description: 'Exactly this device_type.' })),
  person_id: Type.Optional({ ...Id, description: 'Only devices of this person.' }),
  state: Type.Optional(
    Type.Enum(STATES, {
      description:
        'Only devices in this state. `blocked` and `limited` are those whose `access` is that now, for whatever reason. `new` are those that nobody has reviewed. `offline` are all that are not known to be online; `unknown` of these are those whose router is not connected.',
    }),
  ),
  sort: Type.Enum(
    SORTS.map(({ name }) => name),
    {
      default: '-last_seen',
      description:
        'Descending with `-` in front. `name` is device_name, else hostname, else ip. Devices without a type come last.',
    },
  ),
};

export const DeviceQuery = Strict(filters);
export const AnyDeviceQuery = Strict({ ...filters, router_id: Type.Optional(RouterId) });

export const DevicePage = PageOf(DeviceSchema);

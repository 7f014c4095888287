/** Rules as the API has them. */
import { type Static, Type } from 'typebox';
import { confirm } from '../access/own-device.ts';
import { AccessSchema } from '../access/schema.ts';
import { PageOf, PageQuery } from '../api/page.ts';
import { Id, Name, Nullable, OneOf, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { Delivery } from '../policy/revision.ts';

export const MOST_WINDOWS = 40;
export const MOST_DAYS_AHEAD = 60;
const MOST_MINUTES = MOST_DAYS_AHEAD * 24 * 60;
/** Far beyond any link, and exact in a JavaScript number. */
const MOST_BITS_PER_SECOND = 10 ** 12;

export const KINDS = ['pause', 'exception', 'schedule', 'new_device'] as const;
export const TARGETS = ['everyone', 'person', 'device', 'network'] as const;
const ACCESSES = ['allow', 'limit', 'block'] as const;

export const ClockTime = (description: string) =>
  Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description });

export const Window = Strict({
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
    minItems: 1,
    uniqueItems: true,
    description: 'The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601).',
  }),
  from: ClockTime("Such as 21:00, in the home's time zone."),
  to: ClockTime('Such as 07:00; not later than `from`: of the next day.'),
});
export type Window = Static<typeof Window>;

const Rate = (direction: string) =>
  Nullable(
    Type.Integer({
      minimum: 0,
      maximum: MOST_BITS_PER_SECOND,
      description: `With \`limit\`: ${direction}, in bits per second. 0: nothing; null: no limit in that direction.`,
    }),
  );

const fields = {
  name: Nullable({ ...Name, description: 'For people, such as `Bedtime`.' }),
  target: OneOf([...TARGETS], {
    description:
      '`everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.',
  }),
  person_id: Nullable({ ...Id, description: 'All devices of this person.' }),
  device_id: Nullable({
    ...Id,
    description: 'This device, with all its MACs. A part of a merged device stands for all of it.',
  }),
  network: Nullable(
    Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: '^[^\\u0000-\\u0020\\u007f]+$',
      description: "All devices in this network, as the router's configuration names it.",
    }),
  ),
  router_id: Nullable({
    ...RouterId,
    description: 'Of a network: the router that has it. Null: every router of the home.',
  }),
  access: OneOf([...ACCESSES], {
    description:
      'What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.',
  }),
  down_rate: Rate('what they receive'),
  up_rate: Rate('what they send'),
  from_at: Timestamp('When a pause or an exception begins.'),
  until_at: Nullable(
    Timestamp(
      `When a pause or an exception ends, at most ${MOST_DAYS_AHEAD} days ahead. Null for a pause: until somebody ends it, with DELETE.`,
    ),
  ),
  windows: Nullable(
    Type.Array(Window, {
      minItems: 1,
      maxItems: MOST_WINDOWS,
      description:
        'Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always.',
    }),
  ),
  is_active: Type.Boolean({ description: 'False: the rule stays, but has no effect.' }),
};

const kind = OneOf([...KINDS], {
  description:
    '`pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.',
});

export const Rule = Type.Object({
  id: Id,
  home_id: Id,
  kind,
  ...fields,
  created_at: Timestamp(),
  updated_at: Timestamp(),
});

export const Deliveries = Type.Array(Type.Object({ router_id: RouterId, delivery: Delivery }), {
  description: 'Whether the routers that it concerns do it already, or why not.',
});
export type Deliveries = Static<typeof Deliveries>;
export const RuleWithDeliveries = Type.Object({ ...Rule.properties, deliveries: Deliveries });

const minutes = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: MOST_MINUTES,
    description: 'Instead of `until_at`: it ends so many minutes after it begins.',
  }),
);
const changeable = Type.Partial(Type.Object(fields)).properties;

/** Without what names the target, `target` must say `everyone`: nobody pauses the whole home by leaving something out. */
export const RuleAddition = Strict({ kind, ...changeable, minutes, confirm });
export type RuleAddition = Static<typeof RuleAddition>;

export const RuleChange = Type.Object(
  { ...changeable, minutes, confirm },
  { additionalProperties: false, minProperties: 1 },
);
export type RuleChange = Static<typeof RuleChange>;

export const PreviewBody = Strict({
  rule: Type.Optional({ ...RuleAddition, description: 'The rule to add.' }),
  id: Type.Optional({
    ...Id,
    description: 'Instead: a rule of the home, without it if there is no `change`.',
  }),
  change: Type.Optional({ ...RuleChange, description: 'What is to change of the rule `id`.' }),
  at: Type.Optional(Timestamp('The instant of `now` and `then`: the present one by default.')),
});

export const Preview = Type.Object({
  devices: Type.Array(
    Type.Object({
      device_id: Id,
      router_id: RouterId,
      name: Type.String({ description: 'Its name, else its host name, MAC or address.' }),
      now: { ...AccessSchema, description: 'What it gets as things are.' },
      // oxlint-disable-next-line unicorn/no-thenable -- nobody awaits a schema
      then: { ...AccessSchema, description: 'What it would get.' },
      changes: Type.Array(
        Type.Object({
          at: Timestamp(),
          access: OneOf([...ACCESSES], { description: 'What it would get from then on.' }),
          down_rate: Nullable(Type.Integer()),
          up_rate: Nullable(Type.Integer()),
        }),
        { description: 'What the next 7 days would bring after that: the first 20 changes.' },
      ),
    }),
    { description: 'The devices for which anything changes within 7 days.' },
  ),
  own_device: Type.Boolean({
    description: 'Whether the device that sends the request would be cut off: it needs `confirm`.',
  }),
});

export const Confirmation = Strict({ confirm });

export const RuleQuery = Strict({
  ...PageQuery,
  state: Type.Enum(['current', 'ended', 'all'], {
    default: 'current',
    description:
      '`ended`: pauses and exceptions whose time is over; they are kept for 30 days. `current`: all others, also those that are switched off or begin later.',
  }),
  kind: Type.Optional(kind),
  person_id: Type.Optional(Id),
  device_id: Type.Optional(Id),
});
export type RuleQuery = Static<typeof RuleQuery>;

export const RulePage = PageOf(Rule);

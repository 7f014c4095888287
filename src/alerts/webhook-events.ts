/** The events that a webhook gets, for the API's document. */
import { type TProperties, Type } from 'typebox';
import { Id, Nullable, NullableOneOf, OneOf, RouterId, Timestamp } from '../api/schema.ts';
import { type AlertKind, EVERY_KIND, KINDS } from './kinds.ts';

const Named = Type.Object({ id: Id, name: Type.String() });
const Router = Type.Object({ router_id: RouterId, name: Type.String() });
const Device = Type.Object({
  ...Named.properties,
  router_id: RouterId,
  mac: Nullable(Type.String()),
  manufacturer: Nullable(Type.String()),
  has_random_mac: Type.Boolean(),
  same_as: Type.Union([Named, Type.Null()], {
    description: 'The known device that it probably is, under another MAC.',
  }),
});
const since = Timestamp('When it began.');
const seconds = Type.Integer({ description: 'How long it has lasted.' });

const Item = Type.Object({
  type: Type.String({ description: 'As the alert would have had it.' }),
  timestamp: Timestamp('When it happened.'),
  data: Type.Object({}, { description: 'As the alert would have had it, without its texts.' }),
});
const Several = Type.Object({ count: Type.Integer(), names: Type.Array(Type.String()) });
const Outages = Type.Object({ count: Type.Integer(), seconds: Type.Integer() });
const Week = Type.Object({
  from: Timestamp(),
  until: Timestamp(),
  new_devices: Several,
  most_used: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer() }), {
    description: 'The three people, and devices of nobody, that used most.',
  }),
  outages: Type.Object({ away: Outages, internet_down: Outages }),
  blocked: Several,
});

/** Several devices of a moment are one event, with their number and names instead of one device. */
const newDevices = {
  router: Type.Optional(Router),
  device: Type.Optional(Device),
  count: Type.Optional(Type.Integer()),
  names: Type.Optional(Type.Array(Type.String())),
};

const EVENTS: Record<AlertKind, { summary: string; data: TProperties }> = {
  new_device: { summary: 'A device is in the home for the first time', data: newDevices },
  quarantine: {
    summary: 'A new device has no internet until somebody allows it',
    data: newDevices,
  },
  router_away: {
    summary: 'A router has not been connected for five minutes',
    data: { router: Router, since },
  },
  router_back: {
    summary: 'A router that was away is connected again',
    data: { router: Router, since, seconds },
  },
  internet_down: {
    summary: 'Nothing on the internet has answered a router that is connected for five minutes',
    data: { router: Router, since },
  },
  internet_back: {
    summary: 'The internet answers a router again',
    data: { router: Router, since, seconds },
  },
  access_answered: {
    summary: 'Somebody who asked for more time has an answer; only they are told',
    data: {
      person: Named,
      minutes: Type.Integer(),
      answer: OneOf(['granted', 'refused'], { description: 'What it is.' }),
      effect: NullableOneOf(['all', 'some', 'none'], {
        description: 'How many of their devices have internet now; null: it was refused.',
      }),
    },
  },
  access_asked: {
    summary: 'Somebody asks for more time',
    data: { person: Named, minutes: Type.Integer(), message: Nullable(Type.String()) },
  },
  change_waits: {
    summary: 'A router that is connected has not applied a change for ten minutes',
    data: { router: Router, since, seconds },
  },
  device_came: {
    summary: 'A device that the person watches has come',
    data: { router: Router, device: Device, since },
  },
  device_left: {
    summary: 'A device that the person watches has been gone for ten minutes',
    data: { router: Router, device: Device, since },
  },
  weekly_digest: { summary: 'What happened at home in the last seven days', data: { week: Week } },
  quiet_digest: {
    summary: 'What was held in quiet hours, when there was more than one alert',
    data: { count: Type.Integer(), alerts: Type.Array(Item) },
  },
  test: { summary: 'Somebody tests the channel', data: {} },
};

const DESCRIPTION =
  'Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.';

/** OpenAPI 3.1, `webhooks`: by type. */
export const WEBHOOKS = Object.fromEntries(
  EVERY_KIND.map((kind) => [KINDS[kind].type, { post: operationOf(kind) }]),
);

function operationOf(kind: AlertKind) {
  const { type } = KINDS[kind];
  const { summary, data } = EVENTS[kind];
  const schema = Type.Object({
    type: Type.Literal(type),
    timestamp: Timestamp('When it happened.'),
    data: Type.Object({
      home: Named,
      title: Type.String(),
      text: Type.String(),
      url: Type.String({ description: 'The page that shows more.' }),
      ...data,
    }),
  });
  return {
    tags: ['alerts'],
    summary,
    description: DESCRIPTION,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { '2XX': { description: 'It was taken.' } },
  };
}

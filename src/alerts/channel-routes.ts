/** Where each person of a home wants to be told. Everybody has channels of their own, which nobody else sees. */
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import {
  HomeParams,
  HomeThingParams,
  Id,
  Json,
  Name,
  Nullable,
  Strict,
  Timestamp,
} from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { CHANNEL_KINDS } from './channel-kinds.ts';
import {
  type Channel,
  type ChannelRules,
  changeChannel,
  createChannel,
  deleteChannel,
  findChannel,
  listChannels,
} from './channels.ts';
import { ALERT_KINDS, isWanted } from './kinds.ts';
import { SENDERS } from './senders.ts';
import { sendingServices } from './sending.ts';
import { moveSubscription } from './subscriptions.ts';
import { recordTest, sendTest } from './test-message.ts';
import { derivePushKey, publicPushKey } from './web-push.ts';
import { LANGUAGES } from './words.ts';

const choices = {
  name: Name,
  wanted: Type.Array(Type.Enum([...ALERT_KINDS]), {
    uniqueItems: true,
    maxItems: 50,
    description:
      'The kinds of alerts that come here; by default all of them, but the digest of the week by e-mail only. `device_came` and `device_left` are about the devices that you have chosen in your preferences.',
  }),
  language: Type.Enum([...LANGUAGES], { description: 'Of the messages.' }),
  is_enabled: Type.Boolean({ description: 'False: nothing is sent, and nothing waits.' }),
};

const ChannelSchema = Type.Object({
  id: Id,
  // Text in the answer: another version of the program may know more of them.
  kind: Type.String({ description: `One of ${CHANNEL_KINDS.join(', ')}.` }),
  name: Name,
  settings: Json,
  wanted: Type.Array(Type.String()),
  language: Type.String(),
  is_enabled: Type.Boolean(),
  problem: Nullable(
    Type.String({
      description:
        'In plain words: why NetPilot has switched it off, or, while it is on, why the last messages did not arrive.',
    }),
  ),
  created_at: Timestamp(),
  verified_at: Nullable(Timestamp('When something last arrived there; null: never yet.')),
});

const ChannelAddition = Strict({
  kind: Type.Enum([...CHANNEL_KINDS], {
    description:
      '`email` goes to the address of your account. The others go to a target of yours on the internet, or in a network that the operator allows (ALERT_NETWORKS).',
  }),
  settings: Type.Object(
    {},
    {
      description:
        'What the kind needs; nothing for `email`. Secrets in it are stored sealed and never given back.',
      examples: [{ topic: 'our-home-4f9c1e' }],
      'x-by-kind': Object.fromEntries(
        Object.entries(SENDERS).map(([kind, { settings }]) => [kind, settings]),
      ),
    },
  ),
  name: Type.Optional(choices.name),
  wanted: Type.Optional(choices.wanted),
  language: Type.Optional(choices.language),
});
const ChannelChange = Type.Partial(Strict(choices), {
  additionalProperties: false,
  minProperties: 1,
});
const Subscription = Strict({
  before: Type.String({ maxLength: 2000, description: 'The `endpoint` that the channel has.' }),
  settings: Type.Unsafe<object>(SENDERS.web_push.settings),
});
const NewChannel = Type.Object({
  ...ChannelSchema.properties,
  secret: Nullable(
    Type.String({
      description: 'Of a webhook, if it was made now: what signs the events. Shown only now.',
    }),
  ),
});
const Channels = Type.Object({
  items: Type.Array(ChannelSchema),
  has_email: Type.Boolean({ description: 'Whether this NetPilot sends e-mail.' }),
  web_push_key: Type.String({
    description: 'What a browser needs to subscribe: `applicationServerKey`, base64url.',
  }),
});
const Tested = Type.Object({
  is_delivered: Type.Boolean(),
  problem: Nullable(
    Type.String({ description: 'What went wrong, and what to do, in plain words.' }),
  ),
});

const path = '/homes/:home_id/alert-channels';
const params = HomeThingParams;
/** A channel does not outlive a removed member, but it does a stolen session. */
const RATE_LIMIT = { max: 60, timeWindow: 60_000 };

export function channelRoutes(app: App, services: Services): void {
  listRoute(app, services);
  addRoute(app, services);
  changeRoutes(app, services);
  subscriptionRoute(app, services);
  testRoute(app, services);
}

function listRoute(app: App, { config, database, secretKey }: Services): void {
  const web_push_key = publicPushKey(derivePushKey(secretKey));
  app.get(
    path,
    {
      config: { access: 'read', role: 'child' },
      schema: {
        summary: 'List your alert channels in a home',
        params: HomeParams,
        response: { 200: Channels },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const key = { user_id: userId, ...request.params };
        const items = (await listChannels(transaction, key)).map(present);
        return { items, has_email: config.alerts.mail !== undefined, web_push_key };
      }),
  );
}

function addRoute(app: App, services: Services): void {
  const { database } = services;
  const rules = rulesOf(services);
  app.post(
    path,
    {
      config: {
        access: 'manage',
        role: 'child',
        needsFreshSignIn: true,
        rateLimit: RATE_LIMIT,
      },
      schema: {
        summary: 'Add an alert channel',
        description:
          'For yourself: members have channels of their own. An `Idempotency-Key` has no effect here: the response would have to be stored, and the secret in it is not.',
        params: HomeParams,
        body: ChannelAddition,
        response: { 201: NewChannel },
      },
    },
    async (request, reply) => {
      const { channel, secret } = await inTenant(database, request, (transaction, actor) =>
        createChannel(transaction, actor, request.params.home_id, request.body, rules),
      );
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...present(channel), secret });
    },
  );
}

function changeRoutes(app: App, { database, secretKey }: Services): void {
  app.patch(
    `${path}/:id`,
    {
      config: { access: 'manage', role: 'child', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Change an alert channel, or switch it on or off',
        description: 'Its target does not change: add another channel for that.',
        params,
        body: ChannelChange,
        response: { 200: ChannelSchema },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) =>
        present(
          await changeChannel(
            transaction,
            actor,
            { user_id: actor.userId, ...request.params },
            request.body,
          ),
        ),
      ),
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: 'manage', role: 'child', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Delete an alert channel',
        description:
          'With what waits for it, its part of the log, and what the buttons of its messages do.',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, (transaction, actor) =>
        deleteChannel(transaction, actor, { user_id: actor.userId, ...request.params }, secretKey),
      );
      return reply.code(204).send(null);
    },
  );
}

function subscriptionRoute(app: App, services: Services): void {
  const rules = rulesOf(services);
  app.put(
    `${path}/:id/subscription`,
    {
      config: { access: 'manage', role: 'child', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Give a browser’s channel the new address of the browser',
        description:
          'A push service changes the address of a browser now and then. Who sends this must know the address that the channel has.',
        params,
        body: Subscription,
        response: { 200: ChannelSchema },
      },
    },
    (request) =>
      inTenant(services.database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        return present(await moveSubscription(transaction, actor, key, request.body, rules));
      }),
  );
}

function testRoute(app: App, services: Services): void {
  const { config, database, secretKey } = services;
  const sending = sendingServices(config, secretKey, (error) =>
    app.log.info({ err: error }, 'a test alert could not be sent'),
  );
  app.post(
    `${path}/:id/test`,
    {
      config: { access: 'manage', role: 'child', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Send a test to an alert channel, now, and say what went wrong',
        description:
          'Waits for the answer of the target, 5 seconds at most (20 for e-mail). At most 5 a minute. An `Idempotency-Key` has no effect.',
        params,
        response: { 200: Tested },
      },
    },
    async (request) => {
      const found = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const channel = await findChannel(transaction, key);
        return recordTest(transaction, actor, channel);
      });
      return sendTest(database, found, sending);
    },
  );
}

/** What creating a channel needs. */
function rulesOf({ config: { alerts }, secretKey }: Services): ChannelRules {
  return { networks: alerts.networks, hasMail: alerts.mail !== undefined, secretKey };
}

function present(channel: Channel) {
  const { id, kind, name, settings, language, is_enabled, problem } = channel;
  const { created_at, verified_at } = channel;
  const wanted = channel.wanted ?? ALERT_KINDS.filter((each) => isWanted(each, channel));
  return {
    id,
    kind,
    name,
    settings,
    wanted,
    language,
    is_enabled,
    problem,
    created_at,
    verified_at,
  };
}

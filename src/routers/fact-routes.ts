import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Id, IpAddress, Nullable, RouterParams, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { INTERNET, OFFLOADING, findFacts } from './facts.ts';
import { listHealth } from './health.ts';
import { COUNTING, findUsage, watchUsage } from './usage.ts';

const Facts = Type.Object({
  reported_at: Timestamp(),
  model: Nullable(Type.String()),
  release: Nullable(Type.String({ description: 'Of OpenWrt, as the router names it.' })),
  booted_at: Timestamp('When the router started.'),
  load: Type.Number({
    description: 'Processes that wanted to run, on average of the minute before `reported_at`.',
  }),
  memory_total: Type.Integer({ description: 'Bytes.' }),
  memory_available: Type.Integer({ description: 'Bytes.' }),
  internet: Type.Enum(INTERNET, {
    description:
      'Whether it has a way to the internet; `none` if another router has that for it, as for an access point.',
  }),
  public_ip4: Nullable(IpAddress),
  public_ip6: Nullable(IpAddress),
  offloading: Type.Enum(OFFLOADING, {
    description: 'Whether packets are forwarded past the firewall.',
  }),
  health: Type.Array(
    Type.Object({
      target: IpAddress,
      measured_at: Timestamp(),
      loss: Type.Integer({ description: 'Percent of five packets.' }),
      round_trip: Nullable(
        Type.Number({ description: 'Milliseconds, on average; null if nothing came back.' }),
      ),
    }),
    {
      description:
        'How the targets answered it (`health_targets` of the router), of the last hour, the latest of each.',
    },
  ),
});

const Usage = Type.Object({
  measured_at: Timestamp('When the sample ended.'),
  milliseconds: Type.Integer({ description: 'How long it is: a minute, or 2 s while watched.' }),
  counting: Type.Enum(COUNTING, {
    description: '`partly`: the router offloads flows past what counts them.',
  }),
  devices: Type.Array(
    Type.Object({
      device_id: Id,
      down: Type.Integer({ description: 'Bytes that it received from the internet.' }),
      up: Type.Integer({ description: 'Bytes that it sent there.' }),
    }),
    { description: 'Those that used something.' },
  ),
});

const params = RouterParams;

export function routerFactRoutes(app: App, { database }: Services): void {
  app.get(
    '/routers/:router_id/facts',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get what a router says of itself',
        description:
          'Not found until it has said it: an agent before 2.0.0 does not. It says it when it connects, when something of it changes, and every five minutes.',
        params,
        response: { 200: Facts },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const key = { user_id: userId, ...request.params };
        const facts = await findFacts(transaction, key);
        return { ...facts, health: await listHealth(transaction, key) };
      }),
  );

  app.get(
    '/routers/:router_id/usage',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get what the devices of a router used in its latest sample',
        description: 'Not found until there is one. What stays within the home is not counted.',
        params,
        response: { 200: Usage },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findUsage(transaction, { user_id: userId, ...request.params }),
      ),
  );

  app.post(
    '/routers/:router_id/usage/watch',
    {
      config: { access: 'read', role: 'admin' },
      schema: {
        summary: 'Have a router measure what devices use each 2 s, for a minute',
        description: 'Ask again to go on. Refused (409) if the router is not connected or cannot.',
        params,
        response: { 202: Type.Object({ usage_wanted_until: Timestamp() }) },
      },
    },
    async (request, reply) => {
      const watched = await inTenant(database, request, (transaction, { userId }) =>
        watchUsage(transaction, { user_id: userId, ...request.params }),
      );
      return reply.code(202).send(watched);
    },
  );
}

import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { IpAddress, Nullable, RouterParams, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { INTERNET, OFFLOADING, findFacts } from './facts.ts';
import { listHealth } from './health.ts';

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
}

import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { HomeParams, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { NotFoundError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { findRouter } from '../routers/queries.ts';
import { SLOTS, listStrips } from './strips.ts';

const Presence = Type.Object({
  from: Timestamp(),
  until: Timestamp('Now.'),
  slots: Type.Integer({ description: `Equal parts of that time: ${SLOTS}.` }),
  devices: Type.Record(Type.String(), Type.String(), {
    description:
      'By its id, of each device that was there: a digit for each slot, from 0 (not there) to 9 (all the time).',
  }),
});

export function presenceRoutes(app: App, { database }: Services): void {
  app.get(
    '/homes/:home_id/presence',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get when the devices of a home were there',
        description:
          'While its router is not connected nobody knows whether a device is there: it counts until then.',
        params: HomeParams,
        querystring: Strict({
          hours: Type.Integer({ minimum: 1, maximum: 168, default: 24 }),
          router_id: Type.Optional({ ...RouterId, description: 'Only the devices of this one.' }),
        }),
        response: { 200: Presence },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const { home_id } = request.params;
        const { hours, router_id } = request.query;
        await findHome(transaction, { user_id: userId, id: home_id });
        if (router_id !== undefined) {
          const router = await findRouter(transaction, { user_id: userId, router_id });
          if (router.home_id !== home_id) throw new NotFoundError('router', router_id);
        }
        const key = { user_id: userId, home_id, ...(router_id !== undefined && { router_id }) };
        const { span, devices } = await listStrips(transaction, key, hours);
        const instant = (seconds: number) => new Date(seconds * 1_000).toISOString();
        return { from: instant(span.from), until: instant(span.until), slots: SLOTS, devices };
      }),
  );
}

/** What became of alerts: for everybody of the home, with nothing that says where they went. */
import { sql } from 'kysely';
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import { HomeParams, Id, Nullable, OneOf, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';

const STATES = ['waiting', 'delivered', 'given_up', 'dropped'];

const DeliverySchema = Type.Object({
  id: Type.String({ ...Id, description: 'The same however often it is sent: `webhook-id`.' }),
  channel_id: Id,
  channel_kind: Type.String(),
  channel_name: Type.String(),
  member_id: Type.String({ ...Id, description: 'Whose channel it is.' }),
  member_name: Nullable(Type.String({ description: 'Null: your own.' })),
  kind: Type.String(),
  title: Type.String(),
  state: OneOf(STATES, {
    description:
      '`waiting`: to be sent, again if it failed. `given_up`: it failed for three days, or was a test. `dropped`: never sent, because there were too many or the channel was switched off.',
  }),
  tries: Type.Integer(),
  problem: Nullable(Type.String({ description: 'What went wrong last, in plain words.' })),
  created_at: Timestamp(),
  tried_at: Nullable(Timestamp()),
  next_at: Nullable(Timestamp('Of one that waits: not sent before.')),
  finished_at: Nullable(Timestamp()),
});

const DeliveryQuery = Strict({
  ...PageQuery,
  state: Type.Optional(Type.Enum(STATES)),
  channel_id: Type.Optional(Id),
});

export function deliveryRoutes(app: App, { database }: Services): void {
  app.get(
    '/homes/:home_id/alert-deliveries',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'List the alerts of a home and what became of them, newest first',
        description: 'Of all its members. Kept for 30 days.',
        params: HomeParams,
        querystring: DeliveryQuery,
        response: { 200: PageOf(DeliverySchema) },
      },
    },
    (request) => {
      const { limit, cursor, state, channel_id } = request.query;
      const after = parseCursor(cursor);
      return inTenant(database, request, async (transaction, { userId, actorId, ownerName }) => {
        let query = transaction
          .selectFrom('alert_deliveries as d')
          .leftJoin('home_members as m', (join) =>
            join
              .onRef('m.user_id', '=', 'd.user_id')
              .onRef('m.home_id', '=', 'd.home_id')
              .onRef('m.member_id', '=', 'd.member_id'),
          )
          .select(['d.id', 'd.channel_id', 'd.channel_kind', 'd.channel_name', 'd.member_id'])
          .select(['d.kind', 'd.state', 'd.tries', 'd.problem'])
          .select(['d.created_at', 'd.tried_at', 'd.finished_at'])
          .select(sql<string>`d.message ->> 'title'`.as('title'))
          .select(
            sql<string | null>`case when d.state = 'waiting' then d.next_at end`.as('next_at'),
          )
          .select(
            sql<string | null>`case when d.member_id <> ${actorId}
              then coalesce(m.member_name, case when d.member_id = d.user_id then ${ownerName ?? null} end, '') end`.as(
              'member_name',
            ),
          )
          .where('d.user_id', '=', userId)
          .where('d.home_id', '=', request.params.home_id);
        if (state !== undefined) query = query.where('d.state', '=', state);
        if (channel_id !== undefined) query = query.where('d.channel_id', '=', channel_id);
        if (after !== undefined) query = query.where('d.id', '<', after.id);
        const rows = await query
          .orderBy('d.id', 'desc')
          .limit(limit + 1)
          .execute();
        return pageOf(rows, limit);
      });
    },
  );
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { Type } from 'typebox';
import { wholeOf } from '../database/models.ts';
import type { App, Services } from '../api/app.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import { Id, Json, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { AUDIT_ACTIONS } from './actions.ts';

const AuditEntry = Type.Object({
  id: Id,
  at: Timestamp(),
  actor: Type.String({ description: '`user`, `operator`, `router` or `system`.' }),
  session_id: Nullable(Type.String()),
  action: Type.Unsafe<string>({ type: 'string', enum: AUDIT_ACTIONS }),
  router_id: Nullable(RouterId),
  subject_id: Nullable(Type.String()),
  details: Json,
});

const AuditQuery = Strict({
  ...PageQuery,
  router_id: Type.Optional(RouterId),
  action: Type.Optional(
    Type.String({
      pattern: '^[a-z_]+(\\.[a-z_]+)?$',
      description: 'An action (`device.changed`), or all of a subject (`device`).',
    }),
  ),
  device_id: Type.Optional({
    ...Id,
    description: 'Only actions on this device, or on a part of it.',
  }),
  since: Type.Optional(Timestamp('Only actions at or after this time.')),
});

export function auditRoutes(app: App, { database }: Services): void {
  app.get(
    '/audit',
    {
      schema: {
        summary: 'List who did what, newest first',
        querystring: AuditQuery,
        response: { 200: PageOf(AuditEntry) },
      },
    },
    async (request) => {
      const { limit, cursor, router_id, action, device_id, since } = request.query;
      const after = parseCursor(cursor);
      const rows = await inTenant(database, request, (transaction, { userId }) => {
        let query = transaction
          .selectFrom('audit_entries')
          .selectAll()
          .where('user_id', '=', userId);
        if (router_id !== undefined) query = query.where('router_id', '=', router_id);
        if (action !== undefined)
          query = query.where(
            sql<boolean>`(action = ${action} or action like ${`${action.replaceAll('_', '\\_')}.%`})`,
          );
        if (device_id !== undefined) query = query.where(isAboutDevice(userId, device_id));
        if (since !== undefined) query = query.where('at', '>=', since);
        // Ids are time-ordered: the primary key gives this order.
        if (after !== undefined) query = query.where('id', '<', after.id);
        return query
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute();
      });
      return pageOf(rows, limit);
    },
  );
}

/** The condition that an entry is about a device or a part of it, or about a block or list entry for it. */
function isAboutDevice(userId: string, deviceId: string): RawBuilder<SqlBool> {
  return sql`coalesce(details ->> 'device_id', subject_id) in (
    select id::text from user_devices
    where user_id = ${userId} and ${wholeOf(userId, deviceId)} in (id, shown_as))`;
}

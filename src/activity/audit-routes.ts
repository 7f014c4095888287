import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { Type } from 'typebox';
import { wholeOf } from '../database/models.ts';
import { routerWithin } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { isAfter, orderRows, sortBy } from '../api/keyset.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import { Id, Json, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { AUDIT_ACTIONS } from './actions.ts';

const AuditEntry = Type.Object({
  id: Id,
  at: Timestamp(),
  actor: Type.String({
    description:
      '`user`, `operator`, `router` or `system`; `imported` for what an imported export says, true or not.',
  }),
  actor_id: Nullable({ ...Id, description: 'The member who acted; null: not a member.' }),
  actor_name: Nullable(
    Type.String({ description: "Who acted, for what others did: a member, or the home's owner." }),
  ),
  session_id: Nullable(Type.String()),
  action: Type.Unsafe<string>({ type: 'string', enum: AUDIT_ACTIONS }),
  router_id: Nullable(RouterId),
  subject_id: Nullable(Type.String()),
  details: Json,
  imported_at: Nullable(
    Timestamp('When an import of an export brought it here; null: it was recorded here.'),
  ),
});

/** What was recorded here comes first, whatever an import restored. Ids are time-ordered. */
const NEWEST_FIRST = sortBy('-recorded', 'boolean', sql`(imported_at is null)`);

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
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'List who did what, newest first; what was imported comes last',
        querystring: AuditQuery,
        response: { 200: PageOf(AuditEntry) },
      },
    },
    async (request) => {
      const { limit, cursor, router_id, action, device_id, since } = request.query;
      const after = parseCursor(cursor, NEWEST_FIRST);
      const rows = await inTenant(database, request, (transaction, actor) => {
        const { userId } = actor;
        const router = routerWithin(actor, router_id);
        let query = transaction
          .selectFrom('audit_entries')
          .select([
            'id',
            'at',
            sql<string>`case when imported_at is null then actor else 'imported' end`.as('actor'),
            'actor_id',
            // An entry of the owner has no name: their account has it.
            sql<
              string | null
            >`case when actor_name is null and actor = 'user' then ${actor.ownerName ?? null} else actor_name end`.as(
              'actor_name',
            ),
            'session_id',
            'action',
            'router_id',
            'subject_id',
            'details',
            'imported_at',
            sql<string>`(imported_at is null)::text`.as('sort_value'),
          ])
          .where('user_id', '=', userId);
        if (router !== undefined) query = query.where('router_id', '=', router);
        if (action !== undefined)
          query = query.where(
            sql<boolean>`(action = ${action} or action like ${`${action.replaceAll('_', '\\_')}.%`})`,
          );
        if (device_id !== undefined) query = query.where(isAboutDevice(userId, device_id));
        if (since !== undefined) query = query.where('at', '>=', since);
        return query
          .where(isAfter(NEWEST_FIRST, after))
          .orderBy(orderRows(NEWEST_FIRST))
          .limit(limit + 1)
          .execute();
      });
      return pageOf(rows, limit, NEWEST_FIRST);
    },
  );
}

/** The condition that an entry is about a device or a part of it, or about a block or list entry for it. */
function isAboutDevice(userId: string, deviceId: string): RawBuilder<SqlBool> {
  return sql`coalesce(details ->> 'device_id', subject_id) in (
    select id::text from user_devices
    where user_id = ${userId} and ${wholeOf(userId, deviceId)} in (id, shown_as))`;
}

import { Type } from 'typebox';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { JsonValue } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { requireMatch, sendEtag } from '../api/etag.ts';
import { Json, RouterId, Timestamp, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { NotFoundError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import {
  type Scope,
  type Setting,
  deleteSetting,
  findSetting,
  listSettings,
  lockSetting,
  putSetting,
} from './settings.ts';

const SettingKey = Type.String({
  pattern: '^[a-z][a-z0-9_.-]{0,99}$',
  description: 'Lower case, such as `whitelist_limit_rate`.',
});
const SettingSchema = Type.Object({
  setting_key: SettingKey,
  setting_value: Json,
  created_at: Timestamp(),
  updated_at: Timestamp(),
});
const SettingChange = Type.Object({ setting_value: Json }, { additionalProperties: false });

const OfRouter = Type.Object({ router_id: RouterId });
const Keyed = Type.Object({ setting_key: SettingKey });
const KeyedOfRouter = Type.Object({ router_id: RouterId, setting_key: SettingKey });

const tags = ['settings'];
const listAnswer = { ...problems, 200: Type.Object({ items: Type.Array(SettingSchema) }) };
const oneAnswer = { ...problems, 200: SettingSchema };
const goneAnswer = { ...problems, 204: Type.Null() };

/** The same four routes twice: for the user's own settings, and for those of one router. */
export function settingsRoutes(app: App, { database }: Services): void {
  const handlers = settingsHandlers(database);

  app.get(
    '/settings',
    { schema: { tags, summary: "One's own settings", response: listAnswer } },
    (request) => handlers.list(request, null),
  );
  app.get(
    '/settings/:setting_key',
    { schema: { tags, summary: "One of one's own settings", params: Keyed, response: oneAnswer } },
    (request, reply) => handlers.get(request, reply, null, request.params.setting_key),
  );
  app.put(
    '/settings/:setting_key',
    {
      schema: {
        tags,
        summary: "Set one of one's own settings",
        params: Keyed,
        body: SettingChange,
        response: oneAnswer,
      },
    },
    (request, reply) =>
      handlers.put(request, reply, null, request.params.setting_key, request.body.setting_value),
  );
  app.delete(
    '/settings/:setting_key',
    {
      schema: {
        tags,
        summary: "Forget one of one's own settings",
        params: Keyed,
        response: goneAnswer,
      },
    },
    (request, reply) => handlers.forget(request, reply, null, request.params.setting_key),
  );

  const path = '/routers/:router_id/settings';
  app.get(
    path,
    { schema: { tags, summary: "A router's settings", params: OfRouter, response: listAnswer } },
    (request) => handlers.list(request, request.params.router_id),
  );
  app.get(
    `${path}/:setting_key`,
    {
      schema: {
        tags,
        summary: 'One setting of a router',
        params: KeyedOfRouter,
        response: oneAnswer,
      },
    },
    (request, reply) =>
      handlers.get(request, reply, request.params.router_id, request.params.setting_key),
  );
  app.put(
    `${path}/:setting_key`,
    {
      schema: {
        tags,
        summary: 'Set a setting of a router',
        params: KeyedOfRouter,
        body: SettingChange,
        response: oneAnswer,
      },
    },
    (request, reply) =>
      handlers.put(
        request,
        reply,
        request.params.router_id,
        request.params.setting_key,
        request.body.setting_value,
      ),
  );
  app.delete(
    `${path}/:setting_key`,
    {
      schema: {
        tags,
        summary: 'Forget a setting of a router',
        params: KeyedOfRouter,
        response: goneAnswer,
      },
    },
    (request, reply) =>
      handlers.forget(request, reply, request.params.router_id, request.params.setting_key),
  );
}

/** @param routerId in each: null for the user's own settings */
function settingsHandlers(database: Services['database']) {
  return {
    list: (request: FastifyRequest, routerId: string | null) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: await listSettings(transaction, await scopeOf(transaction, userId, routerId)),
      })),

    async get(request: FastifyRequest, reply: FastifyReply, routerId: string | null, key: string) {
      const setting = await inTenant(database, request, async (transaction, { userId }) =>
        required(
          await findSetting(transaction, await scopeOf(transaction, userId, routerId), key),
          key,
        ),
      );
      sendEtag(reply, editable(setting));
      return setting;
    },

    async put(
      request: FastifyRequest,
      reply: FastifyReply,
      routerId: string | null,
      key: string,
      value: JsonValue,
    ) {
      const setting = await inTenant(database, request, async (transaction, actor) => {
        const scope = await scopeOf(transaction, actor.userId, routerId);
        const before = await lockSetting(transaction, scope, key);
        requireMatch(request, editable(before));
        const after = await putSetting(transaction, scope, key, value);
        await audit(transaction, actor, 'setting.changed', scope, key, {
          before: before?.setting_value ?? null,
          after: after.setting_value,
        });
        return after;
      });
      sendEtag(reply, editable(setting));
      return setting;
    },

    async forget(
      request: FastifyRequest,
      reply: FastifyReply,
      routerId: string | null,
      key: string,
    ) {
      await inTenant(database, request, async (transaction, actor) => {
        const scope = await scopeOf(transaction, actor.userId, routerId);
        const setting = required(await lockSetting(transaction, scope, key), key);
        requireMatch(request, editable(setting));
        await deleteSetting(transaction, setting);
        await audit(transaction, actor, 'setting.deleted', scope, key, {
          before: setting.setting_value,
        });
      });
      return reply.code(204).send(null);
    },
  };
}

async function scopeOf(
  transaction: TenantTransaction,
  userId: string,
  routerId: string | null,
): Promise<Scope> {
  if (routerId !== null) await findRouter(transaction, userId, routerId);
  return { userId, routerId };
}

function audit(
  transaction: TenantTransaction,
  actor: Actor,
  action: 'setting.changed' | 'setting.deleted',
  { routerId }: Scope,
  subjectId: string,
  details: Record<string, JsonValue>,
) {
  return recordAudit(transaction, actor, {
    action,
    subjectId,
    details,
    ...(routerId !== null && { routerId }),
  });
}

function editable(setting: Setting | undefined): object {
  return { setting_value: setting?.setting_value ?? null };
}

function required(setting: Setting | undefined, key: string): Setting {
  if (setting === undefined) throw new NotFoundError('setting', key);
  return setting;
}

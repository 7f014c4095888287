import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { Json, RouterId, RouterParams, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { requireRoomFor, requireWithin } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import {
  type Setting,
  type SettingScope,
  deleteSetting,
  putSetting,
  selectSettings,
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

const OWN = {
  path: '/settings',
  owner: 'the user',
  toRead: { access: 'account', role: 'self' },
  toChange: { access: 'account', role: 'self' },
  listParams: Type.Object({}),
  params: Type.Object({ setting_key: SettingKey }),
} as const;
const OF_ROUTER = {
  path: '/routers/:router_id/settings',
  owner: 'a router',
  toRead: { access: 'read', role: 'viewer' },
  toChange: { access: 'manage', role: 'admin' },
  listParams: RouterParams,
  params: Type.Object({ router_id: RouterId, setting_key: SettingKey }),
} as const;

/** The same routes for the user's own settings, and for those of a router. */
export function settingsRoutes(app: App, services: Services): void {
  for (const paths of [OWN, OF_ROUTER]) {
    readRoutes(app, services, paths);
    changeRoutes(app, services, paths);
  }
}

type Paths = typeof OWN | typeof OF_ROUTER;

function readRoutes(app: App, { database }: Services, paths: Paths): void {
  const { path, owner, toRead, listParams, params } = paths;
  app.get(
    path,
    {
      config: toRead,
      schema: {
        summary: `List the settings of ${owner}`,
        params: listParams,
        response: { 200: Type.Object({ items: Type.Array(SettingSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const scope = await findScope(transaction, userId, request.params);
        return { items: await selectSettings(transaction, scope).orderBy('setting_key').execute() };
      }),
  );

  app.get(
    `${path}/:setting_key`,
    {
      config: toRead,
      schema: { summary: `Get a setting of ${owner}`, params, response: { 200: SettingSchema } },
    },
    async (request, reply) => {
      const { setting_key } = request.params;
      const setting = await inTenant(database, request, async (transaction, { userId }) => {
        const scope = await findScope(transaction, userId, request.params);
        return selectSettings(transaction, scope, setting_key).executeTakeFirstOrThrow(
          () => new NotFoundError('setting', setting_key),
        );
      });
      return withEtag(reply, setting, editable(setting));
    },
  );
}

function changeRoutes(
  app: App,
  { database }: Services,
  { path, owner, toChange, params }: Paths,
): void {
  app.put(
    `${path}/:setting_key`,
    {
      config: toChange,
      schema: {
        summary: `Set a setting of ${owner}`,
        params,
        body: Strict({ setting_value: Json }),
        response: { 200: SettingSchema },
      },
    },
    async (request, reply) => {
      const { setting_key } = request.params;
      requireWithin('setting_bytes', Buffer.byteLength(JSON.stringify(request.body.setting_value)));
      const setting = await inTenant(database, request, async (transaction, actor) => {
        const scope = await findScope(transaction, actor.userId, request.params);
        const before = await selectSettings(transaction, scope, setting_key)
          .forUpdate()
          .executeTakeFirst();
        requireMatch(request, editable(before));
        if (before === undefined) await requireRoomFor(transaction, 'settings');
        const after = await putSetting(transaction, scope, setting_key, request.body.setting_value);
        await recordAudit(
          transaction,
          actor,
          'setting.changed',
          { ...scope, id: setting_key },
          {
            before: editable(before).setting_value,
            after: after.setting_value,
          },
        );
        return after;
      });
      return withEtag(reply, setting, editable(setting));
    },
  );

  app.delete(
    `${path}/:setting_key`,
    {
      config: toChange,
      schema: { summary: `Delete a setting of ${owner}`, params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { setting_key } = request.params;
      await inTenant(database, request, async (transaction, actor) => {
        const scope = await findScope(transaction, actor.userId, request.params);
        const setting = await selectSettings(transaction, scope, setting_key)
          .forUpdate()
          .executeTakeFirstOrThrow(() => new NotFoundError('setting', setting_key));
        requireMatch(request, editable(setting));
        await deleteSetting(transaction, setting);
        await recordAudit(
          transaction,
          actor,
          'setting.deleted',
          { ...scope, id: setting_key },
          {
            before: setting.setting_value,
          },
        );
      });
      return reply.code(204).send(null);
    },
  );
}

/** Throws NotFoundError if the path names a router that the user does not have. */
async function findScope(
  transaction: TenantTransaction,
  user_id: string,
  params: { router_id: string } | object,
): Promise<SettingScope> {
  if (!('router_id' in params)) return { user_id, router_id: null };
  const { router_id } = await findRouter(transaction, { user_id, router_id: params.router_id });
  return { user_id, router_id };
}

/** What a person can change of a setting; null if it was never set. */
function editable(setting: Setting | undefined): Pick<Setting, 'setting_value'> {
  return { setting_value: setting?.setting_value ?? null };
}

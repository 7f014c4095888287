/** What a member of a home sees of themselves there, and how they ask for more: all that a child can do. */
import { sql } from 'kysely';
import { Type } from 'typebox';
import { answersOf, presentInstant } from '../access/answers.ts';
import { loadHome } from '../access/load-home.ts';
import { AccessSchema } from '../access/schema.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender } from '../api/actor.ts';
import type { App, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { HomeParams, Id, Name, Nullable, RouterId, Strict } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { AskSchema, MOST_MINUTES, describeAsk } from './ask-routes.ts';
import { ASK_AGAIN_SECONDS, findLastAsk, insertAsk } from './asks.ts';

const Me = Type.Object({
  home: Type.Object({ id: Id, name: Name, timezone: Nullable(Type.String()) }),
  role: Type.String({ description: 'What you are there.' }),
  person: Nullable(
    Type.Object(
      { id: Id, name: Name, colour: Type.String() },
      { description: 'Who you are there; null if nobody said so.' },
    ),
  ),
  devices: Type.Array(
    Type.Object({
      id: Id,
      router_id: RouterId,
      name: Nullable(Type.String()),
      device_type: Nullable(Type.String()),
      is_online: Type.Boolean(),
      access: AccessSchema,
    }),
    { description: 'Your devices, by name.' },
  ),
  last_ask: Nullable({
    ...AskSchema,
    description: 'What you asked for last, and what became of it.',
  }),
});

const AskBody = Strict({
  minutes: Type.Integer({ minimum: 1, maximum: MOST_MINUTES, description: 'How long.' }),
  message: Type.Optional(
    Type.String({ maxLength: 500, pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$' }),
  ),
});

const params = HomeParams;

export function myRoutes(app: App, { database }: Services): void {
  app.get(
    '/homes/:home_id/me',
    {
      config: { access: 'read', role: 'child' },
      schema: {
        summary: 'Get what holds for your own devices in a home',
        params,
        response: { 200: Me },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, id: request.params.home_id };
        const { id, name, timezone } = await findHome(transaction, key);
        return {
          home: { id, name, timezone },
          role: actor.role,
          person: (await findMyself(transaction, actor)) ?? null,
          devices: await listMyDevices(transaction, actor),
          last_ask: await findMyLastAsk(transaction, actor),
        };
      }),
  );

  app.post(
    '/homes/:home_id/asks',
    {
      config: { access: 'control', role: 'child' },
      schema: {
        summary: 'Ask for more time',
        description: `Those who may allow it see it at once. Once in ${ASK_AGAIN_SECONDS / 60} minutes.`,
        params,
        body: AskBody,
        response: { 201: AskSchema },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { minutes } = request.body;
        const message = request.body.message?.trim() ?? '';
        const person = await findMyself(transaction, actor);
        if (person === undefined)
          throw new ConflictError(
            `Nobody has said who you are in this home: ask its owner, ${actor.ownerName ?? 'you'}, to choose a person for you.`,
          );
        const key = { user_id: actor.userId, ...request.params, person_id: person.id };
        const ask = await insertAsk(transaction, key, { minutes, message: message || null });
        await recordAudit(
          transaction,
          actor,
          'access.asked',
          { id: person.id, home_id: request.params.home_id },
          {
            name: person.name,
            minutes,
            ask_id: ask.id,
            ...(message !== '' && { message }),
          },
        );
        return { status: 201, body: describeAsk(ask, actor) };
      }),
  );
}

/** The person who the sender is in the home. */
function findMyself(transaction: TenantTransaction, { userId, personId }: Sender) {
  if (personId === undefined) return undefined;
  return transaction
    .selectFrom('people')
    .select(['id', 'name', 'colour'])
    .where((row) => row.and({ user_id: userId, id: personId }))
    .executeTakeFirst();
}

async function findMyLastAsk(transaction: TenantTransaction, actor: Sender) {
  const { userId: user_id, personId: person_id } = actor;
  if (person_id === undefined) return null;
  const ask = await findLastAsk(transaction, { user_id, person_id });
  return ask === undefined ? null : describeAsk(ask, actor);
}

async function listMyDevices(transaction: TenantTransaction, { userId, homeId, personId }: Sender) {
  if (personId === undefined) return [];
  const devices = await transaction
    .selectFrom('devices_now')
    .select(['id', 'router_id', 'device_type', 'is_online'])
    .select(sql<string | null>`coalesce(device_name, hostname)`.as('name'))
    .where((row) => row.and({ user_id: userId, person_id: personId }))
    .where('shown_as', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .$narrowType<{ id: string; router_id: string; is_online: boolean }>()
    .execute();
  const loaded = await loadHome(transaction, {
    user_id: userId,
    home_id: homeId,
    device_ids: devices.map(({ id }) => id),
  });
  const answers = answersOf(loaded, presentInstant());
  return devices.flatMap((device) => {
    const decided = answers.get(device.id);
    return decided === undefined ? [] : [{ ...device, ...decided }];
  });
}

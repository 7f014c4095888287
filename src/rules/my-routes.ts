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
import { HomeParams, Id, Name, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, TooManyRequestsError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';

const ASK_AGAIN_SECONDS = 5 * 60;

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
});

const AskBody = Strict({
  minutes: Type.Integer({ minimum: 1, maximum: 24 * 60, description: 'How long.' }),
  message: Type.Optional(
    Type.String({ maxLength: 500, pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$' }),
  ),
});
const Ask = Type.Object({ minutes: Type.Integer(), asked_at: Timestamp() });

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
        response: { 201: Ask },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { minutes, message } = request.body;
        await refuseAgain(transaction, actor);
        const person = await findMyself(transaction, actor);
        if (person === undefined)
          throw new ConflictError(
            `Nobody has said who you are in this home: ask its owner, ${actor.ownerName ?? 'you'}, to choose a person for you.`,
          );
        await recordAudit(
          transaction,
          actor,
          'access.asked',
          { id: person.id, home_id: request.params.home_id },
          {
            name: person.name,
            minutes,
            ...(message !== undefined && message.trim() !== '' && { message: message.trim() }),
          },
        );
        const { rows } = await sql<{ asked_at: string }>`select now() as asked_at`.execute(
          transaction,
        );
        return { status: 201, body: { minutes, asked_at: rows[0]?.asked_at } };
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

/** Throws TooManyRequestsError for who has just asked. Of two simultaneous requests one waits here for the other. */
async function refuseAgain(
  transaction: TenantTransaction,
  { userId, actorId }: Sender,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`netpilot.ask ${actorId}`}, 0))`.execute(
    transaction,
  );
  const { rows } = await sql<{ seconds: number }>`
    select ceil(${ASK_AGAIN_SECONDS} - extract(epoch from now() - max(at)))::integer as seconds from audit_entries
    where user_id = ${userId} and action = 'access.asked' and coalesce(actor_id, user_id) = ${actorId} and imported_at is null
      and id > (lpad(to_hex((extract(epoch from now() - make_interval(secs => ${ASK_AGAIN_SECONDS})) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid
    having max(at) > now() - make_interval(secs => ${ASK_AGAIN_SECONDS})`.execute(transaction);
  const [last] = rows;
  if (last !== undefined)
    throw new TooManyRequestsError(
      `You have just asked: ask again in ${Math.ceil(last.seconds / 60)} minutes.`,
      last.seconds,
      'asks',
    );
}

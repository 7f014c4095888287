/** What children ask for, and what those who may allow it answer. */
import { type Static, Type } from 'typebox';
import { BecauseSchema } from '../access/schema.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender } from '../api/actor.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import {
  HomeParams,
  HomeThingParams,
  Id,
  Name,
  Nullable,
  NullableOneOf,
  RouterId,
  Strict,
  Timestamp,
} from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { findHome } from '../homes/homes.ts';
import { type Ask, OPEN_HOURS, findAsk, listAsks, lockOpenAsk, storeAnswer } from './asks.ts';
import { lockHome } from './changes.ts';
import { grantTime } from './granting.ts';
import type { RuleKey } from './queries.ts';
import { Deliveries } from './schema.ts';

export const MOST_MINUTES = 24 * 60;

export const AskSchema = Type.Object({
  id: Id,
  home_id: Id,
  person_id: Id,
  person_name: Name,
  minutes: Type.Integer({ description: 'How long they want.' }),
  message: Nullable(Type.String()),
  asked_at: Timestamp(),
  answered_at: Nullable(Timestamp()),
  answer: NullableOneOf(['granted', 'refused', 'replaced'], {
    description: 'Null: nobody has answered. `replaced`: they asked again before anybody did.',
  }),
  answered_by_name: Nullable(
    Type.String({ description: 'Null if nobody has answered, or you have, as the owner.' }),
  ),
  granted_minutes: Nullable(Type.Integer({ description: 'How long they got.' })),
  granted_until: Nullable(
    Timestamp('When that ends; null: nothing was granted, or somebody has ended it.'),
  ),
  rule_id: Nullable({ ...Id, description: 'The exception that was made for it.' }),
});

const Answer = Strict({
  answer: Type.Enum(['granted', 'refused']),
  minutes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_MINUTES,
      description: 'If granted: how long; what was asked for by default.',
    }),
  ),
  end_pauses: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'If granted: pauses of everyone and of networks step aside as well, so that others have internet too for that time.',
    }),
  ),
});

const Answered = Type.Object({
  ...AskSchema.properties,
  effect: NullableOneOf(['all', 'some', 'none'], {
    description:
      "How many of the person's devices the home allows internet now; null: it was refused. Whether their routers do it already is in `deliveries`.",
  }),
  still_blocked: Type.Array(
    Type.Object({
      device_id: Id,
      router_id: RouterId,
      name: Type.String(),
      because: BecauseSchema,
    }),
    {
      description:
        'The devices that have none in spite of it: blocked by hand, which nothing but unblocking ends, or by a pause for everyone or for a network, which `end_pauses` would have put off.',
    },
  ),
  pauses: Type.Array(
    Type.Object({
      rule_id: Id,
      name: Nullable(Type.String()),
      target: Type.String(),
      resumes_at: Nullable(Timestamp('Null: it would have ended by then, and has ended.')),
    }),
    { description: 'The pauses that stepped aside, and when they go on.' },
  ),
  deliveries: Deliveries,
});

const NOTHING_GRANTED = {
  rule_id: null,
  effect: null,
  still_blocked: [],
  pauses: [],
  deliveries: [],
};

export function askRoutes(app: App, services: Services): void {
  listRoute(app, services);
  answerRoute(app, services);
}

function listRoute(app: App, { database }: Services): void {
  app.get(
    '/homes/:home_id/asks',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'List what people have asked for, newest first',
        description: 'Kept for 30 days, 100 of each person.',
        params: HomeParams,
        querystring: Strict({
          state: Type.Enum(['open', 'all'], {
            default: 'open',
            description: `\`open\`: of the last ${OPEN_HOURS} hours, and nobody has answered.`,
          }),
        }),
        response: { 200: Type.Object({ items: Type.Array(AskSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const { home_id } = request.params;
        await findHome(transaction, { user_id: actor.userId, id: home_id });
        const key = { user_id: actor.userId, home_id };
        const asks = await listAsks(transaction, key, request.query.state);
        return { items: asks.map((ask) => describeAsk(ask, actor)) };
      }),
  );
}

function answerRoute(app: App, { database }: Services): void {
  app.post(
    '/homes/:home_id/asks/:id/answer',
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: 'Grant or refuse what somebody has asked for',
        description:
          'Granting makes an exception for the person that allows everything for so long. Their own pauses, and those of their devices, step aside for that time and then go on. A block by hand stays: `still_blocked` says what the exception does not help. Refused (409) if it has been answered.',
        params: HomeThingParams,
        body: Answer,
        response: { 200: Answered },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        return {
          status: 200,
          body: await answerAsk(transaction, actor, key, request, request.body),
        };
      }),
  );
}

/** Answers an ask, and audits it. Throws NotFoundError, and ConflictError for one that was answered. */
export async function answerAsk(
  transaction: TenantTransaction,
  actor: Sender,
  { user_id, home_id, id }: RuleKey,
  request: FastifyRequest,
  { answer, minutes: given, end_pauses: isForEverybody = false }: Static<typeof Answer>,
) {
  const key = { user_id, home_id };
  const { now } = await lockHome(transaction, key, request, {});
  const ask = await lockOpenAsk(transaction, { ...key, id });
  const minutes = given ?? ask.minutes;
  const grant =
    answer === 'granted'
      ? await grantTime(transaction, actor, ask, { minutes, now, isForEverybody })
      : NOTHING_GRANTED;
  const granted = {
    granted_minutes: answer === 'granted' ? minutes : null,
    rule_id: grant.rule_id,
  };
  await storeAnswer(transaction, actor, ask, { answer, ...granted });
  await recordAudit(
    transaction,
    actor,
    'access.answered',
    { id: ask.person_id, home_id },
    { name: ask.person_name, answer, minutes, effect: grant.effect },
  );
  const answered = describeAsk(await findAsk(transaction, ask), actor);
  return { ...answered, ...grant };
}

/** As the sender sees it: whose home it is has no name of its own. */
export function describeAsk(ask: Ask, { ownerName }: Pick<Sender, 'ownerName'>) {
  const isByOwner = ask.answered_by_name === null && (ask.answer ?? 'replaced') !== 'replaced';
  return { ...ask, answered_by_name: isByOwner ? (ownerName ?? null) : ask.answered_by_name };
}

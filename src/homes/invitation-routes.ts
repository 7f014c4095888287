import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { HomeParams, HomeThingParams, Id, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { enterHome } from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { cellOf, nameCell } from '../secret-cell.ts';
import {
  acceptInvitation,
  createInvitation,
  findOffer,
  listInvitations,
  withdrawInvitation,
} from './home-invitations.ts';
import { describeHome } from './homes.ts';
import { MemberRoleSchema, PersonOfMember } from './member-routes.ts';
import { HomeSchema, factsOf } from './schema.ts';

const InvitationSchema = Type.Object({
  id: Id,
  role: Type.String({ description: 'What the invited person will be.' }),
  person_id: PersonOfMember,
  created_at: Timestamp(),
  expires_at: Timestamp('7 days later.'),
});
const NewInvitation = Type.Object({
  ...InvitationSchema.properties,
  url: Type.String({ description: 'Shown only now; the database stores a hash.' }),
});
const InvitationAddition = Strict({
  role: MemberRoleSchema,
  person_id: Type.Optional(PersonOfMember),
});
const Offer = Type.Object({
  home_id: Id,
  home_name: Type.String(),
  owner_name: Type.String(),
  role: Type.String({ description: 'What you will be.' }),
  expires_at: Timestamp(),
});

/** Guesses a minute from one network: 256 random bits need no more. */
const RATE_LIMIT = { max: 60, timeWindow: 60_000 };

const path = '/homes/:home_id/invitations';
const SecretParams = Type.Object({
  secret: Type.String({
    pattern: '^([1-9]\\d{0,4}\\.)?[\\w-]{43}$',
    description: 'The end of the link.',
  }),
});

export function invitationRoutes(app: App, services: Services): void {
  ownerRoutes(app, services);
  invitedRoutes(app, services);
}

function ownerRoutes(app: App, { config, database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'owner' },
      schema: {
        summary: 'List the invitations that can still be accepted, newest first',
        params: HomeParams,
        response: { 200: Type.Object({ items: Type.Array(InvitationSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: await listInvitations(transaction, { user_id: userId, ...request.params }),
      })),
  );

  app.post(
    path,
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Invite somebody to a home',
        description:
          'Who opens the link and is signed in becomes a member: once, within 7 days. An `Idempotency-Key` has no effect here: the response would have to be stored, and the link is not stored.',
        params: HomeParams,
        body: InvitationAddition,
        response: { 201: NewInvitation },
      },
    },
    async (request, reply) => {
      const { row, secret } = await inTenant(database, request, (transaction, actor) => {
        const home = { user_id: actor.userId, ...request.params };
        return createInvitation(transaction, actor, home, request.body);
      });
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          ...row,
          url: `${config.publicUrl}/join/${nameCell(config.cell?.number, secret)}`,
        });
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: 'manage', role: 'owner' },
      schema: {
        summary: 'Withdraw an invitation',
        params: HomeThingParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, (transaction, actor) =>
        withdrawInvitation(transaction, actor, { user_id: actor.userId, ...request.params }),
      );
      return reply.code(204).send(null);
    },
  );
}

/** An invitation that another cell has made is unknown here: says why, and what to do. */
function explainUnknown({ config }: Services, secret: string): (error: unknown) => never {
  return (error) => {
    const cell = cellOf(secret);
    if (error instanceof NotFoundError && config.cell && cell && cell !== config.cell.number)
      throw new ConflictError(
        `This home is kept in another part of the service (cell ${cell}) than your account (cell ${config.cell.number}), and members must be in the same: ask the operator to move one of you with \`netpilot cell move\`.`,
      );
    throw error;
  };
}

function invitedRoutes(app: App, services: Services): void {
  const { database } = services;
  app.get(
    '/invitations/:secret',
    {
      config: { access: 'account', role: 'self', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Get what an invitation is for',
        description: 'Refused (409) if it was used, has expired, or is your own.',
        params: SecretParams,
        response: { 200: Offer },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { actorId }) =>
        findOffer(transaction, actorId, request.params.secret),
      ).catch(explainUnknown(services, request.params.secret)),
  );

  app.post(
    '/invitations/:secret/accept',
    {
      config: { access: 'account', role: 'self', rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Accept an invitation: become a member of a home',
        description: 'A repeated request changes nothing, with or without an `Idempotency-Key`.',
        params: SecretParams,
        response: { 200: HomeSchema },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const { actorId } = actor;
        const { user_id, home_id } = await acceptInvitation(
          transaction,
          actor,
          request.params.secret,
        );
        const entry = await enterHome(transaction, { actorId, homeId: home_id });
        if (entry === undefined) throw new NotFoundError('home', home_id);
        const home = await describeHome(transaction, { user_id, id: home_id });
        return { ...home, ...factsOf({ userId: user_id, actorId, ...entry }) };
      }).catch(explainUnknown(services, request.params.secret)),
  );
}

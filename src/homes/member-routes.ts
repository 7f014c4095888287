import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { HomeParams, Id, Name, Nullable, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { MEMBER_ROLES, type Member, changeMember, listMembers, removeMember } from './members.ts';

/** What a member may do, said once for invitations too. */
export const MemberRoleSchema = Type.Enum(MEMBER_ROLES, {
  description:
    '`admin`: everything but members, unlinking and deleting. `viewer`: reads. `child`: only their own page, where they can ask for more time.',
});
export const PersonOfMember = Nullable(
  Type.String({ ...Id, description: 'The person of the home who this is; null: none.' }),
);

const MemberSchema = Type.Object({
  member_id: Id,
  name: Name,
  email: Nullable(Type.String({ description: 'Null for who is not the owner.' })),
  // Text in the answer: another version of the program may know more of them.
  role: Type.String({ description: `One of ${MEMBER_ROLES.join(', ')}.` }),
  person_id: PersonOfMember,
  created_at: Timestamp(),
});

const MemberChange = Type.Partial(Strict({ role: MemberRoleSchema, person_id: PersonOfMember }), {
  additionalProperties: false,
  minProperties: 1,
});

const path = '/homes/:home_id/members';
const params = Type.Object({ home_id: Id, member_id: Id });

export function memberRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'List the members of a home',
        description: 'Without its owner.',
        params: HomeParams,
        response: { 200: Type.Object({ items: Type.Array(MemberSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId, role }) => {
        const members = await listMembers(transaction, { user_id: userId, ...request.params });
        return { items: members.map((member) => present(member, role === 'owner')) };
      }),
  );

  app.patch(
    `${path}/:member_id`,
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Change what a member may do, or who of the home they are',
        params,
        body: MemberChange,
        response: { 200: MemberSchema },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        return present(await changeMember(transaction, actor, key, request.body), true);
      }),
  );

  app.delete(
    `${path}/:member_id`,
    {
      config: { access: 'manage', role: 'child' },
      schema: {
        summary: 'Remove a member, at once; a member can leave so',
        description: 'The owner removes any member, a member only themselves.',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, (transaction, actor) =>
        removeMember(transaction, actor, { user_id: actor.userId, ...request.params }),
      );
      return reply.code(204).send(null);
    },
  );
}

function present(member: Member, isForOwner: boolean) {
  const { member_id, member_name, member_email, role, person_id, created_at } = member;
  const email = isForOwner ? member_email : null;
  return { member_id, name: member_name, email, role, person_id, created_at };
}

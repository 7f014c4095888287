/** Links that make one person a member of a home, once, within a week. */
import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender } from '../api/actor.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { HomeInvitations } from '../database/schema.generated.ts';
import {
  type TenantTransaction,
  becomeTenant,
  enterHome,
  presentCredential,
} from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { type MemberRole, addMember, requirePerson } from './members.ts';
import { hashSecret } from '../sealing.ts';

export type Invitation = Selectable<HomeInvitations>;

type OfHome = { user_id: string; home_id: string };

/** What the sender of an invitation decides. */
export type InvitationWish = { role: MemberRole; person_id?: string | null | undefined };

/** Those that can still be accepted, newest first. */
export function listInvitations(
  transaction: TenantTransaction,
  { user_id, home_id }: OfHome,
): Promise<Invitation[]> {
  return transaction
    .selectFrom('home_invitations')
    .selectAll()
    .where((row) => row.and({ user_id, home_id }))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .orderBy('id', 'desc')
    .execute();
}

/** The secret is only returned; the database stores a hash. Throws what requirePerson throws, and QuotaExceededError. */
export async function createInvitation(
  transaction: TenantTransaction,
  actor: Sender,
  home: OfHome,
  { role, person_id = null }: InvitationWish,
): Promise<{ row: Invitation; secret: string }> {
  await requireRoomFor(transaction, 'invitations');
  if (person_id !== null) await requirePerson(transaction, home, person_id);
  const secret = randomBytes(32).toString('base64url');
  const row = await transaction
    .insertInto('home_invitations')
    .values({ ...home, role, person_id, token_hash: hashSecret(secret) })
    .returningAll()
    .executeTakeFirstOrThrow();
  const subject = { id: row.id, home_id: home.home_id };
  await recordAudit(transaction, actor, 'member.invited', subject, { role, person_id });
  return { row, secret };
}

/** Throws NotFoundError for one that the home does not have, or that was used. */
export async function withdrawInvitation(
  transaction: TenantTransaction,
  actor: Sender,
  { user_id, home_id, id }: OfHome & { id: string },
): Promise<void> {
  const withdrawn = await transaction
    .deleteFrom('home_invitations')
    .where((row) => row.and({ user_id, home_id, id }))
    .where('used_at', 'is', null)
    .returning('role')
    .executeTakeFirst();
  if (withdrawn === undefined) throw new NotFoundError('invitation', id);
  await recordAudit(transaction, actor, 'invitation.withdrawn', { id, home_id }, withdrawn);
}

/** What an invitation is for. */
export type Offer = Pick<Invitation, 'home_id' | 'role' | 'expires_at'> & {
  home_name: string;
  owner_name: string;
};

/**
 * What an invitation is for, in a transaction of the person who has its link; afterwards that is the home owner's. Throws
 * NotFoundError for an unknown one, and ConflictError for one that was used, has expired, or is the person's own.
 */
export async function findOffer(
  transaction: TenantTransaction,
  actorId: string,
  secret: string,
): Promise<Offer> {
  const { home_id, role, expires_at, home_name, owner_name } = await open(
    transaction,
    actorId,
    secret,
  );
  return { home_id, role, expires_at, home_name, owner_name };
}

/**
 * Makes the person who has the link a member, in a transaction of that person; afterwards that is the home owner's. Who did it
 * already with this link is one still: a repeated request changes nothing. Throws what findOffer throws, ConflictError for a
 * member of this home, and QuotaExceededError.
 */
export async function acceptInvitation(
  transaction: TenantTransaction,
  actor: Sender,
  secret: string,
): Promise<OfHome> {
  const { actorId } = actor;
  const account = await transaction
    .selectFrom('users')
    .select([sql<string>`coalesce(full_name, email)`.as('name'), 'email'])
    .where('id', '=', actorId)
    .executeTakeFirstOrThrow();
  await requireRoomFor(transaction, 'memberships');
  const invitation = await findInvitation(transaction, secret);
  const { user_id, home_id, used_by } = invitation;
  const home = { user_id, home_id };
  if (used_by === actorId && (await enterHome(transaction, { actorId, homeId: home_id })))
    return home;
  const { role, person_id, id } = await open(transaction, actorId, secret);
  await becomeTenant(transaction, {
    userId: user_id,
    actorId,
    actorName: account.name,
    homeId: home_id,
  });
  await transaction
    .updateTable('home_invitations')
    .set({ used_at: sql`now()`, used_by: actorId })
    .where((row) => row.and({ user_id, id, used_at: null }))
    .returning('id')
    .executeTakeFirstOrThrow(() => used());
  await addMember(transaction, {
    ...home,
    member_id: actorId,
    role,
    person_id: await freePerson(transaction, user_id, person_id),
    member_name: account.name,
    member_email: account.email,
  });
  const { sessionId } = actor;
  const joined = { userId: user_id, kind: 'user', ...(sessionId && { sessionId }) } as const;
  await recordAudit(
    transaction,
    joined,
    'member.joined',
    { id: actorId, home_id },
    {
      member_name: account.name,
      role,
    },
  );
  return home;
}

/** The invitation that can be accepted, with whose home it is for; the transaction is the owner's then. */
async function open(
  transaction: TenantTransaction,
  actorId: string,
  secret: string,
): Promise<Invitation & { home_name: string; owner_name: string }> {
  const invitation = await findInvitation(transaction, secret);
  if (invitation.user_id === actorId)
    throw new ConflictError(
      'This is an invitation to your own home: send its link to the person you invite.',
    );
  if (invitation.used_at !== null) throw used();
  await becomeTenant(transaction, invitation.user_id);
  const home = await transaction
    .selectFrom('homes')
    .innerJoin('users', 'users.id', 'homes.user_id')
    .select(['homes.name as home_name', sql<string>`coalesce(full_name, email)`.as('owner_name')])
    .where('homes.user_id', '=', invitation.user_id)
    .where('homes.id', '=', invitation.home_id)
    .where('users.is_active', '=', true)
    .executeTakeFirst();
  if (home === undefined) throw unknown();
  if (!invitation.is_in_time)
    throw new ConflictError(
      'This invitation has expired: they work for 7 days. Ask for another one.',
    );
  return { ...invitation, ...home };
}

async function findInvitation(
  transaction: TenantTransaction,
  secret: string,
): Promise<Invitation & { is_in_time: boolean }> {
  const hash = hashSecret(secret);
  await presentCredential(transaction, hash);
  const found = await transaction
    .selectFrom('home_invitations')
    .selectAll()
    .select(sql<boolean>`expires_at > now()`.as('is_in_time'))
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  await presentCredential(transaction, undefined);
  if (found === undefined) throw unknown();
  return found;
}

/** The person that the invited one becomes, unless another member is it by now. */
async function freePerson(
  transaction: TenantTransaction,
  userId: string,
  personId: string | null,
): Promise<string | null> {
  if (personId === null) return null;
  const taken = await transaction
    .selectFrom('home_members')
    .select('member_id')
    .where((row) => row.and({ user_id: userId, person_id: personId }))
    .executeTakeFirst();
  return taken === undefined ? personId : null;
}

function unknown(): NotFoundError {
  // Without the secret, which a log may keep.
  return new NotFoundError('invitation', '…');
}

function used(): ConflictError {
  return new ConflictError('This invitation was used: each works once. Ask for another one.');
}

/** Who may act in a home that is not their own. */
import { type Selectable, sql } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender } from '../api/actor.ts';
import type { Role } from '../api/access.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { HomeMembers } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../errors.ts';
import { pick } from '../pick.ts';

/** What a member may be. */
export const MEMBER_ROLES = ['admin', 'viewer', 'child'] as const;
export type MemberRole = Exclude<Role, 'owner'>;

export type Member = Selectable<HomeMembers>;

type OfHome = { user_id: string; home_id: string };
type OfMember = OfHome & { member_id: string };

/** What can be changed of a member. */
const EDITABLE = ['role', 'person_id'] as const;
export type MemberChange = { role?: MemberRole | undefined; person_id?: string | null | undefined };

/** The members of a home, by name. */
export function listMembers(
  transaction: TenantTransaction,
  { user_id, home_id }: OfHome,
): Promise<Member[]> {
  return transaction
    .selectFrom('home_members')
    .selectAll()
    .where((row) => row.and({ user_id, home_id }))
    .orderBy('member_name')
    .orderBy('member_id')
    .execute();
}

/** The homes that a user is a member of, in a transaction of that user; the oldest membership first. */
export async function listMemberships(
  transaction: TenantTransaction,
  memberId: string,
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('home_members')
    .select('home_id')
    .where('member_id', '=', memberId)
    .orderBy('created_at')
    .orderBy('home_id')
    .execute();
  return rows.map(({ home_id }) => home_id);
}

/** Makes a user a member. Throws ConflictError for one who is, and QuotaExceededError. */
export async function addMember(
  transaction: TenantTransaction,
  member: Omit<Member, 'created_at'>,
): Promise<void> {
  await requireRoomFor(transaction, 'members');
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('home_members')
    .values(member)
    .onConflict((conflict) => conflict.columns(['user_id', 'home_id', 'member_id']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n)
    throw new ConflictError(
      'You are a member of this home already: its owner can change what you may do there.',
    );
}

/** Throws NotFoundError for a member that the home does not have, and what requirePerson throws. */
export async function changeMember(
  transaction: TenantTransaction,
  actor: Sender,
  key: OfMember,
  change: MemberChange,
): Promise<Member> {
  const before = await lockMember(transaction, key);
  if (typeof change.person_id === 'string')
    await requirePerson(transaction, key, change.person_id, key.member_id);
  const after = await transaction
    .updateTable('home_members')
    .set(change)
    .where((row) => row.and(key))
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordAudit(transaction, actor, 'member.changed', subjectOf(key), {
    member_name: before.member_name,
    before: pick(before, EDITABLE),
    after: pick(after, EDITABLE),
  });
  return after;
}

/**
 * Ends a membership: the owner any, a member their own. The member's event streams of this home end with it. Throws
 * NotFoundError for a member that the home does not have, ForbiddenError for another member's.
 */
export async function removeMember(
  transaction: TenantTransaction,
  actor: Sender,
  key: OfMember,
): Promise<void> {
  if (actor.role !== 'owner' && actor.actorId !== key.member_id)
    throw new ForbiddenError(
      `You are ${actor.role} of this home: only its owner removes other members. You can leave it.`,
    );
  const { member_name, role } = await lockMember(transaction, key);
  await transaction
    .deleteFrom('home_members')
    .where((row) => row.and(key))
    .execute();
  const details = { member_name, role, has_left: actor.actorId === key.member_id };
  await recordAudit(transaction, actor, 'member.removed', subjectOf(key), details);
}

/**
 * Throws InvalidInputError unless the home has this person, and no other member is it.
 * @param memberId the member who this person is; undefined: nobody yet
 */
export async function requirePerson(
  transaction: TenantTransaction,
  { user_id, home_id }: OfHome,
  personId: string,
  memberId?: string,
): Promise<void> {
  const { rows } = await sql<{ member_name: string | null }>`
    select (select m.member_name from home_members m
            where m.user_id = p.user_id and m.person_id = p.id and m.member_id is distinct from ${memberId ?? null}::uuid) as member_name
    from people p where p.user_id = ${user_id} and p.home_id = ${home_id} and p.id = ${personId}`.execute(
    transaction,
  );
  const [person] = rows;
  const expected = 'a person of this home';
  if (person === undefined)
    throw new InvalidInputError([{ field: 'person_id', value: personId, expected }]);
  if (person.member_name !== null)
    throw new InvalidInputError([
      {
        field: 'person_id',
        value: personId,
        expected: `${expected} that no member is yet: this is ${person.member_name}`,
      },
    ]);
}

async function lockMember(transaction: TenantTransaction, key: OfMember): Promise<Member> {
  return transaction
    .selectFrom('home_members')
    .selectAll()
    .where((row) => row.and(key))
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('member', key.member_id));
}

function subjectOf({ home_id, member_id }: OfMember) {
  return { id: member_id, home_id };
}

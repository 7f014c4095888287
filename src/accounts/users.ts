import { type Insertable, type Selectable, type Updateable, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Users } from '../database/schema.generated.ts';
import { type TenantTransaction, becomeTenant } from '../database/transaction.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../errors.ts';
import type { Identity } from './identity.ts';

/** A user as stored. */
export type User = Selectable<Users>;

/**
 * The user whom an issuer vouches for: found by identity; else by e-mail, where an import or a local
 * link left a user without identity, which becomes theirs; else made. From here on the transaction is
 * that user's.
 * @param transaction one of signInTransaction, of the same identity
 * @throws ConflictError where the e-mail or the `sub` is another identity's, ForbiddenError for an inactive user
 */
export async function enterByIdentity(
  transaction: TenantTransaction,
  identity: Identity,
): Promise<User> {
  const { issuer, subject, email, fullName, avatarUrl } = identity;
  await queue(transaction, `subject ${subject}`);
  await queue(transaction, `email ${email}`);
  const candidates = await transaction
    .selectFrom('users')
    .selectAll()
    .where((user) => user.or([user('google_id', '=', subject), user('email', '=', email)]))
    .execute();
  const known = candidates.find((user) => user.google_id === subject && user.issuer === issuer);
  const user = known ?? findLinkable(candidates, identity);
  const changes = {
    google_id: subject,
    issuer,
    ...(fullName !== undefined && { full_name: fullName }),
    ...(avatarUrl !== undefined && { avatar_url: avatarUrl }),
  };
  if (user === undefined) return createUser(transaction, { ...changes, email });

  // The address moved at the issuer: it moves here too, unless another account has it.
  const isFree = !candidates.some((other) => other.email === email && other.id !== user.id);
  const entered = await enter(transaction, user, { ...changes, ...(isFree && { email }) });
  if (known === undefined)
    await recordAudit(transaction, actorOf(entered), {
      action: 'user.linked',
      subjectId: entered.id,
      details: { email, issuer },
    });
  return entered;
}

/**
 * The user of an e-mail that a local link was made for, made where there is none. From here on the
 * transaction is that user's.
 * @param transaction one of signInTransaction, of the same e-mail
 * @throws ForbiddenError for an inactive user
 */
export async function enterByEmail(transaction: TenantTransaction, email: string): Promise<User> {
  await queue(transaction, `email ${email}`);
  const user = await transaction
    .selectFrom('users')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirst();
  return user === undefined ? createUser(transaction, { email }) : enter(transaction, user, {});
}

/**
 * The user of an e-mail, where there is one, without signing anybody in.
 * @param transaction one of signInTransaction, of the same e-mail
 */
export function findUserByEmail(
  transaction: TenantTransaction,
  email: string,
): Promise<Pick<User, 'id' | 'is_active'> | undefined> {
  return transaction
    .selectFrom('users')
    .select(['id', 'is_active'])
    .where('email', '=', email)
    .executeTakeFirst();
}

export function findUser(transaction: TenantTransaction, userId: string): Promise<User> {
  return selectUser(transaction, userId).executeTakeFirstOrThrow(notFound(userId));
}

/** The user, locked until the transaction ends, so that what was read is what gets written. */
export function lockUser(transaction: TenantTransaction, userId: string): Promise<User> {
  return selectUser(transaction, userId).forUpdate().executeTakeFirstOrThrow(notFound(userId));
}

export function updateUser(
  transaction: TenantTransaction,
  userId: string,
  change: Updateable<Users>,
): Promise<User> {
  return transaction
    .updateTable('users')
    .set(change)
    .where('id', '=', userId)
    .returningAll()
    .executeTakeFirstOrThrow(notFound(userId));
}

/** Deletes the user and, by the foreign keys, every row that is theirs in any table. */
export async function deleteUser(transaction: TenantTransaction, userId: string): Promise<void> {
  await transaction.deleteFrom('users').where('id', '=', userId).execute();
}

/** One of two sign-ins of the same person at once waits here, and then finds what the other one made. */
async function queue(transaction: TenantTransaction, who: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${who}`}, 0))`.execute(
    transaction,
  );
}

function findLinkable(candidates: User[], { subject, email }: Identity): User | undefined {
  if (candidates.some((user) => user.google_id === subject)) {
    throw new ConflictError(
      'Another issuer knows somebody else by the same identity (`sub`), who has an account here: ask who runs NetPilot.',
    );
  }
  const user = candidates.find((candidate) => candidate.email === email);
  if (user !== undefined && user.google_id !== null) {
    throw new ConflictError(
      `${email} belongs to an account here that signs in as another identity: sign in as that one, or ask who runs NetPilot.`,
    );
  }
  return user;
}

async function enter(
  transaction: TenantTransaction,
  user: User,
  changes: Updateable<Users>,
): Promise<User> {
  await becomeTenant(transaction, user.id);
  const { is_active: isActive } = await lockUser(transaction, user.id);
  if (!isActive)
    throw new ForbiddenError('This account has been made inactive: ask who runs NetPilot.');
  return transaction
    .updateTable('users')
    .set({ ...changes, last_login: sql<string>`now()` })
    .where('id', '=', user.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function createUser(
  transaction: TenantTransaction,
  values: Insertable<Users>,
): Promise<User> {
  // The id comes first: row-level security lets nobody write a row but as its user.
  const { rows } = await sql<{ id: string }>`select uuid_v7() as id`.execute(transaction);
  const [{ id } = { id: '' }] = rows;
  await becomeTenant(transaction, id);
  const user = await transaction
    .insertInto('users')
    .values({ ...values, id, last_login: sql<string>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // An import made the same user since we looked.
  if (user === undefined)
    throw new ConflictError(`The account of ${values.email} was made this moment: sign in again.`);
  await recordAudit(transaction, actorOf(user), {
    action: 'user.created',
    subjectId: user.id,
    details: { email: user.email, issuer: user.issuer },
  });
  return user;
}

function actorOf({ id }: User): Actor {
  return { userId: id, kind: 'user' };
}

function selectUser(transaction: TenantTransaction, userId: string) {
  return transaction.selectFrom('users').selectAll().where('id', '=', userId);
}

function notFound(userId: string) {
  return () => new NotFoundError('user', userId);
}

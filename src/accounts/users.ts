import { type Insertable, type Selectable, type Updateable, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { SignUp } from '../config/sign-up.ts';
import type { Users } from '../database/schema.generated.ts';
import { type TenantTransaction, becomeTenant } from '../database/transaction.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../errors.ts';
import { pick } from '../pick.ts';
import { takeInvitation } from './invitations.ts';
import type { Identity } from './identity.ts';

/** A user as stored. */
export type User = Selectable<Users>;

/**
 * The user of an identity that an issuer has verified: found by identity; else by e-mail, if an import or a local
 * link created that user without an identity, which is then linked; else created, for those who may sign up. From here
 * on the transaction is that user's.
 * @param transaction a signInTransaction of the same identity
 * @throws ConflictError if the e-mail or the `sub` is another identity's, ForbiddenError for an inactive user,
 *   NotInvitedError
 */
export async function enterByIdentity(
  transaction: TenantTransaction,
  identity: Omit<Identity, 'authTime'>,
  signUp: SignUp,
): Promise<User> {
  const { issuer, subject, email, fullName, avatarUrl } = identity;
  await lockSignIn(transaction, `subject ${subject}`);
  await lockSignIn(transaction, `email ${email}`);
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
  if (user === undefined) {
    await takeInvitation(transaction, email, signUp);
    return createUser(transaction, { ...changes, email });
  }

  // If the address changed at the issuer, it changes here too, unless another account has it.
  const isFree = !candidates.some((other) => other.email === email && other.id !== user.id);
  const entered = await enter(transaction, user, { ...changes, ...(isFree && { email }) });
  if (known === undefined)
    await recordAudit(transaction, actorOf(entered), 'user.linked', entered, { email, issuer });
  return entered;
}

/**
 * The user with the e-mail of a local link, created if there is none. From here on the transaction is
 * that user's.
 * @param transaction a signInTransaction of the same e-mail
 * @throws ForbiddenError for an inactive user
 */
export async function enterByEmail(transaction: TenantTransaction, email: string): Promise<User> {
  await lockSignIn(transaction, `email ${email}`);
  const user = await transaction
    .selectFrom('users')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirst();
  return user === undefined ? createUser(transaction, { email }) : enter(transaction, user, {});
}

/**
 * The user with an e-mail, if there is one, without signing in.
 * @param transaction a signInTransaction of the same e-mail
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

/** The user. Throws NotFoundError. */
export function findUser(transaction: TenantTransaction, userId: string): Promise<User> {
  return selectUser(transaction, userId).executeTakeFirstOrThrow(notFound(userId));
}

/** The user, locked until the transaction ends, so that what was read is what is changed. Throws NotFoundError. */
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

/** Deletes the user and, through the foreign keys, all their rows in every table. */
export async function deleteUser(transaction: TenantTransaction, userId: string): Promise<void> {
  await transaction.deleteFrom('users').where('id', '=', userId).execute();
}

/** Of two simultaneous sign-ins of the same person, one waits here, then finds the user that the other created. */
async function lockSignIn(transaction: TenantTransaction, who: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${who}`}, 0))`.execute(
    transaction,
  );
}

function findLinkable(
  candidates: User[],
  { subject, email }: Pick<Identity, 'subject' | 'email'>,
): User | undefined {
  if (candidates.some((user) => user.google_id === subject)) {
    throw new ConflictError(
      'Another person, of another issuer, has an account with the same identity (`sub`): contact your administrator.',
    );
  }
  const user = candidates.find((candidate) => candidate.email === email);
  if (user !== undefined && user.google_id !== null) {
    throw new ConflictError(
      `${email} belongs to an account that signs in with another identity: sign in with that one, or contact your administrator.`,
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
    throw new ForbiddenError('This account is deactivated: contact your administrator.');
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
  // The id is needed first: row-level security lets only the user insert the row.
  const { rows } = await sql<{ id: string }>`select uuid_v7() as id`.execute(transaction);
  const [{ id } = { id: '' }] = rows;
  await becomeTenant(transaction, id);
  const user = await transaction
    .insertInto('users')
    .values({ ...values, id, last_login: sql<string>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // An import has just created the same user.
  if (user === undefined)
    throw new ConflictError(`The account of ${values.email} has just been created: sign in again.`);
  await recordAudit(
    transaction,
    actorOf(user),
    'user.created',
    user,
    pick(user, ['email', 'issuer']),
  );
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

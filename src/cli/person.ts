import { listUsers } from '../accounts/operator.ts';
import { FIRST_LOCAL_USER } from '../accounts/local-user.ts';
import { findUserByEmail } from '../accounts/users.ts';
import type { DatabaseAddresses } from '../config/database-address.ts';
import { isOperator } from '../database/roles.ts';
import { signInTransaction } from '../database/transaction.ts';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../errors.ts';
import { withOwner, withService } from './database.ts';

/** The user that a command is for. */
export type Person = {
  email: string;
  /** Undefined if there is no such user yet. */
  user: { id: string; is_active: boolean } | undefined;
};

/**
 * Finds the user by e-mail; without one, the only user, or the local user if there is no user.
 * Throws InvalidInputError, naming `field`, if there are several to choose from.
 */
export async function findPerson(
  { admin, service }: DatabaseAddresses,
  email: string | undefined,
  field: string,
): Promise<Person> {
  const wanted = email ?? (await onlyEmail(admin, field));
  const user = await withService(service, (database) =>
    signInTransaction(database, { subject: '', email: wanted }, (transaction) =>
      findUserByEmail(transaction, wanted),
    ),
  );
  return { email: wanted, user };
}

/** The same, of a user who exists and may sign in. Throws NotFoundError, ForbiddenError. */
export async function requireActive(
  addresses: DatabaseAddresses,
  wanted: string | undefined,
  field: string,
): Promise<{ email: string; id: string }> {
  const { email, user } = await findPerson(addresses, wanted, field);
  if (user === undefined) throw new NotFoundError('user', email);
  if (user.is_active) return { email, id: user.id };
  throw new ForbiddenError(`${email} is inactive: run \`netpilot user activate ${email}\` first.`);
}

async function onlyEmail(admin: DatabaseAddresses['admin'], field: string): Promise<string> {
  if (!(await isOperator(admin)))
    throw choose(
      field,
      `the e-mail of the user, because the login ${admin.user} cannot list users`,
    );
  const users = await withOwner(admin, listUsers);
  const [only, ...others] = users;
  if (others.length > 0)
    throw choose(
      field,
      `the e-mail of one of the ${users.length} users (see \`netpilot user list\`)`,
    );
  return only?.email ?? FIRST_LOCAL_USER;
}

function choose(field: string, expected: string): InvalidInputError {
  return new InvalidInputError([{ field, expected }]);
}

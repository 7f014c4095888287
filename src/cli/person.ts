import { listUsers } from '../accounts/operator.ts';
import { FIRST_LOCAL_USER } from '../accounts/local-user.ts';
import { findUserByEmail } from '../accounts/users.ts';
import type { DatabaseAddresses } from '../config/database-address.ts';
import { isOperator } from '../database/roles.ts';
import { signInTransaction } from '../database/transaction.ts';
import { InvalidInputError } from '../errors.ts';
import { withOwner, withService } from './database.ts';

/** Whom a command is for. */
export type Person = {
  email: string;
  /** Absent where there is no such user yet. */
  user: { id: string; is_active: boolean } | undefined;
};

/**
 * The person an e-mail names; without one the only user there is, and on a database without users the
 * local one. Throws InvalidInputError, naming `field`, where somebody has to be chosen.
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

async function onlyEmail(admin: DatabaseAddresses['admin'], field: string): Promise<string> {
  if (!(await isOperator(admin)))
    throw choose(field, `the e-mail of the user: ${admin.user} cannot see who there is`);
  const users = await withOwner(admin, listUsers);
  const [only, ...others] = users;
  if (others.length > 0)
    throw choose(field, `the e-mail of one of the ${users.length} users (\`netpilot user list\`)`);
  return only?.email ?? FIRST_LOCAL_USER;
}

function choose(field: string, expected: string): InvalidInputError {
  return new InvalidInputError([{ field, expected }]);
}

import { OWNER_ROLE, type DatabaseAddress } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';
import { isOperator } from '../database/roles.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

/** Who signs in by the local link if there is no user yet. */
export const FIRST_LOCAL_USER = 'local@localhost';

/**
 * The e-mail of the person that a local link or an import is for if none is named: the only user (which
 * an import may have created), else the local one.
 */
export async function localUserEmail(admin: DatabaseAddress): Promise<string> {
  // The service's own login cannot list users.
  if (!(await isOperator(admin))) return FIRST_LOCAL_USER;
  const { database, close } = openDatabase(admin, { role: OWNER_ROLE });
  try {
    const users = await maintenanceTransaction(database, (transaction) =>
      transaction
        .selectFrom('users')
        .select('email')
        .where('is_active', '=', true)
        .limit(2)
        .execute(),
    );
    const [only, another] = users;
    return only !== undefined && another === undefined ? only.email : FIRST_LOCAL_USER;
  } finally {
    await close();
  }
}

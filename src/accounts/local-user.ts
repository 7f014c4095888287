import { OWNER_ROLE, type DatabaseAddress } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';
import { isOperator } from '../database/roles.ts';
import { maintenanceTransaction } from '../database/transaction.ts';

/** Who signs in by the local link where nobody else is there yet. */
export const FIRST_LOCAL_USER = 'local@localhost';

/**
 * The e-mail of the person a local link or an import is for when none is named: the only user there
 * is (who may have come by an import), else the local one.
 */
export async function localUserEmail(admin: DatabaseAddress): Promise<string> {
  // The service's own login sees nobody before it knows who asks.
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

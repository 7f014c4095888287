import { Client } from 'pg';
import { type DatabaseAddress, SERVICE_ROLE } from '../config/database-address.ts';
import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { ConflictError, UnavailableError } from '../errors.ts';

/** One connection with one transaction of a tenant's open on it. Ended by one of the functions, once. */
export type TenantSession = {
  client: Client;
  commit: () => Promise<void>;
  rollback: () => Promise<void>;
  /** Breaks off in the middle of a statement, which a rollback would wait for. */
  abandon: () => Promise<void>;
};

/** Set for this transaction alone. Sorting a million devices takes some memory, and what time it takes. */
const SETTINGS = `
  set local role ${SERVICE_ROLE};
  set local timezone to 'UTC';
  set local statement_timeout to 0;
  set local idle_in_transaction_session_timeout to 0;
  set local lock_timeout to '30s';
  set local work_mem to '96MB';
  set local temp_buffers to '64MB';`;

/** Opens a connection of its own, for COPY, and a transaction of that user's on it. */
export async function inTenantSession(
  address: DatabaseAddress,
  userId: string,
  isolation: 'read committed' | 'repeatable read',
): Promise<TenantSession> {
  const client = new Client({
    ...address,
    application_name: 'netpilot import',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks rejects the query under way; this listener only keeps the process alive.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`begin isolation level ${isolation}; ${SETTINGS}`);
    await client.query(`select set_config('netpilot.user_id', $1, true)`, [userId]);
  } catch (error) {
    await client.end();
    throw new UnavailableError(
      `The database ${address.database} at ${address.host} cannot be reached as ${address.user}: ${errorMessage(error)}`,
      { cause: error },
    );
  }
  const end = async (how: 'commit' | 'rollback') => {
    try {
      await client.query(how);
    } finally {
      await client.end();
    }
  };
  return {
    client,
    commit: () => end('commit'),
    rollback: () => end('rollback'),
    // With a query under way, pg closes the socket at once: PostgreSQL then rolls back by itself.
    abandon: () => client.end(),
  };
}

/** Says of a clash with somebody else's change that it is one; every other error stays as it is. */
export function explainConflict(error: unknown): unknown {
  if (!['23505', '40001', '40P01', '55P03'].includes(errorCode(error) ?? '')) return error;
  return new ConflictError(
    "The router's devices or lists changed while they were imported: nothing was imported. Run it again.",
    { cause: error },
  );
}

import { Client } from 'pg';
import { type DatabaseAddress, SERVICE_ROLE } from '../config/database-address.ts';
import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { ConflictError, UnavailableError } from '../errors.ts';

/**
 * For this transaction alone. Sorting a million devices takes some memory, and any time it needs. The planner does not know how much
 * has just been written, and its nested loops over that would take minutes.
 */
const SETTINGS = `
  set local role ${SERVICE_ROLE};
  set local timezone to 'UTC';
  set local statement_timeout to 0;
  set local idle_in_transaction_session_timeout to 0;
  set local lock_timeout to '30s';
  set local work_mem to '96MB';
  set local temp_buffers to '64MB';
  set local enable_nestloop to off;`;

/**
 * Opens a connection of its own, for COPY, and a transaction of that user on it. If it is closed without a
 * commit, PostgreSQL rolls back, in the middle of a statement too.
 */
export async function openSession(
  address: DatabaseAddress,
  userId: string,
  isolation: 'read committed' | 'repeatable read',
): Promise<Client> {
  const client = new Client({
    ...address,
    application_name: 'netpilot import',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks rejects the running query; this listener only keeps the process alive.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`begin isolation level ${isolation}; ${SETTINGS}`);
    await client.query(`select set_config('netpilot.user_id', $1, true)`, [userId]);
    return client;
  } catch (error) {
    await client.end();
    throw new UnavailableError(
      `The database ${address.database} at ${address.host} cannot be reached as ${address.user}: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

/** Explains a clash with somebody else's change as a ConflictError; gives every other error back. */
export function explainConflict(error: unknown): unknown {
  if (!['23505', '40001', '40P01', '55P03'].includes(errorCode(error) ?? '')) return error;
  return new ConflictError(
    "The router's devices or lists changed during the import: nothing was imported. Run it again.",
    { cause: error },
  );
}

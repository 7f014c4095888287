import type { ClientBase } from 'pg';
import { type DatabaseAddress, OWNER_ROLE } from '../config/database-address.ts';
import { connect, openDatabase } from './pool.ts';

/** Runs `work` in one transaction of the owner's, on a connection of its own, without a limit on its time. */
export async function ownerTransaction<Result>(
  admin: DatabaseAddress,
  applicationName: string,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const { pool, close } = openDatabase(admin, {
    role: OWNER_ROLE,
    applicationName,
    statementTimeoutMs: 0,
  });
  try {
    const client = await connect(pool);
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release(true);
    }
  } finally {
    await close();
  }
}

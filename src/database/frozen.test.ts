/** A server that is frozen (SIGSTOP, a hanging disk): it keeps its connections, and answers nothing. */
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { UnavailableError } from '../errors.ts';
import { explainOutage } from './outage.ts';
import { openDatabase } from './pool.ts';
import { nobodysTransaction } from './transaction.ts';

test('nobody waits longer for an answer than for a statement, and the next one has another connection', async () => {
  const { addresses } = await createTestDatabase();
  const { database, close } = openDatabase(addresses.service, {
    role: SERVICE_ROLE,
    statementTimeoutMs: 1_000,
  });
  onTestFinished(close);
  const frozen = await nobodysTransaction(database, async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
      transaction,
    );
    const pid = rows[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(pid, 'SIGCONT'));
    await sql`select 1`.execute(transaction);
  }).catch((error: unknown) => error);
  expect(explainOutage(frozen)).toBeInstanceOf(UnavailableError);
  expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
});

/** How many round trips to the database a block and a rule are: counted as the service makes them, for a family of its own. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { createToken } from '../src/accounts/tokens.ts';
import type { Config } from '../src/config/config.ts';
import { type DatabaseAddress, SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDatabase } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { createApp } from '../src/service/app.ts';
import { createRouter } from '../testing/database.ts';
import { createLocalWakes } from '../src/wakes/wakes.ts';

export type RoundTrips = { block: number; rule: number };

export async function countRoundTrips(
  config: Config,
  address: DatabaseAddress,
): Promise<RoundTrips> {
  const statements: string[] = [];
  const echo = (statement: string) => void statements.push(statement);
  const { database, close } = openDatabase(address, { role: SERVICE_ROLE, echo });
  const app = await createApp(
    {
      config,
      database,
      serviceAddress: address,
      wakes: createLocalWakes(),
      secretKey: 'a key for counting only, 32 characters or more',
      onSessions: () => undefined,
    },
    pino({ level: 'silent' }),
  );
  const userId = randomUUID();
  const token = await tenantTransaction(database, userId, async (transaction) => {
    const user = { id: userId, email: 'family@example.com' };
    await transaction.insertInto('users').values(user).execute();
    const named = { token_name: 'bench', scopes: ['control' as const] };
    return (await createToken(transaction, { userId, kind: 'system' }, named)).token;
  });
  const routers = [];
  for (let n = 0; n < 3; n += 1) routers.push(await createRouter(database, userId));
  const person = await tenantTransaction(database, userId, async (transaction) => {
    await sql`
      insert into user_devices (user_id, router_id, ip, mac, reviewed_at)
      select user_id, router_id, '10.0.0.0'::inet + n, ('02:00:00:00:00:' || lpad(n::text, 2, '0'))::macaddr, now()
      from (select *, row_number() over () as place from user_routers) r, generate_series(1, 20) n
      where n % 3 = r.place - 1`.execute(transaction);
    const { rows } = await sql<{ home_id: string; id: string }>`
      insert into people (user_id, home_id, name) select user_id, id, 'Tim' from homes returning home_id, id`.execute(
      transaction,
    );
    await sql`update user_devices set person_id = (select id from people)`.execute(transaction);
    return rows[0] ?? { home_id: '', id: '' };
  });
  const count = async (url: string, payload: object) => {
    // Who is not known yet is authenticated by itself.
    const headers = { authorization: `Bearer ${token}` };
    await app.inject({ url: '/api/v1/routers', headers });
    statements.length = 0;
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    if (answer.statusCode !== 201) throw new Error(`POST ${url} was answered ${answer.body}`);
    // But for the check of a connection that was not used for a second.
    return statements.filter((statement) => statement !== 'select 1').length;
  };
  const block = await count(`/api/v1/routers/${routers[0]}/blocks`, { device_ip: '10.0.0.3' });
  const pause = { kind: 'pause', person_id: person.id, minutes: 30 };
  const rule = await count(`/api/v1/homes/${person.home_id}/rules`, pause);
  await app.close();
  await close();
  return { block, rule };
}

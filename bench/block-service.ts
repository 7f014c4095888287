/**
 * The service of bench/block, in a process of its own: all roles, on an embedded server and a data folder that are gone
 * when its starter has closed its end, however it ended.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../src/accounts/tokens.ts';
import { parseConfig } from '../src/config/config.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDeployment } from '../src/database/deployment.ts';
import { openDatabase } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { serve } from '../src/service/start.ts';
import { INTERNET4 } from '../lab/lab.ts';
import { type RoundTrips, countRoundTrips } from './block-round-trips.ts';
import { freePort } from '../testing/free-port.ts';

/** Where it is, the API token that opens it, and how many round trips to the database its changes are. */
export type Ready = { apiPort: number; routersPort: number; token: string; roundTrips: RoundTrips };

if (import.meta.main) {
  // What is typed on the terminal is for the one who measures.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  const letGo = new Promise<void>((resolve) => process.once('disconnect', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-bench-'));
  try {
    await run(folder, letGo);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(folder: string, letGo: Promise<void>): Promise<void> {
  const [apiPort, routersPort] = [await freePort(), await freePort()];
  const config = parseConfig({
    NETPILOT_DATA: folder,
    PORT: String(apiPort),
    ROUTERS_PUBLIC_HOST: INTERNET4,
    ROUTERS_PORT: String(routersPort),
    COMMANDS_SERVER_PORT: '0',
    LOG_LEVEL: 'warn',
  });
  const service = await serve(config);
  const deployment = await openDeployment(config);
  const roundTrips = await countRoundTrips(config, deployment.addresses.service);
  const { database, close } = openDatabase(deployment.addresses.service, { role: SERVICE_ROLE });
  const userId = randomUUID();
  const { token } = await tenantTransaction(database, userId, async (transaction) => {
    await transaction
      .insertInto('users')
      .values({ id: userId, email: 'bench@example.com' })
      .execute();
    return createToken(
      transaction,
      { userId, kind: 'system' },
      { token_name: 'bench', scopes: ['control', 'manage'] },
    );
  });
  await close();
  await deployment.leave();
  const ready: Ready = { apiPort, routersPort, token, roundTrips };
  process.send?.(ready);
  await letGo;
  await service.stop();
}

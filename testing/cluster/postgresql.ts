/** A PostgreSQL that is killed, and started again at once. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DatabaseAddress } from '../../src/config/database-address.ts';
import { joinEmbeddedServer } from '../../src/database/embedded/server.ts';
import { migrateUp } from '../../src/database/migrate.ts';
import { prepareEmbeddedDatabase, withClient } from '../../src/database/roles.ts';

/** @param folder gone with the server if this process is interrupted */
export async function startPostgresql(folder: string) {
  const data = join(folder, 'server');
  mkdirSync(data);
  const settings = ['max_connections=200'];
  const { addresses, leave } = await joinEmbeddedServer({ dataFolder: data, settings });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      process.kill(postmaster(data), 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    });
  await prepareEmbeddedDatabase(addresses);
  await migrateUp(addresses.admin);
  return {
    addresses,
    leave,
    /** As `pg_ctl stop -m immediate` does; resolves when it answers again. */
    kill: async () => {
      const killed = postmaster(data);
      process.kill(killed, 'SIGQUIT');
      while (!(await answers(addresses.admin)) || postmaster(data) === killed)
        await setTimeout(100);
    },
  };
}

async function answers(address: DatabaseAddress): Promise<boolean> {
  return withClient(address, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  );
}

function postmaster(data: string): number {
  const [pid = ''] = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

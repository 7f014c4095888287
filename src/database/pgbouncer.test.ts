/** Debian's PgBouncer between NetPilot and PostgreSQL. */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasProgram } from '../../testing/command-line.ts';
import { startExternalServer } from '../../testing/external.ts';
import { freePort } from '../../testing/free-port.ts';
import { type DatabaseAddress, OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { giveTo } from './embedded/cluster.ts';
import { chooseIdentity, spawnAs } from './embedded/identity.ts';
import { findPrograms } from './embedded/programs.ts';
import { migrateUp } from './migrate.ts';
import { openDatabase } from './pool.ts';
import { withClient } from './roles.ts';

/** Starts it in front of a server; gone after the test. */
async function startPgBouncer(
  { host, ...login }: DatabaseAddress,
  settings: string,
): Promise<DatabaseAddress> {
  // As PostgreSQL's own user, who may use its socket: neither runs as root.
  const identity = chooseIdentity(join(dirname(host), 'postgres'), findPrograms().folder);
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-pgbouncer-'));
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  writeFileSync(users, `"${login.user}" "${login.password}"\n`);
  writeFileSync(
    file,
    `[databases]\n* = host=${host} port=5432\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${users}\n${settings}\n`,
  );
  for (const made of [folder, file, users]) {
    chmodSync(made, 0o700);
    giveTo(made, identity);
  }
  const child = spawnAs(identity, 'pgbouncer', [file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  });
  let said = '';
  child.stderr?.on('data', (text) => (said += String(text)));
  await expect.poll(() => said).toContain('process up');
  return { ...login, host: '127.0.0.1', port };
}

describe.skipIf(!hasProgram('pgbouncer'))('PgBouncer', async () => {
  const external = await startExternalServer();
  // A superuser's: the login that would pass row-level security if nobody noticed.
  const login = await external.createLogin('operator', 'superuser');
  await migrateUp(login);

  test.each([
    ['as it is installed', 'pool_mode = transaction', /unsupported startup parameter/],
    ['in session mode', 'pool_mode = session', /unsupported startup parameter/],
    [
      'told to ignore what it does not know',
      'pool_mode = transaction\nignore_startup_parameters = options',
      /works as operator, not as netpilot_(owner|service)/,
    ],
  ])('%s is refused by name, before any statement runs', async (_how, settings, reason) => {
    const address = await startPgBouncer(login, settings);
    for (const role of [SERVICE_ROLE, OWNER_ROLE] as const) {
      const { database, close } = openDatabase(address, { role });
      onTestFinished(close);
      const work = sql`select 1`.execute(database);
      await expect(work).rejects.toThrow(reason);
      await expect(work).rejects.toThrow('connect it to PostgreSQL directly');
    }
    await expect(migrateUp(address)).rejects.toThrow(reason);
    // It does work, for clients that ask for nothing special.
    await withClient(address, (client) => client.query('select 1'));
  });
});

/** The commands of docs/deploy.md for one's own PostgreSQL, word for word, on the oldest that is here and the newest. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_FOLDER, parseConfig } from '../../src/config/config.ts';
import {
  type DatabaseAddress,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../../src/config/database-address.ts';
import { backup } from '../../src/database/backup/backup.ts';
import { restore } from '../../src/database/backup/restore.ts';
import { type Identity, chooseIdentity, spawnAs } from '../../src/database/embedded/identity.ts';
import { findPrograms } from '../../src/database/embedded/programs.ts';
import { openDatabase } from '../../src/database/pool.ts';
import { withClient } from '../../src/database/roles.ts';
import { findSchemaProblem } from '../../src/database/schema-version.ts';

const run = promisify(execFile);
const PAGE = readFileSync(join(PROJECT_FOLDER, 'docs/deploy.md'), 'utf8');
const [, COMMANDS = ''] = /## Your own PostgreSQL[^]*?```sh\n([^]*?)```/.exec(PAGE) ?? [];

/** Folders of PostgreSQL's programs: of the embedded one, and of those that Debian has. */
const FOLDERS = [findPrograms().folder, ...globSync('/usr/lib/postgresql/*/bin/')].filter(
  (folder) => existsSync(join(folder, 'initdb')),
);

function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!has('psql') || !has('openssl')).each(FOLDERS)('With %s', (programs) => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-page-'));
  const pgdata = join(folder, 'data');
  const identity = chooseIdentity(pgdata, programs);
  // With the system's own account, `sudo -u postgres` and `peer` are tried as they are.
  const isPeer = identity.owner !== undefined && /^postgres:/m.test(readPasswd());
  const main = join(folder, 'etc/postgresql/15/main');
  const stubs = join(folder, 'bin');

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    for (const made of [pgdata, join(folder, 'run'), join(main, 'conf.d'), stubs])
      mkdirSync(made, { recursive: true });
    mkdirSync(join(folder, 'etc/netpilot'));
    copyFileSync(join(PROJECT_FOLDER, '.env.example'), join(folder, 'etc/netpilot/netpilot.env'));
    for (const owned of [pgdata, join(folder, 'run')]) {
      chmodSync(owned, 0o700);
      if (identity.owner !== undefined) chownSync(owned, identity.owner.uid, identity.owner.gid);
    }
    if (isPeer) chmodSync(join(folder, 'run'), 0o755);
    await runAs(identity, join(programs, 'initdb'), ['-D', pgdata, '-U', 'postgres', '-A', 'peer']);
    // As Debian lays it out.
    writeFileSync(
      join(pgdata, 'postgresql.conf'),
      `include_dir '${join(main, 'conf.d')}'\nhba_file '${join(main, 'pg_hba.conf')}'\nunix_socket_directories '${join(folder, 'run')}'\nfsync off\n`,
    );
    for (const [name, text] of Object.entries(stubsFor())) {
      writeFileSync(join(stubs, name), `#!/bin/sh\nset -eu\n${text}`, { mode: 0o755 });
    }
  });
  afterAll(async () => {
    if (existsSync(join(pgdata, 'postmaster.pid')))
      await runAs(identity, join(programs, 'pg_ctl'), ['-D', pgdata, '-w', '-m', 'fast', 'stop']);
    rmSync(folder, { recursive: true });
  });

  /** What a test cannot do to the machine, done in the folder. */
  function stubsFor(): Record<string, string> {
    const prefix = [
      ...identity.prefix,
      ...(identity.owner === undefined
        ? []
        : [
            'setpriv',
            `--reuid=${identity.owner.uid}`,
            `--regid=${identity.owner.gid}`,
            '--clear-groups',
          ]),
    ].join(' ');
    // Loopback's port may be another PostgreSQL's: the socket alone.
    const restart = `cd / && exec ${prefix} ${join(programs, 'pg_ctl')} -D ${pgdata} -w -l ${join(pgdata, 'log')} -o '-c listen_addresses=' restart >/dev/null`;
    const trusting = `printf '%s\\n' 'local all postgres trust' "$(cat ${main}/pg_hba.conf)" >${main}/new && mv ${main}/new ${main}/pg_hba.conf\n`;
    return {
      sudo: `if [ "$1" = -u ]; then shift 2; exec ${isPeer ? prefix : ''} env "$@"; fi\nexec "$@"`,
      systemctl: `[ "$*" = 'restart postgresql' ]\n${isPeer ? '' : trusting}${restart}`,
      'systemd-run': `set -a\nwhile [ "$1" != "\${1#-}" ]; do
  case $1 in -p) . "\${2#EnvironmentFile=}"; shift 2 ;; *) shift ;; esac\ndone\nexec "$@"`,
    };
  }

  const login = (file: string): DatabaseAddress => {
    const set = (name: string) =>
      parseEnv(readFileSync(join(folder, 'etc/netpilot', name), 'utf8'));
    const { database } = parseConfig({ ...set('netpilot.env'), ...set(file) });
    if (database.kind !== 'external') throw new Error('the page set no database');
    return database.address;
  };

  test("the page's commands prepare and migrate the database", async () => {
    const here = COMMANDS.replaceAll('/etc/', `${folder}/etc/`)
      .replaceAll('/opt/netpilot', PROJECT_FOLDER)
      .replaceAll('/run/postgresql', join(folder, 'run'));
    const { stdout, stderr } = await run('sh', ['-euc', here], {
      env: {
        PATH: `${stubs}:${process.env['PATH']}`,
        PGHOST: join(folder, 'run'),
        PGUSER: 'postgres',
      },
    });
    expect([stdout, stderr].join('\n')).not.toMatch(/error|fatal|cannot/i);
    const { database, close } = openDatabase(login('netpilot.env'), { role: SERVICE_ROLE });
    try {
      expect(await findSchemaProblem(database)).toBeUndefined();
    } finally {
      await close();
    }
  });

  test('the operator backs up and restores, and the service does not become the owner', async () => {
    const file = join(folder, 'netpilot.backup');
    const { rows } = await backup(login('operator.env'), file);
    expect(await restore(login('operator.env'), file)).toMatchObject({ rows });
    await expect(
      withClient(login('netpilot.env'), (client) => client.query(`set role ${OWNER_ROLE}`)),
    ).rejects.toThrow('permission denied to set role');
  });
});

function readPasswd(): string {
  return readFileSync('/etc/passwd', 'utf8');
}

async function runAs(identity: Identity, program: string, args: string[]): Promise<void> {
  const child = spawnAs(identity, program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

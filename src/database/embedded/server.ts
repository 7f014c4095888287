import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { UnavailableError } from '../../errors.ts';
import { type DatabaseAddress, type DatabaseAddresses, SERVICE_ROLE } from '../address.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { findPrograms, type Programs } from './programs.ts';
import { readOrMakeSecrets } from './secrets.ts';

const DATABASE = 'netpilot';
const SUPERUSER = 'netpilot_admin';
const START_DEADLINE_MS = 60_000;

/** Held shared by every process that uses the server; who gets it exclusively is the last one. */
const PRESENCE_LOCK = 0x6e_70_01;

/** An embedded server, shared by all NetPilot processes on one data folder. */
export type EmbeddedServer = {
  addresses: DatabaseAddresses;
  /** Leaves the server; the last process to leave shuts it down, cleanly. */
  leave: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Folder of everything NetPilot keeps, made if missing. */
  dataFolder: string;
  /** More settings for the server, as `name=value`. */
  settings?: readonly string[];
  /** Called when the server had to be started again because it died. */
  onRestart?: () => void;
};

type Layout = { folder: string; pgdata: string; socketFolder: string; log: string };

/**
 * Joins the embedded server of a data folder, making and starting it where needed. As long as the
 * process has not left, a server that dies (kill -9, out of memory) is started again.
 * Throws UnavailableError with the end of the server's log when it does not start.
 */
export async function joinEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const programs = findPrograms();
  const layout = layOut(options.dataFolder);
  const secrets = readOrMakeSecrets(layout.folder);
  const identity = chooseIdentity(layout.pgdata, programs.folder);
  const admin: DatabaseAddress = {
    host: layout.socketFolder,
    port: 5432,
    database: DATABASE,
    user: SUPERUSER,
    password: secrets.adminPassword,
  };
  const maintenance = { ...admin, database: 'postgres' };

  if (!existsSync(layout.pgdata))
    await initialise(layout, programs, identity, secrets.adminPassword);

  const ensureJoined = () =>
    joinOrStart(layout, programs, identity, maintenance, options.settings ?? []);
  let presence = await ensureJoined();
  let leaving = false;
  let restarting: Promise<void> = Promise.resolve();
  const watch = () => {
    presence.once('end', () => {
      if (leaving) return;
      restarting = (async () => {
        presence = await ensureJoined();
        options.onRestart?.();
        watch();
      })();
      // A server that cannot be restarted is reported by whoever waits in leave(), and by every query.
      restarting.catch(() => undefined);
    });
  };
  watch();

  return {
    addresses: {
      admin,
      service: { ...admin, user: SERVICE_ROLE, password: secrets.servicePassword },
    },
    leave: async () => {
      leaving = true;
      await restarting;
      await leave(presence, layout.pgdata);
    },
  };
}

/** Whether the data folder holds a database already; looking makes none. */
export function hasEmbeddedDatabase(dataFolder: string): boolean {
  return existsSync(layOut(dataFolder).pgdata);
}

function layOut(dataFolder: string): Layout {
  const folder = absolute(dataFolder);
  const near = join(folder, 'socket');
  // A socket's path has 107 bytes at most (unix(7)), and the server adds its name to the folder's.
  const far = join(
    tmpdir(),
    `netpilot-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`,
  );
  const socketFolder = Buffer.byteLength(near) > 90 ? far : near;
  return {
    folder,
    pgdata: join(folder, 'postgres'),
    socketFolder,
    log: join(folder, 'postgres.log'),
  };
}

/** Makes the cluster beside its place and moves it there whole: a crash leaves nothing half made. */
async function initialise(
  layout: Layout,
  programs: Programs,
  identity: Identity,
  password: string,
): Promise<void> {
  const draft = mkdtempSync(join(layout.folder, 'initialising-'));
  const passwordFile = join(draft, 'password');
  const pgdata = join(draft, 'postgres');
  try {
    mkdirSync(pgdata, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [draft, passwordFile, pgdata]) giveTo(path, identity);
    const [program, ...prefix] = [...identity.prefix, programs.initdb];
    const initdb = spawn(
      program ?? programs.initdb,
      [
        ...prefix,
        '-D',
        pgdata,
        '-U',
        SUPERUSER,
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--data-checksums',
      ],
      { ...identity.owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    initdb.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(initdb, 'close');
    if (code !== 0)
      throw new UnavailableError(`PostgreSQL could not make its data folder: ${said.trim()}`);
    writeFileSync(join(pgdata, 'pg_hba.conf'), 'local all all scram-sha-256\n');
    try {
      renameSync(pgdata, layout.pgdata);
    } catch (error) {
      // Another process was first: its cluster counts, and it has the same secrets.
      if (!existsSync(join(layout.pgdata, 'PG_VERSION'))) throw error;
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Connects and takes the shared presence lock, starting the server as often as it is not there. */
async function joinOrStart(
  layout: Layout,
  programs: Programs,
  identity: Identity,
  address: DatabaseAddress,
  settings: readonly string[],
): Promise<Client> {
  const deadline = Date.now() + START_DEADLINE_MS;
  let started: { exited: boolean } | undefined;
  for (;;) {
    const client = new Client({ ...address, application_name: 'netpilot presence' });
    // Without a listener a dying connection would end the process; 'end' follows and is what counts.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > deadline) {
        throw new UnavailableError(
          `The embedded PostgreSQL does not start. The end of ${layout.log}:\n${endOfLog(layout.log)}`,
          { cause: error },
        );
      }
    }
    if (started === undefined || started.exited)
      started = start(layout, programs, identity, settings);
    await delay(50);
  }
}

function start(
  layout: Layout,
  programs: Programs,
  identity: Identity,
  settings: readonly string[],
): { exited: boolean } {
  prepareSocketFolder(layout.socketFolder, identity);
  const flags = [
    'listen_addresses=',
    'port=5432',
    `unix_socket_directories=${layout.socketFolder}`,
    'unix_socket_permissions=0700',
    'password_encryption=scram-sha-256',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_wal_size=2GB',
    'jit=off',
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  const log = openSync(layout.log, 'a', 0o600);
  const [program, ...prefix] = [...identity.prefix, programs.postgres];
  // A session of its own: Ctrl-C on the terminal goes to NetPilot alone, which then stops the server.
  const server = spawn(program ?? programs.postgres, [...prefix, '-D', layout.pgdata, ...flags], {
    ...identity.owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  const state = { exited: false };
  server.once('exit', () => (state.exited = true));
  server.once('error', () => (state.exited = true));
  return state;
}

function prepareSocketFolder(folder: string, identity: Identity): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = [process.getuid?.(), identity.owner?.uid];
  if (!found.isDirectory() || !mine.includes(found.uid)) {
    throw new UnavailableError(
      `${folder} is another user's: remove it, or choose a data folder with a shorter path.`,
    );
  }
  giveTo(folder, identity);
}

async function leave(presence: Client, pgdata: string): Promise<void> {
  await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
  const { rows } = await presence.query('select pg_try_advisory_lock($1) as last', [PRESENCE_LOCK]);
  if (rows[0]?.last !== true) return presence.end();
  const pid = postmasterPid(pgdata);
  // Not events.once: the server's farewell is an 'error' event, and expected here.
  const ended = new Promise((resolve) => presence.once('end', resolve));
  // SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written.
  process.kill(pid, 'SIGINT');
  await ended;
  while (isAlive(pid)) await delay(10);
}

function postmasterPid(pgdata: string): number {
  const [pid] = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function giveTo(path: string, { owner }: Identity): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}

function endOfLog(file: string): string {
  return existsSync(file)
    ? readFileSync(file, 'utf8').split('\n').slice(-8).join('\n').trim()
    : '(no log)';
}

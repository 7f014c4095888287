import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statfsSync,
} from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { errorCode } from '../../error-code.ts';
import { errorMessage } from '../../error-message.ts';
import { UnavailableError } from '../../errors.ts';
import { describeSystemError } from '../../explain-system-error.ts';
import {
  type DatabaseAddress,
  type DatabaseAddresses,
  SERVICE_ROLE,
} from '../../config/database-address.ts';
import { endConnection } from '../pool-connection.ts';
import { type Layout, SUPERUSER, giveTo, initialise, layOut, requireUsable } from './cluster.ts';
import { removeAbandonedDrafts } from './drafts.ts';
import { chooseIdentity, type Identity, spawnAs } from './identity.ts';
import { shortenLog } from './log.ts';
import { findPostmaster, removeStaleLocks, shutDown } from './postmaster.ts';
import { findPrograms, type Programs } from './programs.ts';
import { readOrMakeSecrets } from './secrets.ts';

const DATABASE = 'netpilot';
/** Longest wait for a server that does not answer; one that answers that it is starting has no limit. */
const START_DEADLINE_MS = 30_000;
/** Longest time to retry if the server ends at once each time. */
const FAILING_DEADLINE_MS = 10_000;
/** What it writes at a start; with less it ends, perhaps without a word, because its log is on the same disk. */
const SPACE_TO_START = 16 * 1024 ** 2;
const RESTART_PAUSE_MS = 1_000;
/** A frozen server (SIGSTOP, a hanging disk) keeps nobody from leaving. */
const FROZEN = { query_timeout: 5_000 };
const LOG_LOOK_MS = 60_000;

/** SQLSTATEs (PostgreSQL manual, appendix A). */
const CANNOT_CONNECT_NOW = '57P03';
const INVALID_PASSWORD = '28P01';

/** Held shared by every process that uses the server; the one that gets it exclusively is the last. */
const PRESENCE_LOCK = 0x6e_70_01;

/** An embedded server, shared by all NetPilot processes on one data folder. */
export type EmbeddedServer = {
  addresses: DatabaseAddresses;
  /** Leaves the server; the last process to leave shuts it down, cleanly. */
  leave: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Folder of everything NetPilot keeps, created if missing. */
  dataFolder: string;
  /** More settings for the server, as `name=value`. */
  settings?: readonly string[];
  /** Called after the server ended unexpectedly and was started again. */
  onRestart?: () => void;
  /** Called each time that this failed; it is retried until the process leaves. */
  onRestartFailed?: (error: unknown) => void;
};

/** What is needed to start the server of a data folder, and to connect to it. */
type Cluster = {
  layout: Layout;
  programs: Programs;
  identity: Identity;
  settings: readonly string[];
  address: DatabaseAddress;
};

/**
 * Joins the embedded server of a data folder; creates and starts it if needed. Until the process leaves, a
 * server that dies (kill -9, out of memory) is started again. Throws UnavailableError if the folder is another
 * version's or lacks its passwords, and, with the end of the server's log, if it does not start.
 */
export async function joinEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const programs = findPrograms();
  const layout = layOut(options.dataFolder);
  requireUsable(layout, programs);
  const secrets = readOrMakeSecrets(layout.folder);
  const identity = chooseIdentity(layout.pgdata, programs.folder);
  const admin: DatabaseAddress = {
    host: layout.socketFolder,
    port: 5432,
    database: DATABASE,
    user: SUPERUSER,
    password: secrets.adminPassword,
  };
  if (!existsSync(layout.pgdata))
    await initialise(layout, programs, identity, secrets.adminPassword);

  const address = { ...admin, database: 'postgres' };
  const cluster = { layout, programs, identity, settings: options.settings ?? [], address };
  const leaving = new AbortController();
  let presence = await joinOrStart(cluster, leaving.signal);
  let restarting: Promise<void> = Promise.resolve();
  const watch = () => {
    presence.once('end', () => {
      restarting = rejoin();
    });
  };
  const rejoin = async () => {
    while (!leaving.signal.aborted) {
      try {
        presence = await joinOrStart(cluster, leaving.signal);
        watch();
        options.onRestart?.();
        return;
      } catch (error) {
        if (leaving.signal.aborted) return;
        options.onRestartFailed?.(error);
        await delay(RESTART_PAUSE_MS);
      }
    }
  };
  watch();
  const logLook = setInterval(() => {
    try {
      shortenLog(layout.log);
    } catch (error) {
      // A disk that fails is no reason to end: PostgreSQL notices it as well.
      if (describeSystemError(error) === undefined) throw error;
    }
  }, LOG_LOOK_MS);
  logLook.unref();

  return {
    addresses: {
      admin,
      service: { ...admin, user: SERVICE_ROLE, password: secrets.servicePassword },
    },
    leave: async () => {
      leaving.abort();
      clearInterval(logLook);
      await restarting;
      await leave(presence, layout);
    },
  };
}

/** Connects and takes the shared presence lock; starts the server each time it is found not running. */
async function joinOrStart(cluster: Cluster, signal: AbortSignal): Promise<Client> {
  const { layout, address } = cluster;
  const began = Date.now();
  let started: Started | undefined;
  for (;;) {
    signal.throwIfAborted();
    const client = new Client({
      ...address,
      application_name: 'netpilot presence',
      connectionTimeoutMillis: 5_000,
    });
    // Without a listener a broken connection would end the process; 'end' follows, and is handled.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (errorCode(error) === INVALID_PASSWORD) throw foreignSecrets(layout, error);
      const waited = Date.now() - began;
      if (errorCode(error) !== CANNOT_CONNECT_NOW) {
        const isFailing = started?.exited === true && findPostmaster(layout) === undefined;
        if (waited > (isFailing ? FAILING_DEADLINE_MS : START_DEADLINE_MS))
          throw doesNotStart(layout, started?.problem ?? error);
      }
    }
    if (started?.exited !== false && findPostmaster(layout) === undefined) started = start(cluster);
    await delay(50);
  }
}

/** A server process that this one started; it may have ended because another one runs already. */
type Started = { exited: boolean; problem?: Error };

function start({ layout, programs, identity, settings }: Cluster): Started {
  prepareSocketFolder(layout.socketFolder, identity);
  removeStaleLocks(layout);
  removeAbandonedDrafts(layout.folder);
  shortenLog(layout.log);
  const flags = [
    'listen_addresses=',
    'port=5432',
    // A list: without the quotes, a comma would end a name.
    `unix_socket_directories="${layout.socketFolder.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    'password_encryption=scram-sha-256',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_wal_size=2GB',
    'jit=off',
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  const log = openSync(layout.log, 'a', 0o600);
  // A session of its own: Ctrl-C on the terminal goes to NetPilot alone, which then stops the server.
  const server = spawnAs(identity, programs.postgres, ['-D', layout.pgdata, ...flags], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  const state: Started = { exited: false };
  server.once('exit', () => (state.exited = true));
  server.once('error', (problem) => Object.assign(state, { exited: true, problem }));
  return state;
}

function prepareSocketFolder(folder: string, identity: Identity): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = [process.getuid?.(), identity.owner?.uid];
  if (!found.isDirectory() || !mine.includes(found.uid)) {
    throw new UnavailableError(
      `${folder} belongs to another user: remove it, or choose a data folder with a shorter path.`,
    );
  }
  giveTo(folder, identity);
}

async function leave(presence: Client, layout: Layout): Promise<void> {
  if (!(await isLast(presence))) return endConnection(presence);
  const pid = findPostmaster(layout);
  // Not events.once: a server that stops causes an 'error' event, which is expected here.
  const ended = new Promise((resolve) => presence.once('end', resolve));
  if (pid === undefined) return endConnection(presence);
  await shutDown(pid, layout);
  await ended;
}

/** Whether no other process is present. Also false if the server has just died, or is frozen: then there is nothing to stop. */
async function isLast(presence: Client): Promise<boolean> {
  try {
    await presence.query({
      text: 'select pg_advisory_unlock_shared($1)',
      values: [PRESENCE_LOCK],
      ...FROZEN,
    });
    const { rows } = await presence.query<{ last: boolean }>({
      text: 'select pg_try_advisory_lock($1) as last',
      values: [PRESENCE_LOCK],
      ...FROZEN,
    });
    return rows[0]?.last === true;
  } catch {
    return false;
  }
}

function doesNotStart(layout: Layout, cause: unknown): UnavailableError {
  const { bavail, bsize } = statfsSync(layout.folder);
  const free = bavail * bsize;
  const isFull = free < SPACE_TO_START;
  const space = isFull
    ? ` There are only ${Math.floor(free / 1024)} KiB free at ${layout.folder}: free some space.`
    : '';
  return new UnavailableError(
    `The embedded PostgreSQL does not start (${errorMessage(cause)}).${space} The end of ${layout.log}:\n${endOfLog(layout.log)}`,
    { cause },
  );
}

function foreignSecrets({ folder }: Layout, cause: unknown): UnavailableError {
  return new UnavailableError(
    `The password in ${folder}/secrets.json is not that of the database: restore that file from a copy of the data folder.`,
    { cause },
  );
}

function endOfLog(file: string): string {
  return existsSync(file)
    ? readFileSync(file, 'utf8').split('\n').slice(-8).join('\n').trim()
    : '(no log)';
}

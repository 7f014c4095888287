import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, type PostgresPool, type PostgresPoolClient, PostgresDialect } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import { errorMessage } from '../error-message.ts';
import { UnavailableError } from '../errors.ts';
import { type DatabaseAddress, type OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { errorCode } from '../error-code.ts';
import { currentLane } from './lane.ts';
import {
  endWhenLate,
  queryTimeout,
  reasonOfConnecting,
  requireSettings,
} from './pool-connection.ts';
import { prepareMarked } from './prepared.ts';
import { type Said, TELLS, hearSaid } from './said.ts';
import type { DB } from './schema.generated.ts';
import { type Turns, createTurns } from './turns.ts';

/** The database with its tables' types. Only `database/` runs queries on it directly: see transaction.ts. */
export type Database = Kysely<DB>;

/** Numbers of types in pg_type, the same in every PostgreSQL. */
const INT8_OID = 20;
const TIMESTAMPTZ_OID = 1184;

const KEPT_CONNECTIONS = 10;
const MOST_CONNECTIONS = 30;
/** Who shares them: see docs/decisions/0027. The routers leave enough for people. */
const TURNS = {
  what: 'database transactions',
  most: MOST_CONNECTIONS,
  mostOfOne: 4,
  mostPatient: 12,
  mostWaiting: 100,
  longestWaitMs: 5_000,
};
/** A server that has no more connections is asked again after so many milliseconds; and for all of ours after some more. */
const FULL_SERVER = { pauseMs: 50, longestMs: 5_000, againMs: 30_000 };
const TOO_MANY_CONNECTIONS = '53300';
const STATEMENT_TIMEOUT_MS = 30_000;
/** A connection used this recently is trusted; an older one is checked first. */
const TRUSTED_FOR_MS = 1_000;
/** A server whose machine lost power does not answer, not even with an error. */
const CHECK = { text: 'select 1', query_timeout: 5_000 };

export type PoolOptions = {
  /** The role of every connection. */
  role: typeof OWNER_ROLE | typeof SERVICE_ROLE;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  /** Longest a statement may run, in milliseconds; 0 for no limit. */
  statementTimeoutMs?: number;
  /** Called with the text of each statement (DB_ECHO). Parameters are not given: they hold people's data. */
  echo?: (sql: string) => void;
  /** Called when an idle connection breaks; the pool has replaced it already. */
  onConnectionLost?: (error: Error) => void;
  /** Called, after each transaction, with what it has changed; absent: PostgreSQL notifies as it commits. */
  onSaid?: (all: readonly Said[]) => void;
};

/** A pool, and the typed database on it. `close` waits for running queries; `countWaiting`: how many wait for their turn. */
export type OpenDatabase = {
  database: Database;
  pool: Pool;
  countWaiting: () => number;
  close: () => Promise<void>;
};

/**
 * Opens a pool of 10 connections, 30 at most, that users share fairly (gate.ts). Each is checked before use, works as
 * `role`, in UTC, and ends statements and transactions that hang.
 */
export function openDatabase(address: DatabaseAddress, options: PoolOptions): OpenDatabase {
  const pool = new Pool({
    ...address,
    application_name: options.applicationName ?? 'netpilot',
    min: KEPT_CONNECTIONS,
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: { getTypeParser },
    options: startupOptions(options),
    ...queryTimeout(options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS),
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it
    onConnect: (client) => requireSettings(client, options.role),
  });
  pool.on('connect', prepareMarked);
  pool.on('connect', endWhenLate);
  pool.on('error', (error) => options.onConnectionLost?.(error));
  // The pool listens to idle connections only: without this, one that breaks in use would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { echo, onSaid } = options;
  if (onSaid !== undefined) pool.on('connect', (client) => hearSaid(client, onSaid));
  const turns = createTurns(TURNS);
  const database = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: checkedPool(pool, turns) }),
    ...(echo && { log: (event) => echo(event.query.sql) }),
  });
  // Kysely ends the pool only if it has used it.
  const close = () => (pool.ending ? Promise.resolve() : pool.end());
  return { database, pool, countWaiting: turns.countWaiting, close };
}

/** The `-c name=value` that a connection starts with (libpq's `options`, PostgreSQL manual 20.1.3). */
function startupOptions({
  role,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  onSaid,
}: PoolOptions): string {
  const settings = {
    role,
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    statement_timeout: statementTimeoutMs,
    // A process that was frozen holds its locks for so long: little longer than its lease.
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: 10_000,
    // A share of the connections is one of the processors, too: parallel workers would triple it.
    max_parallel_workers_per_gather: 0,
    // A user's rows are few of a table, and there is an index to them. A plan is kept as it was made: made while a table was
    // small, it would still read all of it when it is large.
    ...(role === SERVICE_ROLE && { enable_seqscan: 'off' }),
    default_transaction_isolation: 'read committed',
    ...(onSaid && { ...TELLS, client_min_messages: 'notice' }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${String(value).replaceAll(' ', '\\ ')}`)
    .join(' ');
}

/** The pool as Kysely sees it: hands out only connections that answer, to each user in turn. */
function checkedPool(pool: Pool, turns: Turns): PostgresPool {
  const lastUsed = new WeakMap<object, number>();
  pool.on('release', (_error, client) => lastUsed.set(client, Date.now()));
  const connectFree = connectWhenFree(pool, turns);
  const connectChecked = async (): Promise<PoolClient> => {
    // One more try than there are connections: after that, the server itself does not answer.
    for (let attempt = 0; attempt <= MOST_CONNECTIONS; attempt += 1) {
      const client = await connectFree();
      const used = lastUsed.get(client);
      if (used === undefined || Date.now() - used < TRUSTED_FOR_MS) return client;
      try {
        await client.query(CHECK);
        return client;
      } catch (error) {
        client.release(error instanceof Error ? error : true);
      }
    }
    throw new UnavailableError('The database does not answer.');
  };
  return {
    options: {},
    connect: async (): Promise<PostgresPoolClient> => {
      const { owner, isPatient } = currentLane();
      const leave = await turns.take(owner, isPatient);
      try {
        const client = await connectChecked();
        // The pool sets it anew each time.
        const release = client.release.bind(client);
        client.release = (...reason) => {
          release(...reason);
          leave();
        };
        return client;
      } catch (error) {
        leave();
        throw error;
      }
    },
    end: () => pool.end(),
  };
}

/**
 * Gives a function that connects. While the server has fewer connections than the pool may make, there are as many places as
 * it has, and a caller waits for one of ours to become free.
 */
function connectWhenFree(pool: Pool, turns: Turns): () => Promise<PoolClient> {
  let again: NodeJS.Timeout | undefined;
  return async () => {
    const until = performance.now() + FULL_SERVER.longestMs;
    for (;;) {
      try {
        return await connect(pool);
      } catch (error) {
        const isFull = error instanceof Error && errorCode(error.cause) === TOO_MANY_CONNECTIONS;
        if (!isFull || performance.now() > until) throw error;
        turns.resize(Math.max(1, pool.totalCount));
        clearTimeout(again);
        again = setTimeout(() => turns.resize(MOST_CONNECTIONS), FULL_SERVER.againMs).unref();
        await delay(FULL_SERVER.pauseMs);
      }
    }
  };
}

/** A connection of the pool. Throws UnavailableError if none is free or none can be made. */
export async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    if (error instanceof UnavailableError) throw error;
    // pg-pool's message for a caller that waited in its queue; a failed connection has another.
    const isFull = errorMessage(error) === 'timeout exceeded when trying to connect';
    throw new UnavailableError(
      isFull
        ? `All ${pool.options.max} connections to the database are in use.`
        : `The database cannot be reached: ${reasonOfConnecting(error)}`,
      { cause: error },
    );
  }
}

/**
 * Times stay text, RFC 3339 in UTC with microseconds: JavaScript's Date would cut them to
 * milliseconds. Counts and rates come as numbers, which hold them exactly up to 2^53.
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary') {
    if (oid === TIMESTAMPTZ_OID) return parseTimestamp;
    if (oid === INT8_OID) return parseInteger;
  }
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- pg types every number as its enum
  return types.getTypeParser(oid, format);
}

/** `2025-06-06 12:16:45.01371+00` → `2025-06-06T12:16:45.013710Z` */
function parseTimestamp(text: string): string {
  const fraction = text.slice(19, -3).slice(1).padEnd(6, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

function parseInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${text} does not fit a JavaScript number`);
  return number;
}

/**
 * A model of PostgreSQL: transactions with locks of rows at read committed, which a failover ends, whose answers can be lost after the
 * commit, and which end with the process that began them. What each statement does is in statements.ts.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Database } from '../../src/database/pool.ts';
import type { DB } from '../../src/database/schema.generated.ts';
import type { Random } from '../../src/simulator/random.ts';
import type { Clock, Process } from './clock.ts';

/** A node as the database sees it. */
export type Client = Process & {
  name: string;
  begunAt: number;
  diedAt: number | undefined;
  frozenAt: number;
  /** Until then nothing of it reaches the database, nor the other way. */
  cutOffUntil: number;
  /** When it was last taken for dead for another reason. */
  troubledAt: number;
};

/** As `user_routers` has it. */
export type RouterRow = {
  user_id: string;
  router_id: string;
  connection_id: string | null;
  connected_node: string | null;
  /** Who has stored the connection: the table does not say so. */
  holder: Client | undefined;
};

/** As `router_policies` has it. */
export type PolicyRow = {
  policy_revision: number;
  applied_revision: number;
  refused_revision: number | null;
};

export type Home = { router: RouterRow; policy: PolicyRow };

/** As `commands_servers` has it. */
export type LeaseRow = { node: string; instance: string; seen_at: number; state: string };

export type Stored = {
  clock: Clock;
  random: Random;
  /** By the user's id: each has one router. */
  homes: Map<string, Home>;
  leases: Map<string, LeaseRow>;
  locks: Map<object, Transaction>;
  awayUntil: number;
  failovers: number;
  /** Until then who has asked the former primary waits for its answer, which never comes. */
  silentUntil: number;
  /** What happens as soon as a statement with a text in it comes, before that has done its work or after it. */
  ambush: Ambush | undefined;
  run: Statements;
  /** What did not hold, of what always must. */
  broken: Set<string>;
  onCommit: (written: readonly object[]) => void;
};

export type Ambush = { text: string; strike: (client: Client | undefined) => void };

export type Transaction = {
  client: Client | undefined;
  /** What it has changed. */
  changes: Map<object, object>;
  state: 'open' | 'committed' | 'aborted';
  activeAt: number;
};

/** Does a statement's work; gives its rows, or as many as it has changed. */
export type Statements = (work: Work, text: string, parameters: readonly unknown[]) => object[];

/** What a statement works with. */
export type Work = {
  stored: Stored;
  client: Client | undefined;
  /** As its transaction sees it. */
  read: <Row extends object>(row: Row) => Row;
  /** Waits for who has it locked. */
  lock: (row: object) => void;
  isLocked: (row: object) => boolean;
  write: <Row extends object>(row: Row, change: Partial<Row>) => void;
};

/** `idle_in_transaction_session_timeout`. */
const IDLE = 10_000;
/** A statement that waits for a lock looks again. */
const LOOK = 5;
/** A server that does not answer is given up. */
const TIMEOUT = 30_000;
/** One way. */
const LATENCY = 4;

class AwayError extends Error {}
class LockedError extends Error {}

/** The primary dies, and the standby takes over: what was committed stays, all connections end, or say nothing any more. */
export function failOver(stored: Stored, milliseconds: number): void {
  const { clock, random } = stored;
  stored.failovers += 1;
  stored.awayUntil = clock.now() + milliseconds;
  if (random() < 0.5) stored.silentUntil = clock.now() + TIMEOUT;
  for (const transaction of stored.locks.values()) end(stored, transaction, 'aborted');
}

/** Opens the database for a node, or for people who change something. */
export function connectTo(stored: Stored, client?: Client): Database {
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverOf(stored, client),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

function driverOf(stored: Stored, client: Client | undefined): Driver {
  const transactions = new WeakMap<DatabaseConnection, Transaction>();
  const finish = (connection: DatabaseConnection) => {
    const transaction = transactions.get(connection);
    transactions.delete(connection);
    return transaction;
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const connection: DatabaseConnection = {
        executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
          const rows = await execute<Row>(stored, client, transactions.get(connection), query);
          return { rows, numAffectedRows: BigInt(rows.length) };
        },
        streamQuery: () => {
          throw new Error('The model streams nothing.');
        },
      };
      return connection;
    },
    beginTransaction: async (connection) =>
      void transactions.set(connection, begin(stored, client)),
    commitTransaction: async (connection) => {
      const transaction = finish(connection);
      if (transaction === undefined) return;
      await arrive(stored, client, 'commit', () => {
        requireOpen(stored, transaction);
        commit(stored, transaction);
      });
    },
    rollbackTransaction: async (connection) => {
      const transaction = finish(connection);
      if (transaction) end(stored, transaction, 'aborted');
    },
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

function begin({ clock }: Stored, client: Client | undefined): Transaction {
  return { client, changes: new Map(), state: 'open', activeAt: clock.now() };
}

function commit(stored: Stored, transaction: Transaction): void {
  for (const [row, change] of transaction.changes) Object.assign(row, change);
  end(stored, transaction, 'committed');
  if (transaction.changes.size > 0) stored.onCommit([...transaction.changes.keys()]);
}

function end(stored: Stored, transaction: Transaction, state: 'committed' | 'aborted'): void {
  transaction.state = state;
  for (const [row, holder] of stored.locks) if (holder === transaction) stored.locks.delete(row);
}

function requireOpen(stored: Stored, transaction: Transaction): void {
  if (isOver(stored, transaction)) throw new AwayError('the transaction is over');
  transaction.activeAt = stored.clock.now();
}

function isOver(stored: Stored, transaction: Transaction): boolean {
  if (transaction.state !== 'open') return true;
  const isIdle = stored.clock.now() - transaction.activeAt > IDLE;
  const isLeft = isIdle || transaction.client?.isDead === true;
  if (isLeft) end(stored, transaction, 'aborted');
  return isLeft;
}

/** One statement, in a transaction or by itself. */
function execute<Row>(
  stored: Stored,
  client: Client | undefined,
  outer: Transaction | undefined,
  { sql, parameters }: CompiledQuery,
): Promise<Row[]> {
  return arrive(stored, client, sql, () => {
    if (outer) requireOpen(stored, outer);
    const transaction = outer ?? begin(stored, client);
    try {
      const rows = stored.run(workOf(stored, transaction), sql, parameters);
      if (outer === undefined) commit(stored, transaction);
      // oxlint-disable-next-line typescript/consistent-type-assertions, typescript/no-unsafe-type-assertion -- as Kysely believes its driver
      return rows as Row[];
    } catch (error) {
      if (outer === undefined) end(stored, transaction, 'aborted');
      throw error;
    }
  });
}

function workOf(stored: Stored, transaction: Transaction): Work {
  const { changes, client } = transaction;
  const isLocked = (row: object) => {
    const holder = stored.locks.get(row);
    return holder !== undefined && holder !== transaction && !isOver(stored, holder);
  };
  const lock = (row: object) => {
    if (isLocked(row)) throw new LockedError();
    stored.locks.set(row, transaction);
  };
  return {
    stored,
    client,
    read: (row) => ({ ...row, ...changes.get(row) }),
    lock,
    isLocked,
    write: (row, change) => {
      lock(row);
      changes.set(row, { ...changes.get(row), ...change });
    },
  };
}

/** There, its effect, and back to the process that waits for it. */
function arrive<Result>(
  stored: Stored,
  client: Client | undefined,
  text: string,
  work: () => Result,
): Promise<Result> {
  const { clock, random, failovers } = stored;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const answer = (settle: () => void) => clock.plan(random() * LATENCY, settle, client);
  const refuse = () => reject(new AwayError('the database is away'));
  const isAway = () => clock.now() < stored.awayUntil || stored.failovers !== failovers;
  const begun = (): void => {
    const cut = (client?.cutOffUntil ?? 0) - clock.now();
    if (cut > 0) return clock.plan(cut, begun, client);
    const silent = stored.failovers === failovers ? 0 : stored.silentUntil - clock.now();
    if (silent > 0) return clock.plan(silent, refuse, client);
    if (isAway()) return answer(refuse);
    const ambush = takeAmbush(stored, text);
    const isEarly = random() < 0.5;
    if (isEarly) ambush?.strike(client);
    if (isAway()) return answer(refuse);
    try {
      const done = work();
      if (!isEarly) ambush?.strike(client);
      // Of what was committed, too, the answer may never come.
      return answer(() => (isAway() ? refuse() : resolve(done)));
    } catch (error) {
      if (error instanceof LockedError) return clock.plan(LOOK, begun);
      return answer(() => reject(error));
    }
  };
  clock.plan(random() * LATENCY, begun);
  return promise;
}

function takeAmbush(stored: Stored, text: string): Ambush | undefined {
  const { ambush } = stored;
  if (ambush === undefined || !text.includes(ambush.text)) return undefined;
  stored.ambush = undefined;
  return ambush;
}

/**
 * A model of PostgreSQL as the reconciler sees it: transactions with locks of rows at read committed, which a failover ends, whose
 * answers can be lost after the commit, and which end with the process that began them.
 */
import { isCurrent } from '../../src/fleet/convergence.ts';
import type { DesiredState } from '../../src/fleet/desired-state.ts';
import type { RouterRows, RouterStore } from '../../src/fleet/router-store.ts';
import { OPEN_DOCUMENT } from '../../src/policy/document.ts';
import type { Random } from '../../src/simulator/random.ts';
import type { Clock, Process } from './clock.ts';

/** What is stored of a router; `node` is null while it is not connected. */
export type Row = {
  policy_revision: number;
  applied_revision: number;
  refused_revision: number | null;
  connection_id: string | null;
  node: string | null;
};

export type Stored = {
  clock: Clock;
  random: Random;
  rows: Map<string, Row>;
  /** Each row as it was, oldest first. */
  history: Map<Row, { at: number; row: Row }[]>;
  locks: Map<Row, Transaction>;
  awayUntil: number;
  failovers: number;
  onCommit: () => void;
};

type Transaction = {
  process: Process | undefined;
  row: Row;
  /** What it has changed. */
  changes: Partial<Row>;
  state: 'open' | 'committed' | 'aborted';
  activeAt: number;
};

/** `idle_in_transaction_session_timeout`. */
const IDLE = 30_000;
/** A statement that waits for a lock looks again. */
const LOOK = 5;
/** How old a read is from a standby, for who tries that. */
const LAG = 3_000;

class DatabaseAway extends Error {}

/** The primary dies, and the standby takes over: what was committed stays, all connections end. */
export function failOver(stored: Stored, milliseconds: number): void {
  stored.failovers += 1;
  stored.awayUntil = stored.clock.now() + milliseconds;
  for (const transaction of stored.locks.values()) end(stored, transaction, 'aborted');
}

/** What a row was a while ago. */
function lagging({ clock, history }: Stored, row: Row): Row {
  const old = history.get(row)?.findLast(({ at }) => at <= clock.now() - LAG);
  return old?.row ?? row;
}

/** One statement: there, its effect, and back to the process that waits for it. `undefined`: it waits for a lock. */
function statement<Result>(
  stored: Stored,
  work: () => { result: Result } | undefined,
): Promise<Result> {
  const { clock, random, failovers } = stored;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const process = clock.current();
  const answer = (settle: () => void) => clock.plan(random() * 4, settle, process);
  const refuse = () => reject(new DatabaseAway('the database is away'));
  const arrive = () => {
    if (clock.now() < stored.awayUntil || stored.failovers !== failovers) return answer(refuse);
    try {
      const done = work();
      if (done === undefined) return clock.plan(LOOK, arrive);
      // Of what was committed, too, the answer may never come.
      return answer(() => (stored.failovers === failovers ? resolve(done.result) : refuse()));
    } catch (error) {
      return answer(() => reject(error));
    }
  };
  clock.plan(random() * 4, arrive);
  return promise;
}

function end(stored: Stored, transaction: Transaction, state: 'committed' | 'aborted'): void {
  transaction.state = state;
  if (stored.locks.get(transaction.row) === transaction) stored.locks.delete(transaction.row);
}

function isOver(stored: Stored, transaction: Transaction): boolean {
  if (transaction.state !== 'open') return true;
  const isIdle = stored.clock.now() - transaction.activeAt > IDLE;
  const isLeft = isIdle || transaction.process?.isDead === true;
  if (isLeft) end(stored, transaction, 'aborted');
  return isLeft;
}

function statementsOf(stored: Stored, transaction: Transaction) {
  const { row, changes } = transaction;
  const run = <Result>(work: () => { result: Result } | undefined) =>
    statement(stored, () => {
      if (isOver(stored, transaction)) throw new DatabaseAway('the transaction is over');
      transaction.activeAt = stored.clock.now();
      return work();
    });
  return {
    read: (isLagging = false) =>
      run(() => ({ result: { ...(isLagging ? lagging(stored, row) : row), ...changes } })),
    /** An update with a condition, which holds when it has the lock. */
    update: (change: (row: Row) => Partial<Row>) =>
      run(() => {
        const holder = stored.locks.get(row);
        if (holder !== undefined && holder !== transaction && !isOver(stored, holder))
          return undefined;
        stored.locks.set(row, transaction);
        Object.assign(changes, change({ ...row, ...changes }));
        return { result: undefined };
      }),
    commit: () =>
      run(() => {
        Object.assign(row, changes);
        stored.history.get(row)?.push({ at: stored.clock.now(), row: { ...row } });
        end(stored, transaction, 'committed');
        stored.onCommit();
        return { result: undefined };
      }),
  };
}

/** Runs statements about one router in a transaction. Rejects if the database is away, though it may have committed. */
export async function transact<Result>(
  stored: Stored,
  id: string,
  work: (statements: ReturnType<typeof statementsOf>) => Promise<Result>,
): Promise<Result> {
  const { clock } = stored;
  const row = stored.rows.get(id);
  if (row === undefined) throw new Error(`There is no ${id}.`);
  const process = clock.current();
  const transaction: Transaction = {
    process,
    row,
    changes: {},
    state: 'open',
    activeAt: clock.now(),
  };
  const statements = statementsOf(stored, transaction);
  try {
    const result = await work(statements);
    await statements.commit();
    return result;
  } catch (error) {
    end(stored, transaction, 'aborted');
    throw error;
  }
}

type Connection = {
  id: string;
  connection_id: string;
  blockedIn: (revision: number) => string[];
  /** It reads from a standby that is behind: a fault. */
  isLagging: boolean;
};

/** As `createRouterStore` and the functions of the database have it. */
export function storeOf(stored: Stored, connection: Connection): RouterStore {
  const { id, connection_id, isLagging } = connection;
  const all: RouterStore['transact'] = (work) =>
    transact(stored, id, ({ read, update }) => {
      const ifCurrent = (change: (row: Row) => Partial<Row>) =>
        update((row) =>
          isCurrent(wantedOf(connection, row, undefined), connection_id) ? change(row) : {},
        );
      const rows: RouterRows = {
        find: async (known) => wantedOf(connection, await read(isLagging), known),
        markSeen: () => ifCurrent(() => ({})),
        forgetApplied: () => update(() => ({ applied_revision: 0 })),
        renew: (revision) =>
          ifCurrent((row) =>
            row.policy_revision === revision ? { policy_revision: revision + 1 } : {},
          ),
        storeApplied: async (revision) => {
          const applied = { applied_revision: revision, refused_revision: null };
          await ifCurrent((row) => (row.policy_revision >= revision ? applied : {}));
          return undefined;
        },
        storeRefused: (revision) => update(() => ({ refused_revision: revision })),
        storeUpdate: () => Promise.resolve(),
        recordFixed: () => Promise.resolve(),
      };
      return work(rows);
    });
  return {
    transact: all,
    alone: {
      find: (known) => all((rows) => rows.find(known)),
      storeApplied: (revision, refused) => all((rows) => rows.storeApplied(revision, refused)),
    },
  };
}

function wantedOf(
  { blockedIn }: Connection,
  { policy_revision, applied_revision, connection_id }: Row,
  known: number | undefined,
): DesiredState {
  const document = { ...OPEN_DOCUMENT, blocked: blockedIn(policy_revision) };
  return {
    policy_revision,
    applied_revision,
    connection_id,
    is_key_current: true,
    is_scan_wanted: false,
    wanted_update: null,
    plan:
      known === policy_revision
        ? undefined
        : { document, unable: [], renew_at: null, confirmed_renew_at: null },
  };
}

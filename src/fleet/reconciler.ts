/** Makes one connected router do what it is to do, and keeps it so. */
import { recordAudit } from '../activity/record-audit.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import type { Outcome } from './openwrt/channel.ts';
import type { RuleState } from './openwrt/messages.ts';
import { type ConnectionOf, markSeen } from '../routers/presence.ts';
import { forgetApplied } from '../routers/unlinking.ts';
import {
  type DesiredState,
  findDesiredState,
  storeApplied,
  storeRefused,
} from './desired-state.ts';

/** What a router says that it does: in `hello` and `status`. */
export type Report = { revision: number; state: RuleState; limiter: string };

export type ReconcilerOptions = {
  connection: ConnectionOf;
  /** Of the key that it logged in with, where it did. */
  fingerprint: Buffer | undefined;
  database: Database;
  /** The turns that all reconcilers take at the database. */
  gate: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Asks the router what it does; rejects, as `apply`, where the connection ends before the answer. */
  status: () => Promise<Report>;
  /** Sends a document. */
  apply: (revision: number, document: readonly string[]) => Promise<Outcome>;
  /** There is nothing to do for this connection any more. */
  onOver: (why: 'unlinked' | 'replaced') => void;
  onError: (error: unknown) => void;
  /** Milliseconds until it tries again after an error of the database. */
  retryDelay?: number;
};

export type Reconciler = ReturnType<typeof createReconciler>;

/**
 * One round at a time: it reads what is wanted now, and sends it where the router does something else.
 * Whatever happens meanwhile leads to one more round, which takes the newest; so bursts become one.
 * @param hello what the router said of itself when it connected
 */
export function createReconciler(options: ReconcilerOptions, hello: Report) {
  const {
    connection,
    fingerprint,
    database,
    gate,
    status,
    apply,
    onOver,
    onError,
    retryDelay = 1_000,
  } = options;
  /** The revision that the router has confirmed to this database, and does. Undefined: not known. */
  let confirmed: number | undefined;
  /** Refused: to be tried again with the next change, or the next report. */
  let refused: number | undefined;
  /** What the router said and was not heeded yet. */
  let report: Report | undefined = hello;
  let checks: PromiseWithResolvers<void>[] = [];
  /** What of its rules somebody had changed, until that is mended. */
  let drift: RuleState | undefined;
  let isRunning = false;
  let isWanted = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Set<() => void>();

  const inTenant = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    gate(() => tenantTransaction(database, connection.user_id, work));

  function look(): void {
    if (isOver) return;
    isWanted = true;
    if (!isRunning) void run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        await round();
      }
    } catch (error) {
      if (!isOver) {
        onError(error);
        timer = setTimeout(look, retryDelay);
      }
    } finally {
      isRunning = false;
    }
  }

  async function round(): Promise<void> {
    const asked = checks;
    checks = [];
    try {
      if (asked.length > 0) report = await status();
      await compare();
    } finally {
      for (const check of asked) check.resolve();
    }
  }

  async function compare(): Promise<void> {
    const news = report;
    const wanted = await (news === undefined
      ? gate(() => findDesiredState(database, connection, fingerprint))
      : inTenant(async (transaction) => {
          const found = await findDesiredState(transaction, connection, fingerprint);
          if (found !== undefined && isMine(found)) await takeReport(transaction, found, news);
          return found;
        }));
    report = undefined;
    if (wanted === undefined) return leave('unlinked');
    if (!isMine(wanted)) return leave('replaced');
    const { policy_revision: revision } = wanted;
    if (revision === confirmed || revision === refused) return tellWatchers();
    await send(revision, wanted.document);
    return tellWatchers();
  }

  /** Whether this connection counts, and the key that it was opened with. */
  function isMine({ connection_id, is_key_current }: DesiredState): boolean {
    return is_key_current && connection_id === connection.connection_id;
  }

  /** What it says it does counts where that is what it has confirmed to this database, and intact. */
  async function takeReport(
    transaction: TenantTransaction,
    { applied_revision }: DesiredState,
    { revision, state, limiter }: Report,
  ): Promise<void> {
    await markSeen(transaction, connection, limiter);
    refused = undefined;
    if (state === 'intact' && revision === applied_revision) {
      confirmed = revision;
      return;
    }
    confirmed = undefined;
    // A router that never confirmed anything has nothing to lose.
    if (applied_revision > 0 && state !== 'intact') drift = state;
    await forgetApplied(transaction, connection);
  }

  async function send(revision: number, document: readonly string[]): Promise<void> {
    const outcome = await apply(revision, document);
    if (!outcome.isApplied) {
      await inTenant((transaction) =>
        storeRefused(transaction, connection, revision, outcome.reason),
      );
      refused = revision;
      return;
    }
    if (drift === undefined) await gate(() => storeApplied(database, connection, revision));
    else await inTenant((transaction) => storeMended(transaction, revision, drift));
    confirmed = revision;
    drift = undefined;
  }

  async function storeMended(
    transaction: TenantTransaction,
    revision: number,
    found: RuleState | undefined,
  ): Promise<void> {
    await storeApplied(transaction, connection, revision);
    await recordAudit(
      transaction,
      { userId: connection.user_id, kind: 'system' },
      {
        action: 'router.drift_mended',
        routerId: connection.router_id,
        details: { found: found ?? null, policy_revision: revision },
      },
    );
  }

  function leave(why: 'unlinked' | 'replaced'): void {
    close();
    onOver(why);
  }

  function tellWatchers(): void {
    for (const watcher of watchers) watcher();
  }

  function close(): void {
    isOver = true;
    isWanted = false;
    clearTimeout(timer);
    for (const check of checks) check.resolve();
    tellWatchers();
  }

  return {
    /** Something may have changed: looks as soon as it can. Returns at once. */
    look,

    /**
     * Asks the router what it does, and mends it where that is not what it is to do. Resolves once that is
     * over, however it went: the database says.
     */
    check: (): Promise<void> => {
      if (isOver) return Promise.resolve();
      const check = Promise.withResolvers<void>();
      checks.push(check);
      look();
      return check.promise;
    },

    close,

    /** Waits until the router has answered to that revision, or a later one, or the time is over. */
    settled: async (revision: number, time: number): Promise<void> => {
      const done = Promise.withResolvers<void>();
      const check = () => {
        if (isOver || Math.max(confirmed ?? 0, refused ?? 0) >= revision) done.resolve();
      };
      const patience = setTimeout(done.resolve, time);
      watchers.add(check);
      check();
      await done.promise;
      watchers.delete(check);
      clearTimeout(patience);
    },
  };
}

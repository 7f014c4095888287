/** Makes one connected router do what its policy says, and keeps it so. */
import { within } from '../timeout.ts';
import {
  type Convergence,
  NOTHING_KNOWN,
  hasAnswered,
  isCurrent,
  isForgotten,
  nextStep,
  onApplied,
  onRefused,
  onReport,
  saysNothingNew,
} from './convergence.ts';
import type { DesiredState, Plan, Waited } from './desired-state.ts';
import type { Report, RouterSession } from './driver.ts';
import { type Renewal, createRenewal } from './renewal.ts';
import { createRounds } from './rounds.ts';
import type { RouterStore } from './router-store.ts';

/** Milliseconds until it tries again after an error of the database. */
const RETRY_DELAY = 1_000;
/** Milliseconds after which it is stored that a router was seen, though it says nothing new. */
const SEEN_EVERY = 15 * 60_000;

export type ReconcilerOptions = {
  store: RouterStore;
  connection_id: string;
  session: RouterSession;
  /** Somebody waits for a scan. */
  onScanWanted: () => void;
  /** A newer connection of the same key counts now, perhaps at another Commands-Server. */
  onReplaced: () => void;
  /** It has confirmed what it was to do. */
  onConfirmed?: ((waited: Waited) => void) | undefined;
  onError: (error: unknown) => void;
};

export interface Reconciler {
  /** Something may have changed: looks as soon as it can. */
  look: () => void;
  /** As `look`, if nothing is under way: who asks again and again need not ask for what is being done. */
  lookIfIdle: () => void;
  /** Asks the router what it does, and corrects that. Resolves when it is over, however it went: the database says. */
  check: () => Promise<void>;
  /** As `check`, but the database is not asked if the router says nothing new: thousands do so every minute. */
  checkQuietly: () => Promise<void>;
  /** Waits until the router has answered to that revision or a later one, for so many milliseconds at most. */
  settled: (revision: number, milliseconds: number) => Promise<void>;
  close: () => void;
}

/**
 * One round at a time: reads what is wanted now, and sends it if the router does something else. Whatever
 * happens in a round leads to one more, which takes the newest; so bursts become one.
 */
export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { session, onError } = options;
  let known = NOTHING_KNOWN;
  /** What the router has reported and was not compared with the database yet. */
  let report: Report | undefined = session.report;
  const checks = createChecks();
  const seen = createSeen(session.report);
  /** Something may have changed in the database. */
  let isWanted = false;
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;
  const { notify, settled } = createWatchers((revision) => isOver || hasAnswered(known, revision));
  const rounds = createRounds(
    async () => {
      if (isOver) return;
      const asked = checks.take();
      const mustCompare = isWanted;
      isWanted = false;
      try {
        if (asked.length > 0) report = await session.status();
        if (report !== undefined && !seen.isNews(known, report)) report = undefined;
        if (mustCompare || report !== undefined) await compare();
      } finally {
        checks.resolve(asked);
        notify();
      }
    },
    (error) => {
      if (isOver) return;
      onError(error);
      retry = setTimeout(look, RETRY_DELAY);
    },
  );
  const look = () => {
    isWanted = true;
    rounds.request();
  };
  const renewal = createRenewal(look);

  async function compare(): Promise<void> {
    const { wanted, ...found } = await readWanted(options, known, report, seen.isStored);
    known = found.known;
    if (report !== undefined) seen.note(report);
    report = undefined;
    const step = nextStep(known, wanted, options.connection_id);
    if (wanted?.is_scan_wanted === true && (step === 'send' || step === 'rest'))
      options.onScanWanted();
    if (step === 'send' && wanted?.plan !== undefined) {
      known = await send(options, known, wanted.policy_revision, wanted.plan);
      renewal.plan(wanted.plan.renew_at);
    } else if (step === 'rest' && wanted !== undefined && (await finish(options, renewal, wanted)))
      look();
    if (step !== 'unlink' && step !== 'replaced') return;
    close();
    end(options, step, wanted);
  }

  function close(): void {
    isOver = true;
    clearTimeout(retry);
    renewal.close();
    checks.resolve(checks.take());
    notify();
  }

  return {
    look,
    lookIfIdle: () => {
      if (rounds.isIdle()) look();
    },
    check: async () => {
      if (!isOver) await checks.ask(look);
    },
    checkQuietly: async () => {
      if (!isOver) await checks.ask(rounds.request);
    },
    settled,
    close,
  };
}

/** What comes after the policy, because what is blocked comes first. True if the policy has to be renewed. */
async function finish(
  options: ReconcilerOptions,
  renewal: Renewal,
  { plan, policy_revision, wanted_update }: DesiredState,
): Promise<boolean> {
  renewal.expect(plan?.confirmed_renew_at);
  const isRenewed = await renewIfDue(options, renewal, policy_revision);
  if (wanted_update !== null) await bringUpdate(options, wanted_update);
  return isRenewed;
}

/** Ends a connection that counts no more. */
function end(
  { session, onReplaced }: ReconcilerOptions,
  step: 'unlink' | 'replaced',
  wanted: DesiredState | undefined,
): void {
  if (step === 'unlink') session.unlink();
  else if (wanted?.is_key_current === true) onReplaced();
  else session.close('a newer key replaced it, or its user is inactive');
}

/** Those who wait until the router was asked. */
function createChecks() {
  const waiting: PromiseWithResolvers<void>[] = [];
  return {
    ask: async (request: () => void): Promise<void> => {
      const check = Promise.withResolvers<void>();
      waiting.push(check);
      request();
      await check.promise;
    },
    take: () => waiting.splice(0),
    resolve: (checks: readonly PromiseWithResolvers<void>[]): void => {
      for (const check of checks) check.resolve();
    },
  };
}

/** What the router said when that was stored last: with its connection, what it said then. */
function createSeen(first: Report) {
  let stored = { report: first, at: performance.now() };
  return {
    isNews: (known: Convergence, said: Report): boolean =>
      performance.now() - stored.at > SEEN_EVERY || !saysNothingNew(known, stored.report, said),
    isStored: (said: Report): boolean => said === stored.report,
    note: (report: Report): void => void (stored = { report, at: performance.now() }),
  };
}

/** Those who wait for the router's answer to a revision. `notify`: it may have come. */
function createWatchers(
  isSettled: (revision: number) => boolean,
): Pick<Reconciler, 'settled'> & { notify: () => void } {
  const watchers = new Set<() => void>();
  return {
    notify: () => {
      for (const watcher of watchers) watcher();
    },
    settled: async (revision, milliseconds) => {
      const answered = Promise.withResolvers<void>();
      const watcher = () => {
        if (isSettled(revision)) answered.resolve();
      };
      watchers.add(watcher);
      watcher();
      await within(milliseconds, answered.promise, () => undefined);
      watchers.delete(watcher);
    },
  };
}

type Found = { wanted: DesiredState | undefined; known: Convergence };

/** Reads what is wanted; stores what the router has reported, if that is new and this connection counts. */
async function readWanted(
  { store, connection_id }: ReconcilerOptions,
  known: Convergence,
  report: Report | undefined,
  isStored: (report: Report) => boolean,
): Promise<Found> {
  const wanted = await store.alone.find(known.confirmed);
  if (wanted === undefined) return { wanted, known };
  if (report === undefined) {
    if (!isForgotten(known, wanted)) return { wanted, known };
    return { wanted: await store.alone.find(undefined), known: { ...known, confirmed: undefined } };
  }
  if (!isCurrent(wanted, connection_id)) return { wanted, known };
  const { plan, policy_revision, applied_revision } = wanted;
  // What an earlier revision had is not known here.
  const least = policy_revision === report.revision ? plan?.document.blocked.length : undefined;
  const next = onReport(known, report, applied_revision, least);
  const mustForget = next.confirmed === undefined && (applied_revision > 0 || plan === undefined);
  if (!mustForget && isStored(report)) return { wanted, known: next };
  return store.transact(async (rows) => {
    if (!isStored(report)) await rows.markSeen(report);
    if (!mustForget) return { wanted, known: next };
    await rows.forgetApplied();
    // It was not compiled if it seemed to be known.
    return { wanted: plan === undefined ? await rows.find(undefined) : wanted, known: next };
  });
}

/** Raises the revision if what the router has been sent ends now. */
async function renewIfDue(
  { store }: ReconcilerOptions,
  renewal: Renewal,
  revision: number,
): Promise<boolean> {
  if (!renewal.isDue()) return false;
  await store.transact((rows) => rows.renew(revision));
  renewal.plan(null);
  return true;
}

/** Brings the router a newer agent, and stores what became of it. */
async function bringUpdate({ store, session }: ReconcilerOptions, version: string): Promise<void> {
  // Before it is sent: if that ends the connection, it is not tried again and again.
  await store.transact((rows) => rows.storeUpdate(version, 'sending'));
  const state = await session.update(version);
  await store.transact((rows) => rows.storeUpdate(version, state));
}

/** Has the router do it, and stores its answer. */
async function send(
  { store, session, onConfirmed }: ReconcilerOptions,
  known: Convergence,
  revision: number,
  { document, unable }: Plan,
): Promise<Convergence> {
  const { drift } = known;
  const outcome = await session.apply(revision, document);
  if (!outcome.isApplied) {
    await store.transact((rows) => rows.storeRefused(revision, outcome.reason));
    return onRefused(known, revision);
  }
  const refused = [...outcome.refused, ...unable];
  const waited =
    drift === undefined
      ? await store.alone.storeApplied(revision, refused)
      : await store.transact(async (rows) => {
          const fixed = await rows.storeApplied(revision, refused);
          await rows.recordFixed(revision, drift);
          return fixed;
        });
  if (waited !== undefined) onConfirmed?.(waited);
  return onApplied(revision);
}

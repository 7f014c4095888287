/** A node's lease: renewed again and again, and what others hold whose lease is over is ended. */
import { randomUUID } from 'node:crypto';
import { repeat } from '../repeat.ts';
import type { LeaseReport } from '../routers/leases.ts';
import { within } from '../timeout.ts';

/** Milliseconds between two renewals, and how long one may take. A lease is over after five seconds. */
export const RENEW_EVERY = 1_000;
const LONGEST_RENEWAL = 3_000;
/** For so many milliseconds a process must have reached the database itself before it says that another node is gone. */
const TRUSTED_AFTER = 10_000;
/** Who has not reached it for so long begins to count anew. */
const LOST_AFTER = 5_000;

/** What the database does for a lease: routers/leases.ts. */
export interface LeaseStore {
  begin: (holder: LeaseHolder) => Promise<void>;
  renew: (holder: LeaseHolder, report: LeaseReport) => Promise<boolean>;
  end: (holder: LeaseHolder) => Promise<void>;
  /** Ends what nodes held whose lease is over, but this one's. */
  endLost: (node: string | undefined) => Promise<void>;
}

export type LeaseHolder = { node: string; instance: string };

/** Whether this process has reached the database long enough: after a failover nobody's lease is younger than that. */
export interface Contact {
  reached: () => void;
  lost: () => void;
  isTrusted: () => boolean;
  /** For how many milliseconds it could not be reached; 0: it can be. */
  lostFor: () => number;
}

export function createContact(now: () => number, trustedAfter = TRUSTED_AFTER): Contact {
  let since: number | undefined;
  let latest = now();
  let lostSince: number | undefined;
  return {
    reached: () => {
      if (since === undefined || now() - latest > LOST_AFTER) since = now();
      latest = now();
      lostSince = undefined;
    },
    lost: () => {
      since = undefined;
      // Who stood still for longer has not tried.
      lostSince ??= Math.max(latest, now() - LOST_AFTER);
    },
    lostFor: () => (lostSince === undefined ? 0 : now() - lostSince),
    isTrusted: () => since !== undefined && now() - since >= trustedAfter,
  };
}

export type LeaseOptions = {
  store: LeaseStore;
  /** host:port. */
  node: string;
  connections: () => number;
  /** Its connections count no more: another process has its name, and it goes on under a new one. */
  onReplaced: (name: string) => void;
  onError: (error: unknown) => void;
  /** Milliseconds of a clock that only goes on. */
  now?: () => number;
  trustedAfter?: number | undefined;
};

export interface Lease extends Readonly<LeaseHolder> {
  contact: Pick<Contact, 'isTrusted' | 'lostFor'>;
  /** Says in the lease what is other than before. */
  announce: (changed: Partial<Pick<LeaseReport, 'state' | 'address'>>) => Promise<void>;
  /** The node has let its routers go. */
  end: () => Promise<void>;
}

/** Takes it, and renews it until it is ended. Rejects if the database cannot be reached. */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const { store, onReplaced, onError, now = () => performance.now() } = options;
  const holder: LeaseHolder = { node: options.node, instance: randomUUID() };
  const report: Omit<LeaseReport, 'connections'> = { state: 'ready', address: null };
  const contact = createContact(now, options.trustedAfter);
  const renewals = new Set<Promise<void>>();
  let ending: Promise<void> | undefined;

  async function renew(): Promise<void> {
    const isHeld = await store.renew(holder, { ...report, connections: options.connections() });
    contact.reached();
    if (isHeld) return;
    // Its own for good: this instance alone has that name.
    holder.node = `${options.node}/${holder.instance}`;
    onReplaced(holder.node);
    await store.begin(holder);
  }

  const renewInTime = () => {
    const renewal = renew();
    renewals.add(renewal);
    const forget = () => void renewals.delete(renewal);
    renewal.then(forget, forget);
    return within(LONGEST_RENEWAL, renewal, () => {
      throw new Error('The lease could not be renewed in time.');
    });
  };

  const fail = (error: unknown) => {
    contact.lost();
    onError(error);
  };

  await store.begin(holder);
  const stop = repeat(
    async () => {
      await renewInTime();
      // The next renewal does not wait for it: if no answer came, this node would lose its lease, too.
      if (contact.isTrusted())
        ending ??= store
          .endLost(holder.node)
          .catch(fail)
          .finally(() => (ending = undefined));
    },
    RENEW_EVERY,
    fail,
  );
  return {
    get node() {
      return holder.node;
    },
    instance: holder.instance,
    contact,
    announce: async (changed) => {
      Object.assign(report, changed);
      await renewInTime().catch(onError);
    },
    end: async () => {
      stop();
      // One that comes after the end would begin it again.
      await within(LONGEST_RENEWAL, Promise.allSettled(renewals), () => undefined);
      await store.end(holder);
    },
  };
}

/** What a router is and how it is: stored as it says it, the latest only. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { pick } from '../pick.ts';

/** Whether a router reaches the internet itself; `none`: another one does that for it. */
export const INTERNET = ['up', 'down', 'none'] as const;

/** What forwards packets past the firewall. */
export const OFFLOADING = ['off', 'software', 'hardware'] as const;

export type ReportedFacts = {
  model: string | null;
  release: string | null;
  /** Seconds. */
  uptime: number;
  /** Processes that wanted to run, on average of the last minute. */
  load: number;
  /** Bytes. */
  memory_total: number;
  memory_available: number;
  internet: (typeof INTERNET)[number];
  /** The addresses of its way out: the home's, for its owner alone. */
  public_ip4: string | null;
  public_ip6: string | null;
  offloading: (typeof OFFLOADING)[number];
};

const STORED = [
  'model',
  'release',
  'load',
  'memory_total',
  'memory_available',
  'internet',
  'public_ip4',
  'public_ip6',
  'offloading',
] as const;

/** Replaces what was stored. Does nothing if the user does not have the router. */
export async function recordFacts(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  facts: ReportedFacts,
): Promise<void> {
  const row = {
    ...pick(facts, STORED),
    reported_at: sql<string>`now()`,
    booted_at: sql<string>`date_trunc('second', now() - make_interval(secs => ${facts.uptime}))`,
  };
  await transaction
    .insertInto('router_facts')
    .values({ user_id, router_id, ...row })
    .onConflict((conflict) => conflict.columns(['user_id', 'router_id']).doUpdateSet(row))
    .execute();
}

export type StoredFacts = Omit<ReportedFacts, 'uptime'> & {
  reported_at: string;
  booted_at: string;
};

/** What a router last said of itself. Throws NotFoundError if it has said nothing. */
export async function findFacts(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<StoredFacts> {
  const { rows } = await sql<StoredFacts>`
    select reported_at, booted_at, model, release, load, memory_total, memory_available, internet,
      host(public_ip4) as public_ip4, host(public_ip6) as public_ip6, offloading
    from router_facts where user_id = ${user_id} and router_id = ${router_id}`.execute(transaction);
  const [facts] = rows;
  if (facts === undefined) throw new NotFoundError('router that has told its facts', router_id);
  return facts;
}

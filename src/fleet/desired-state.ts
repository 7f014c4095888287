import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { inOrder } from '../database/places.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../activity/record-event.ts';
import type { Rules } from '../policy/rules.ts';
import { targetOf } from '../policy/refused-lines.ts';
import type { RefusedLine } from './driver.ts';
import type { HomeRows } from '../access/load-home.ts';
import {
  type Compiled,
  type DocumentInput,
  type DocumentTarget,
  compileDocument,
  renewalOf,
} from '../policy/compile.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { routerHome } from '../policy/router-home.ts';
import type { Feature } from '../routers/features.ts';
import { type ConnectionOf, isCounting } from '../routers/presence.ts';

/** What a router must do, and what it was last known to do. */
export type DesiredState = {
  policy_revision: number;
  applied_revision: number;
  /** The connection that counts; another one has been replaced. */
  connection_id: string | null;
  /** False if a newer key of the router has replaced the one that it connected with, or its user is inactive. */
  is_key_current: boolean;
  /** Whether somebody waits for a scan. */
  is_scan_wanted: boolean;
  /** The version of a newer agent that somebody asked for; null: nobody did, or it is on its way. */
  wanted_update: string | null;
  /** Undefined if the revision is the known one. */
  plan: Plan | undefined;
};

/** What a router is sent. */
export type Plan = {
  document: PolicyDocument;
  /** Of how many blocks, entries of lists and devices it was compiled. */
  size: number;
  /** What the router's agent cannot do of what was decided. */
  unable: RefusedLine[];
  /** When another document must follow this one, in seconds of the epoch; null: never, if nobody changes anything. */
  renew_at: number | null;
  /** The same of the one that the router has confirmed, if it has the same revision. */
  confirmed_renew_at: number | null;
};

type DesiredRow = Rules &
  Omit<DesiredState, 'plan'> & {
    place: number;
    applied_at: number | null;
    has_ended: boolean;
    home_id: string;
    home: HomeRows | null;
    blocks: DocumentTarget[] | null;
    listed: DocumentTarget[] | null;
    own: string[] | null;
  };

/** A router, and what is known of it: with which key it connected, and what kind of agent it has. */
export type Asked = OfRouter & {
  /** Of the key that the router connected with; undefined if it was dialled. */
  fingerprint: Buffer | undefined;
  features: ReadonlySet<Feature>;
  /** Of this revision nothing is compiled. */
  known?: number | undefined;
};

/** A document may have been compiled so many seconds before the router confirmed it: a long one takes its time. */
const LONGEST_DELIVERY = 900;

/** What each of many routers must do, in one statement. Undefined for those that are unlinked or deleted. */
export async function findDesiredStates(
  database: Database,
  all: readonly Asked[],
): Promise<(DesiredState | undefined)[]> {
  const asked = all.map(({ user_id, router_id, fingerprint, known }) => {
    return { user_id, router_id, fingerprint: fingerprint?.toString('hex'), known };
  });
  const { rows } = await sql<DesiredRow>`${PREPARED}
    select place, policy_revision, applied_revision, connection_id, is_key_current, is_scan_wanted, wanted_update, mode,
      whitelist_limit_rate, whitelist_full_rate, blacklist_limit_rate, blacklist_full_rate, applied_at, has_ended, home_id, home,
      blocks, listed, own
    from desired_states(${JSON.stringify(asked)}::jsonb)`.execute(database);
  const found = inOrder(all.length, rows);
  return all.map((router, index) => {
    const row = found[index];
    return row && stateOf(row, router);
  });
}

function stateOf(row: DesiredRow, { router_id, features }: Asked): DesiredState {
  const { blocks, listed, own, home, home_id, applied_at, has_ended, ...rest } = row;
  if (blocks === null || listed === null || own === null) return { ...rest, plan: undefined };
  const input: DocumentInput = {
    rules: row,
    blocks,
    listed,
    own,
    home: home === null ? undefined : routerHome(home, { home_id, router_id, mode: row }, listed),
    features,
    instant: Math.floor(Date.now() / 1_000),
  };
  return { ...rest, plan: planOf(input, applied_at ?? input.instant, has_ended) };
}

function planOf(input: DocumentInput, applied_at: number, hasEnded: boolean): Plan {
  const { blocks, listed, home } = input;
  const { document, unable } = compileDocument(input);
  // An agent without a clock still does what a rule said that is over.
  const isOver = hasEnded && !input.features.has('time');
  return {
    document,
    size: blocks.length + listed.length + (home?.devices.length ?? 0),
    unable: unable.map(refusalOf),
    renew_at: renewalOf(input, input.instant),
    confirmed_renew_at: isOver ? input.instant : renewalOf(input, applied_at - LONGEST_DELIVERY),
  };
}

function refusalOf({ device, down, up }: Compiled['unable'][number]): RefusedLine {
  return { line: `rate ${device} ${down ?? '-'} ${up ?? '-'}`, reason: 'agent' };
}

/**
 * Raises the revision because time has passed: what the router has been sent says nothing of what comes now. Not if somebody else has
 * raised it, or the connection counts no more.
 */
export async function renewPolicy(
  transaction: TenantTransaction,
  { user_id, router_id, connection_id }: OfRouter & { connection_id: string },
  revision: number,
): Promise<void> {
  await sql`
    update router_policies p set policy_revision = p.policy_revision + 1
    from user_routers r
    where r.user_id = p.user_id and r.router_id = p.router_id and r.connection_id = ${connection_id}
      and p.user_id = ${user_id} and p.router_id = ${router_id} and p.policy_revision = ${revision}`.execute(
    transaction,
  );
}

/** Of the lines that a router refuses, so many are stored. */
const MOST_REFUSED = 100;

/** For how many seconds a router had something to do, and whether it was connected all that time. */
export type Waited = { seconds: number; wasConnected: boolean };

/** What a router has confirmed on one of its connections. */
export type Confirmed = OfRouter & {
  connection_id: string;
  revision: number;
  refused: readonly RefusedLine[];
};

/**
 * Many routers have confirmed revisions: one commit. Nothing is stored of a connection that counts no more.
 * @param longestWait for a row that somebody else holds, as PostgreSQL writes it: then it throws
 * @returns of each, how long that took; undefined if nothing was to be confirmed
 */
export async function storeAllApplied(
  database: Database,
  all: readonly Confirmed[],
  longestWait: string | null,
): Promise<(Waited | undefined)[]> {
  const confirmed = all.map(({ user_id, router_id, connection_id, revision, refused }) => {
    return { user_id, router_id, connection_id, revision, refused: linesOf(refused) };
  });
  const { rows } = await sql<{ place: number; waited: number; was_connected: boolean }>`${PREPARED}
    select place, waited, was_connected from confirm_revisions(${JSON.stringify(confirmed)}::jsonb, ${longestWait})`.execute(
    database,
  );
  return inOrder(all.length, rows).map(
    (row) => row && { seconds: row.waited, wasConnected: row.was_connected },
  );
}

function linesOf(refused: readonly RefusedLine[]) {
  return refused
    .slice(0, MOST_REFUSED)
    .map(({ line, reason }) => ({ line, reason, address: targetOf(line).address }));
}

/** The router refused a revision; what it did before still holds. Stores nothing of a connection that counts no more. */
export async function storeRefused(
  transaction: TenantTransaction,
  connection: ConnectionOf,
  revision: number,
  reason: string,
): Promise<void> {
  const { user_id, router_id } = connection;
  const { numUpdatedRows } = await transaction
    .updateTable('router_policies')
    .set({ refused_revision: revision, refused_reason: reason })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .where(isCounting(connection))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return;
  const data = { policy_revision: revision, reason };
  await recordEvent(transaction, 'policy.refused', { router_id }, data);
}

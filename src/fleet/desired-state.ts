import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../activity/record-event.ts';
import type { Rules } from '../policy/rules.ts';
import { targetOf } from '../policy/refused-lines.ts';
import type { RefusedLine } from './driver.ts';
import { type DocumentTarget, type PolicyDocument, compileDocument } from '../policy/document.ts';

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
  document: PolicyDocument;
};

type DesiredRow = Rules &
  Omit<DesiredState, 'document'> & {
    blocks: DocumentTarget[];
    listed: DocumentTarget[];
    own: string[];
  };

/**
 * What a router must do. Undefined if it is unlinked or deleted. One round trip: desired_state() makes the
 * transaction the user's.
 * @param fingerprint of the key that it connected with; undefined if it was dialled
 */
export async function findDesiredState(
  database: Database,
  { user_id, router_id }: OfRouter,
  fingerprint: Buffer | undefined,
): Promise<DesiredState | undefined> {
  const { rows } = await sql<DesiredRow>`
    select * from desired_state(${user_id}, ${router_id}, ${fingerprint ?? null})`.execute(
    database,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { blocks, listed, own, ...rest } = row;
  return { ...rest, document: compileDocument({ rules: row, blocks, listed, own }) };
}

/** Of the lines that a router refuses, so many are stored. */
const MOST_REFUSED = 100;

/**
 * The router has confirmed a revision, but for some lines; those who watch hear of it. Does nothing if the policy never had that
 * one. One round trip, as above.
 */
export async function storeApplied(
  database: Database,
  { user_id, router_id }: OfRouter,
  revision: number,
  refused: readonly RefusedLine[],
): Promise<void> {
  const lines = refused
    .slice(0, MOST_REFUSED)
    .map(({ line, reason }) => ({ line, reason, address: targetOf(line).address }));
  await sql`
    select confirm_revision(${user_id}, ${router_id}, ${revision}, ${JSON.stringify(lines)}::jsonb)`.execute(
    database,
  );
}

/** The router refused a revision; what it did before still holds. */
export async function storeRefused(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  revision: number,
  reason: string,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set({ refused_revision: revision, refused_reason: reason })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .execute();
  const data = { policy_revision: revision, reason };
  await recordEvent(transaction, 'policy.refused', { router_id }, data);
}

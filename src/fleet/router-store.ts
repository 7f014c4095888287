/** What the reconciler reads and writes of its router. */
import { recordAudit } from '../activity/record-audit.ts';
import type { Database } from '../database/pool.ts';
import { type ConnectionOf, counts, markSeen } from '../routers/presence.ts';
import { forgetApplied } from '../routers/unlinking.ts';
import { type UpdateState, storeUpdate } from '../routers/update-requests.ts';
import {
  type Asked,
  type DesiredState,
  type Waited,
  findDesiredStates,
  renewPolicy,
  storeAllApplied,
  storeRefused,
} from './desired-state.ts';
import type { Confirm } from './confirmations.ts';
import type { Find } from './lookups.ts';
import type { RefusedLine, Report, RuleState } from './driver.ts';
import type { RouterDatabase } from './router-database.ts';

/** One connection's rows. What is said of a connection that counts no more is not stored. */
export interface RouterRows {
  /** Undefined if the router is unlinked or deleted. @param known of this revision nothing is compiled */
  find: (known: number | undefined) => Promise<DesiredState | undefined>;
  markSeen: (report: Report) => Promise<void>;
  forgetApplied: () => Promise<void>;
  renew: (revision: number) => Promise<void>;
  storeApplied: (revision: number, refused: readonly RefusedLine[]) => Promise<Waited | undefined>;
  storeRefused: (revision: number, reason: string) => Promise<void>;
  storeUpdate: (version: string, state: UpdateState) => Promise<void>;
  recordFixed: (revision: number, found: RuleState) => Promise<void>;
}

export interface RouterStore {
  /** In one transaction. */
  transact: <Result>(work: (rows: RouterRows) => Promise<Result>) => Promise<Result>;
  /** Each in one round trip. */
  alone: Pick<RouterRows, 'find' | 'storeApplied'>;
}

/** A home larger than this takes long to read: nobody else waits for it. */
const MOST_TOGETHER = 1_000;

/** In PostgreSQL. */
export function createRouterStore(
  { database, find, confirm }: { database: RouterDatabase; find: Find; confirm: Confirm },
  connection: ConnectionOf,
  reader: Pick<Asked, 'fingerprint' | 'features'>,
): RouterStore {
  const { user_id, router_id } = connection;
  const asked = { user_id, router_id, ...reader };
  let size = 0;
  const findAlone = async (shared: Database, known: number | undefined) => {
    const [wanted] = await findDesiredStates(shared, [{ ...asked, known }]);
    return wanted;
  };
  return {
    transact: (work) =>
      database.asUser(user_id, (transaction) =>
        work({
          find: (known) => findAlone(transaction, known),
          markSeen: (report) => markSeen(transaction, connection, report),
          forgetApplied: () => forgetApplied(transaction, connection),
          renew: (revision) => renewPolicy(transaction, connection, revision),
          storeApplied: async (revision, refused) => {
            const confirmed = { ...connection, revision, refused };
            const [waited] = await storeAllApplied(transaction, [confirmed], null);
            return waited;
          },
          storeRefused: (revision, reason) =>
            storeRefused(transaction, connection, revision, reason),
          storeUpdate: (version, state) => storeUpdate(transaction, connection, version, state),
          recordFixed: async (policy_revision, found) => {
            if (!(await counts(transaction, connection))) return;
            const details = { found, policy_revision };
            const actor = { userId: user_id, kind: 'system' } as const;
            await recordAudit(transaction, actor, 'router.drift_mended', { router_id }, details);
          },
        }),
      ),
    alone: {
      find: async (known) => {
        const wanted = await (size > MOST_TOGETHER
          ? database.runFor(user_id, (shared) => findAlone(shared, known))
          : find({ ...asked, known }));
        size = wanted?.plan?.size ?? size;
        return wanted;
      },
      storeApplied: (revision, refused) => confirm({ ...connection, revision, refused }),
    },
  };
}

/** What is wanted of a connected router besides its policy: live usage, whose answers to measure, a device to wake. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import { HEALTH_TARGETS } from '../routers/health.ts';
import type { RouterSession } from './driver.ts';
import { type Rounds, createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';

type Wanted = {
  usage_seconds: number | null;
  /** Null: nobody has chosen. */
  health_targets: string[] | null;
  wake: string[];
};

/** Each round reads what is wanted, and asks the router for it; whose answers to measure only if they are others. */
export function createRequests(
  database: RouterDatabase,
  router: OfRouter,
  session: RouterSession,
  onError: (error: unknown) => void,
): Rounds {
  let told = '';
  return createRounds(async () => {
    const wanted = await database.runFor(router.user_id, async (shared) => {
      const { rows } = await sql<Wanted>`
        select * from take_requests(${router.user_id}, ${router.router_id})`.execute(shared);
      return rows[0];
    });
    if (wanted === undefined) return;
    const targets = wanted.health_targets ?? HEALTH_TARGETS;
    if (told !== targets.join(' ')) session.ask({ kind: 'health', targets });
    told = targets.join(' ');
    if (wanted.usage_seconds !== null && wanted.usage_seconds > 0)
      session.ask({ kind: 'usage', seconds: wanted.usage_seconds });
    for (const mac of wanted.wake) session.ask({ kind: 'wake', mac });
  }, onError);
}

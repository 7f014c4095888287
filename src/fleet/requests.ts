/** What is wanted of a connected router besides its policy: live usage, whose answers to measure, a device to wake. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import { PREPARED } from '../database/prepared.ts';
import { HEALTH_TARGETS } from '../routers/health.ts';
import type { Welcome } from '../routers/presence.ts';
import type { RouterSession } from './driver.ts';
import { type Rounds, createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';

type Wanted = Pick<Welcome, 'health_targets'> & {
  usage_seconds: number | null;
  wake: string[];
};

export type Requests = Pick<Rounds, 'request' | 'idle'> & {
  /** The router has connected: the database is asked only if it has something. */
  begin: (welcome: Welcome) => void;
};

/** Each round reads what is wanted, and asks the router for it; whose answers to measure only if they are others. */
export function createRequests(
  database: RouterDatabase,
  router: OfRouter,
  session: RouterSession,
  onError: (error: unknown) => void,
): Requests {
  let told = '';
  const measure = (health_targets: string[] | null) => {
    const targets = health_targets ?? HEALTH_TARGETS;
    if (told !== targets.join(' ')) session.ask({ kind: 'health', targets });
    told = targets.join(' ');
  };
  const rounds = createRounds(async () => {
    const wanted = await database.runFor(router.user_id, async (shared) => {
      const { rows } = await sql<Wanted>`${PREPARED}
        select usage_seconds, health_targets, wake from take_requests(${router.user_id}, ${router.router_id})`.execute(
        shared,
      );
      return rows[0];
    });
    if (wanted === undefined) return;
    measure(wanted.health_targets);
    if (wanted.usage_seconds !== null && wanted.usage_seconds > 0)
      session.ask({ kind: 'usage', seconds: wanted.usage_seconds });
    for (const mac of wanted.wake) session.ask({ kind: 'wake', mac });
  }, onError);
  return {
    request: rounds.request,
    idle: rounds.idle,
    begin: ({ health_targets, is_asked }) => {
      measure(health_targets);
      if (is_asked) rounds.request();
    },
  };
}

/** What routers cost that say nothing new: no commit, and nothing that the database is asked for any of them. */
import { expect, onTestFinished, test } from 'vitest';
import { linkRouter } from '../../testing/agent.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';
import { NO_FEATURES } from '../routers/features.ts';
import type { Report, RouterSession } from './driver.ts';

const database = await createTestDatabase();
const ROUTERS = 5;
/** Of a node, whatever it holds. */
const OF_THE_NODE = /_lease\(|end_lost_connections|note_missed|pending_routers|ended_connections/;
/** There is one for each ten questions. */
const OF_SCANS = /record_scan|finish_scan/;

/** A router that does what it is told and says nothing else; `asked` counts how often it was asked. */
function quietRouter() {
  const ended = Promise.withResolvers<string>();
  let report: Report = { revision: 0, state: 'none', limiter: 'nft', clock: null };
  const counts = { asked: 0, scans: 0 };
  const session: RouterSession = {
    capabilities: { version: '2', limiter: 'nft', lan: '02:00:00:00:00:fe', features: NO_FEATURES },
    report,
    ended: ended.promise,
    status: async () => {
      counts.asked += 1;
      return report;
    },
    apply: async (revision) => {
      report = { ...report, revision, state: 'intact' };
      return { isApplied: true, refused: [] };
    },
    scan: async () => {
      counts.scans += 1;
      return [];
    },
    update: async () => 'not-here',
    ask: () => undefined,
    watch: () => undefined,
    unlink: () => ended.resolve('unlinked'),
    redial: ended.resolve,
    move: (_to, reason) => ended.resolve(reason),
    close: ended.resolve,
  };
  return { session, counts };
}

test('idle routers are asked again and again, without a commit for any of them', async () => {
  const statements: string[] = [];
  const { database: service, close } = openDatabase(database.addresses.service, {
    role: SERVICE_ROLE,
    echo: (statement) => statements.push(statement),
  });
  onTestFinished(close);
  const server = await startTestCommandsServer({ ...database, service }, { checkEvery: 20 });
  const routers = Array.from({ length: ROUTERS }, quietRouter);
  for (const { session } of routers) {
    const { userId, routerId } = await linkRouter(database);
    const router = { user_id: userId, router_id: routerId, fingerprint: undefined };
    void server.connections.hold(router, session);
  }
  const sum = (of: 'asked' | 'scans') => routers.reduce((all, { counts }) => all + counts[of], 0);
  // What follows from connecting is over then: the first scan, and the first answer after the policy.
  await expect.poll(() => sum('asked')).toBeGreaterThan(30 * ROUTERS);
  const before = { asked: sum('asked'), scans: sum('scans'), statements: statements.length };
  await expect.poll(() => sum('asked')).toBeGreaterThan(before.asked + 300);
  const since = statements.slice(before.statements);
  const of = (what: RegExp) => since.filter((statement) => what.test(statement));
  expect(
    since.filter((statement) => !OF_THE_NODE.test(statement) && !OF_SCANS.test(statement)),
  ).toEqual([]);
  // Those under way before are stored now.
  expect(of(OF_SCANS).length).toBeLessThanOrEqual(2 * (sum('scans') - before.scans + ROUTERS));
});

/** What the statements of the fleet do in the model of the database: as src/database/functions/ and src/fleet/ have them. */
import type { Home, LeaseRow, RouterRow, Work } from './database.ts';
import { requireFence, requireLost } from './invariants.ts';
import { deviceOf } from './router.ts';

/** A lease is over so many milliseconds after its last renewal. */
const LEASE = 5_000;

/** What a statement was given: by its place, and by the name of the column that it is compared with, or set to. */
type Given = { at: readonly unknown[]; named: (column: string) => string };

type Statement = (work: Work, given: Given) => object[];

/** By what is in its text; the first that fits counts. */
const STATEMENTS: [text: string, statement: Statement][] = [
  ['change_policy(', changePolicy],
  ['select set_config', () => [{}]],
  ['insert into "events"', () => [{}]],
  ['insert into audit_entries', () => [{}]],
  ['update router_outages', () => []],
  ['end_away(', () => [{}]],
  ['begin_away(', () => [{}]],
  ['end_presence(', () => [{}]],
  ['take_requests(', () => []],
  ['finish_scan(', () => [{}]],
  ['note_missed_routers(', () => [{}]],
  ['set rival_lan_mac', () => []],

  ['key_holder(', findKey],
  ['record_scan(', recordScan],

  ['begin_lease(', beginLease],
  ['renew_lease(', renewLease],
  ['end_lease(', endLease],
  ['end_lost_connections(', endLostConnections],
  ['living_commands_servers(', livingNodes],

  ['pending_routers(', pendingRouters],
  ['ended_connections(', endedConnections],
  ['connected_anew(', connectedAnew],

  ['mark_connected(', markConnected],
  ['"is_connected" =', markDisconnected],
  ['set last_seen = now()', markSeen],
  ['select is_counting(', isCounting],
  ['desired_states(', desiredStates],
  ['confirm_revisions(', confirmRevisions],
  ['"applied_revision" =', forgetApplied],
];

const known = new Map<
  string,
  { statement: Statement; columns: [column: string, place: number][] }
>();

/** Does what a statement says. Throws for one that the model does not know. */
export function runStatement(work: Work, text: string, parameters: readonly unknown[]): object[] {
  const { statement, columns } = known.get(text) ?? learn(text);
  const named = (column: string) => {
    const place = columns.findLast(([name]) => name === column)?.[1];
    return String(place === undefined ? undefined : parameters[place - 1]);
  };
  return statement(work, { at: parameters, named });
}

function learn(text: string) {
  const found = STATEMENTS.find(([part]) => text.includes(part));
  if (found === undefined) throw new Error(`The model of the database does not know: ${text}`);
  const columns = [...text.matchAll(/"?(\w+)"? = \$(\d+)/g)].map(
    ([, column = '', place]): [string, number] => [column, Number(place)],
  );
  const learnt = { statement: found[1], columns };
  known.set(text, learnt);
  return learnt;
}

function homeOf({ stored }: Work, userId: unknown): Home {
  const home = stored.homes.get(String(userId));
  if (home === undefined) throw new Error(`There is no user ${String(userId)}.`);
  return home;
}

/** Writes what a router has said on a connection. */
function write<Row extends object>(work: Work, home: Home, row: Row, change: Partial<Row>): void {
  requireFence(work, home);
  work.write(row, change);
}

/** Somebody decides something else. */
function changePolicy(work: Work, { at: [user] }: Given): object[] {
  const { policy } = homeOf(work, user);
  work.lock(policy);
  const policy_revision = work.read(policy).policy_revision + 1;
  work.write(policy, { policy_revision });
  return [{ policy_revision }];
}

function findKey(work: Work, { at: [fingerprint] }: Given): object[] {
  const { user_id, router_id } = homeOf(work, fingerprint).router;
  return [{ state: 'linked', user_id, router_id }];
}

function recordScan(work: Work, { at }: Given): object[] {
  const home = homeOf(work, at[0]);
  if (work.read(home.router).connection_id !== at.at(-1)) return [];
  work.lock(home.router);
  work.lock(home.policy);
  return [{ discovered: 0, came_online: 0, went_offline: 0, moved: 0, raised_revision: null }];
}

function connectedTo({ stored }: Work, node: string): RouterRow[] {
  return [...stored.homes.values()]
    .map(({ router }) => router)
    .filter(({ connected_node }) => connected_node === node);
}

function endConnections(work: Work, routers: readonly RouterRow[]): void {
  for (const router of routers)
    work.write(router, { connection_id: null, connected_node: null, holder: undefined });
}

function beginLease(work: Work, { at }: Given): object[] {
  const [node, instance] = at.map(String);
  if (node === undefined || instance === undefined) return [];
  endConnections(work, connectedTo(work, node));
  work.stored.leases.set(node, leaseOf(work, node, instance, 'ready'));
  return [{}];
}

function leaseOf({ stored }: Work, node: string, instance: string, state: string): LeaseRow {
  return { node, instance, seen_at: stored.clock.now(), state };
}

function renewLease(work: Work, { at }: Given): object[] {
  const [node, instance] = at.map(String);
  const { leases } = work.stored;
  if (node === undefined || instance === undefined) return [];
  const is_renewed = (leases.get(node)?.instance ?? instance) === instance;
  const state = at[2] === true ? 'draining' : 'ready';
  if (is_renewed) leases.set(node, leaseOf(work, node, instance, state));
  return [{ is_renewed }];
}

function endLease(work: Work, { at }: Given): object[] {
  const [node, instance] = at.map(String);
  const { leases } = work.stored;
  if (node === undefined || leases.get(node)?.instance !== instance) return [];
  endConnections(work, connectedTo(work, node));
  leases.delete(node);
  return [{}];
}

function endLostConnections(work: Work, { at: [by] }: Given): object[] {
  const { leases, clock } = work.stored;
  let ended = 0;
  for (const { node, seen_at } of leases.values()) {
    if (seen_at >= clock.now() - LEASE || node === by) continue;
    const held = connectedTo(work, node);
    // Not those that somebody else connects at this moment.
    const lost = held.filter((router) => !work.isLocked(router));
    for (const router of lost) requireLost(work, router);
    endConnections(work, lost);
    if (held.length === 0) leases.delete(node);
    ended += lost.length;
  }
  return [{ ended }];
}

function livingNodes({ stored }: Work): object[] {
  return [...stored.leases.values()]
    .filter(({ seen_at }) => seen_at >= stored.clock.now() - LEASE)
    .map(({ node, instance, state }) => ({ node, instance, state, connections: 0, address: null }));
}

function pendingRouters(work: Work, { at: [node] }: Given): object[] {
  return [...work.stored.homes.values()]
    .filter(
      ({ router, policy: { applied_revision, policy_revision, refused_revision } }) =>
        router.connected_node === node &&
        applied_revision < policy_revision &&
        refused_revision !== policy_revision,
    )
    .map(({ router: { user_id, router_id } }) => ({ user_id, router_id, is_ask: false }));
}

function endedConnections(work: Work, { at: [node, held] }: Given): object[] {
  const counting = new Set(
    [...work.stored.homes.values()]
      .filter(({ router }) => router.connected_node === node)
      .map(({ router }) => router.connection_id),
  );
  return (Array.isArray(held) ? held.map(String) : [])
    .filter((id) => !counting.has(id))
    .map((connection_id) => ({ connection_id, fingerprint: null }));
}

function connectedAnew(work: Work, { at: [users, , sent] }: Given): object[] {
  if (!Array.isArray(users) || !Array.isArray(sent)) throw new Error('no lists of connections');
  return sent
    .filter((connection_id, index) => {
      const now = work.read(homeOf(work, users[index]).router).connection_id;
      return now !== null && now !== connection_id;
    })
    .map((connection_id) => ({ connection_id }));
}

function markConnected(work: Work, { at: [node, instance, all] }: Given): object[] {
  const by = String(node);
  if (work.stored.leases.get(by)?.instance !== instance)
    throw new Error(`The lease of ${by} is over.`);
  return parseSaid(all).map(({ user_id, connection_id }, index) => {
    const { router } = homeOf(work, user_id);
    work.write(router, { connection_id, connected_node: by, holder: work.client });
    return { place: index + 1, health_targets: null, is_asked: false, is_scanned: false };
  });
}

function markDisconnected(work: Work, { named }: Given): object[] {
  const home = homeOf(work, named('user_id'));
  const { router } = home;
  work.lock(router);
  if (work.read(router).connection_id !== named('connection_id')) return [];
  write(work, home, router, { connection_id: null, connected_node: null, holder: undefined });
  return [{}];
}

function markSeen(work: Work, { named }: Given): object[] {
  const { router } = homeOf(work, named('user_id'));
  work.lock(router);
  return work.read(router).connection_id === named('connection_id') ? [{ is_changed: false }] : [];
}

function isCounting(work: Work, { at: [user, , connection] }: Given): object[] {
  return [{ counts: work.read(homeOf(work, user).router).connection_id === connection }];
}

function desiredStates(work: Work, { at: [all] }: Given): object[] {
  return parseSaid(all).map(({ user_id, known: confirmed }, index) => {
    const { router, policy } = homeOf(work, user_id);
    const { policy_revision, applied_revision } = work.read(policy);
    const isNews = policy_revision !== confirmed;
    const block = { ip: '-', mac: deviceOf(policy_revision), device_macs: [] };
    return {
      place: index + 1,
      policy_revision,
      applied_revision,
      connection_id: work.read(router).connection_id,
      is_key_current: true,
      is_scan_wanted: false,
      wanted_update: null,
      mode: 'none',
      applied_at: null,
      has_ended: false,
      home_id: '',
      home: null,
      blocks: isNews ? [block] : null,
      listed: isNews ? [] : null,
      own: isNews ? [] : null,
    };
  });
}

function confirmRevisions(work: Work, { at: [all] }: Given): object[] {
  return parseSaid(all).flatMap(({ user_id, connection_id, revision = 0 }, index) => {
    const home = homeOf(work, user_id);
    const { router, policy } = home;
    if (work.read(router).connection_id !== connection_id) return [];
    work.lock(policy);
    if (work.read(policy).policy_revision < revision) return [];
    write(work, home, policy, { applied_revision: revision, refused_revision: null });
    return [{ place: index + 1, waited: 0, was_connected: true }];
  });
}

/** What routers have said, as a list in JSON. */
function parseSaid(text: unknown) {
  const all: { user_id: string; connection_id: string; revision?: number; known?: number }[] =
    JSON.parse(String(text));
  return all;
}

function forgetApplied(work: Work, { at, named }: Given): object[] {
  const home = homeOf(work, named('user_id'));
  if (work.read(home.router).connection_id !== at.at(-1)) return [];
  work.lock(home.policy);
  if (work.read(home.policy).applied_revision === 0) return [];
  write(work, home, home.policy, { applied_revision: 0 });
  return [{}];
}

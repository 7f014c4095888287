/** Checks of a service that runs on several machines. With one Commands-Server they say nothing. */
import type { Client } from 'pg';
import { SERVICE_ROLE } from '../config/database-address.ts';
import type { LivingNode } from '../routers/leases.ts';
import { type Check, type Result, type Subject, fail, ok, reasonOf, warn } from './check.ts';

const TIMEOUT_MS = 5_000;
/** A `Date` has whole seconds, and an answer takes its time. */
const MAX_DRIFT_MS = 3_000;

export const CLUSTER_CHECKS: readonly Check[] = [
  { name: 'nodes', run: checkNodes },
  { name: 'balancer', run: checkBalancer },
  { name: 'standby', run: checkStandby },
];

/** Checks that each Commands-Server whose lease holds answers the others, and has the right time. */
async function checkNodes({ database }: Subject): Promise<Result[]> {
  const nodes = await readNodes(database);
  return nodes.length < 2 ? [] : Promise.all(nodes.map(checkNode));
}

/** Asks a node for nothing but its time. */
export async function checkNode(node: LivingNode): Promise<Result> {
  const { node: name, address, state, connections } = node;
  const holds = `${name} holds ${connections.toLocaleString('en')} routers${state === 'draining' ? ', and lets them go' : ''}`;
  if (address === null)
    return warn(
      `${holds}; no other process can ask it.`,
      'set COMMANDS_SERVER_HOST there to an address that the other machines reach, or NATS_URL.',
    );
  try {
    const before = Date.now();
    const answer = await fetch(new URL('/healthz', address), {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return judgeClocks(holds, Date.parse(answer.headers.get('date') ?? ''), before, Date.now());
  } catch (error) {
    return fail(
      `${holds}, but does not answer at ${address}: ${reasonOf(error)}.`,
      'let the machines reach each other at COMMANDS_SERVER_PORT. Until then nobody but that node scans its routers when asked.',
    );
  }
}

/** @param then what the node's clock said, between two moments of this machine's: milliseconds since 1970 */
export function judgeClocks(holds: string, then: number, before: number, after: number): Result {
  const drift = Math.max(0, before - then, then - after);
  if (drift <= MAX_DRIFT_MS) return ok(`${holds}; its clock is right.`);
  return warn(
    `${holds}; its clock and this machine's are ${(drift / 1_000).toFixed(0)} s apart.`,
    'set both by NTP (`timedatectl set-ntp true`): questions between machines are refused when they are a minute apart.',
  );
}

/** Checks that the balancer's word for whose connection it is counts: without it all routers share one address. */
async function checkBalancer({ config, database }: Subject): Promise<Result[]> {
  if ((await readNodes(database)).length < 2) return [];
  const { trustedProxies } = config;
  if (trustedProxies.length > 0)
    return [ok(`PROXY headers are believed from ${trustedProxies.join(', ')}.`)];
  return [
    warn(
      'Several Commands-Servers, and no balancer is named: with `send-proxy-v2` routers do not get in, without it all of them share one address and its limits.',
      'name the balancer in TRUSTED_PROXIES of every Commands-Server (deploy/cluster/haproxy.cfg).',
    ),
  ];
}

/** Checks that what is acknowledged is on a second machine, where there are several. */
async function checkStandby({ database }: Subject): Promise<Result[]> {
  if (database === undefined) return [];
  const { rows } = await database.client.query<Standby>(
    `select current_setting('synchronous_standby_names') as names, current_setting('synchronous_commit') as commits,
       (select count(*)::int from pg_stat_replication) as standbys`,
  );
  const [found] = rows;
  const isOneMachine = found?.names === '' && (await readNodes(database)).length < 2;
  return found === undefined || isOneMachine ? [] : [judgeStandby(found)];
}

/** PostgreSQL's settings, and how many receive what it writes: that each login may see. */
export type Standby = { names: string; commits: string; standbys: number };

export function judgeStandby({ names, commits, standbys }: Standby): Result {
  const fix =
    'add one (deploy/cluster/patroni.yml with synchronous_mode, or that of whoever you rent PostgreSQL from).';
  if (names === '')
    return warn('What is acknowledged is on one machine: there is no synchronous standby.', fix);
  if (standbys === 0)
    return fail(
      `PostgreSQL waits for a synchronous standby (${names}), and none is connected: no change is stored.`,
      'start the standby, or empty synchronous_standby_names until it is back. Patroni does so by itself.',
    );
  if (['off', 'local'].includes(commits))
    return warn(
      `There is a synchronous standby (${names}), but nobody waits for it (synchronous_commit is ${commits}).`,
      'set synchronous_commit to on.',
    );
  return ok(`What is acknowledged is on a synchronous standby too (${names}).`);
}

/** Those whose lease holds; none if the database is older than leases, or this login is not the service's. */
async function readNodes(database: Subject['database']): Promise<LivingNode[]> {
  if (database === undefined) return [];
  const { client } = database;
  if (!(await hasLeases(client))) return [];
  try {
    await client.query(`begin; set local role ${SERVICE_ROLE}`);
    return (await client.query<LivingNode>('select * from living_commands_servers()')).rows;
  } finally {
    await client.query('rollback');
  }
}

async function hasLeases(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select case when to_regprocedure('living_commands_servers()') is null then false
       else pg_has_role($1, 'member') end as found`,
    [SERVICE_ROLE],
  );
  return rows[0]?.found === true;
}

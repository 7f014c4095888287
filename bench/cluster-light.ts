/**
 * What `bench/cluster --light` runs: N routers (10,000) that cost nothing themselves, over 3 nodes on one PostgreSQL, linked by SQL. Prints what a
 * router that says nothing new takes: memory, processors of nodes and PostgreSQL, commits; and how long a sweep takes, beside a bare `select 1`.
 *   bench/cluster --light [--routers N] [--seconds S]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { postgresSeconds } from './cpu.ts';

const { values } = parseArgs({
  options: {
    light: { type: 'boolean' },
    routers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
  },
});
const NODES = 3;
const ROUNDS = 20;
const count = Number(values.routers);
const seconds = Number(values.seconds);

const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
const pgdata = join(folder, 'postgres');
const postgres = await joinEmbeddedServer({ dataFolder: folder });
try {
  await prepareEmbeddedDatabase(postgres.addresses);
  await migrateUp(postgres.addresses.admin);
  await withClient(postgres.addresses.admin, measure);
} finally {
  await postgres.leave();
  await rm(folder, { recursive: true });
}

async function measure(client: Client): Promise<void> {
  const began = performance.now();
  await link(client);
  report(`${count} homes`, `linked by SQL in ${secondsSince(began)} s`);
  const bare = await idle(client, []);
  report('PostgreSQL alone', `${percent(bare.postgresql)} of a core, ${bare.commits} commits/s`);
  const nodes = await Promise.all(Array.from({ length: NODES }, (_, share) => startNode(share)));
  try {
    const empty = await sum(nodes, 'memory');
    const started = performance.now();
    for (const { child } of nodes) child.send('connect');
    while ((await sum(nodes, 'connected')) < count) await setTimeout(500);
    report('connected', `in ${secondsSince(started)} s, over ${NODES} nodes`);
    // Until all are scanned, which waits for a minute at most.
    await setTimeout(75_000);
    const memory = (await sum(nodes, 'memory')) - empty;
    report('memory', `${(memory / count / 1024).toFixed(1)} KB a router, its end here included`);
    const { service, postgresql, commits } = await idle(client, nodes);
    const perMinute = ((service * 60_000) / count).toFixed(2);
    report('nodes at rest', `${percent(service)} of a core: ${perMinute} ms a router and minute`);
    report('PostgreSQL at rest', `${percent(postgresql)} of a core (to be under 5 %)`);
    report('commits at rest', `${commits.toFixed(1)}/s of ${count} routers and ${NODES} nodes`);
    await sweep(client);
  } finally {
    for (const { child } of nodes) child.send('stop');
  }
}

/** As they are once all is said and done: connected at no node, and nothing to do. */
async function link(client: Client): Promise<void> {
  await client.query(
    `insert into users (id, email) select uuid_v7(), n || '@example.com' from generate_series(0, $1::int - 1) n`,
    [count],
  );
  await client.query(`
    insert into user_routers (user_id, router_id, home_id, last_seen, devices_seen_at, scanned_at, lan_mac)
    select h.user_id, 'router-' || split_part(u.email, '@', 1), h.id, now(), now(), now(), '02:00:00:00:00:fe'
    from homes h join users u on u.id = h.user_id`);
  await client.query(`
    insert into router_keys (user_id, router_id, fingerprint, public_key)
    select user_id, router_id, sha256(replace(router_id, '-', ' ')::bytea), 'ssh-ed25519 ' || repeat('A', 68) from user_routers`);
  await client.query('update router_policies set applied_revision = policy_revision');
  await client.query('vacuum analyze');
  // So that its own commits are not counted later.
  await client.query('select pg_stat_force_next_flush()');
  await setTimeout(2_000);
}

type Node = { child: ChildProcess; ask: (what: string) => Promise<number> };

async function startNode(share: number): Promise<Node> {
  const { host, port, database, user, password } = postgres.addresses.service;
  const child = fork(
    join(import.meta.dirname, 'cluster-light-node.ts'),
    [host, port, database, user, password ?? '', share, NODES, count - 1].map(String),
    {
      execArgv: ['--expose-gc', '--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'],
    },
  );
  const hear = async () => Value.Parse(Type.Number(), (await once(child, 'message'))[0]);
  await hear();
  return {
    child,
    ask: (what) => {
      child.send(what);
      return hear();
    },
  };
}

async function sum(nodes: readonly Node[], what: string): Promise<number> {
  const all = await Promise.all(nodes.map(({ ask }) => ask(what)));
  return all.reduce((one, other) => one + other, 0);
}

/** Processors, as parts of a core, and commits a second, while nothing happens. */
async function idle(client: Client, nodes: readonly Node[]) {
  const commits = async () => {
    const { rows } = await client.query<{ n: string }>(
      'select pg_stat_clear_snapshot(), xact_commit as n from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]?.n);
  };
  const read = async () => ({
    postgresql: postgresSeconds(pgdata),
    service: await sum(nodes, 'cpu'),
    commits: await commits(),
  });
  const before = await read();
  await setTimeout(seconds * 1_000);
  const after = await read();
  return {
    postgresql: (after.postgresql - before.postgresql) / seconds,
    service: (after.service - before.service) / seconds,
    commits: (after.commits - before.commits) / seconds,
  };
}

/** What a node's sweep asks, in turns with a bare statement. */
async function sweep(client: Client): Promise<void> {
  const { rows } = await client.query<{ node: string; held: string[] }>(`
    select connected_node as node, array_agg(connection_id::text) as held from user_routers where is_connected group by 1 limit 1`);
  const [one] = rows;
  if (one === undefined) throw new Error('no router is connected');
  await client.query(`set role ${SERVICE_ROLE}`);
  const [pending, ended, bare]: [number[], number[], number[]] = [[], [], []];
  const time = async (into: number[], text: string, parameters: unknown[]) => {
    const began = performance.now();
    await client.query(text, parameters);
    into.push(performance.now() - began);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await time(pending, 'select * from pending_routers($1)', [one.node]);
    await time(ended, 'select * from ended_connections($1, $2::uuid[])', [one.node, one.held]);
    await time(bare, 'select 1', []);
  }
  const median = (all: number[]) =>
    all.toSorted((first, second) => first - second)[ROUNDS / 2]?.toFixed(1);
  report(
    'sweep of a node',
    `${median(pending)} ms for what is pending, each 2 s; ${median(ended)} ms to compare its ${one.held.length} connections, a hundredth of the time (to be under 50); a bare select 1: ${median(bare)} ms`,
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

function report(what: string, told: string): void {
  console.log(`${what.padEnd(22)}${told}`);
}

function secondsSince(moment: number): string {
  return ((performance.now() - moment) / 1_000).toFixed(1);
}

/**
 * What `bench/routers` runs: one commands-server in a process of its own, N simulated routers (2,000) of M devices
 * (10) in this one, on a database of its own. Prints the memory per router, how long a policy change of each
 * takes until its router has confirmed it, and whether the inventory is what the homes say after all that
 * happened in them; then what sshd takes for each connection.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DatabaseAddress, OWNER_ROLE, SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { type Database, openDatabase } from '../src/database/pool.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';
import { maintenanceTransaction, tenantTransaction } from '../src/database/transaction.ts';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type SimulatedAgent, createAgent } from '../src/simulator/agent.ts';
import { type Dialled, dial } from '../src/simulator/dial.ts';
import { pick } from '../src/pick.ts';
import { lockPolicy } from '../src/policy/queries.ts';
import { RULES } from '../src/policy/rules.ts';
import { raiseRevision } from '../src/policy/revision.ts';
import type { RouterAccess } from '../src/api/app.ts';
import { type Home, createHome } from '../src/simulator/home.ts';
import { type Identity, makeIdentity, routerIdOf } from '../src/simulator/identity.ts';
import { createWakes, tellSaid } from '../src/wakes/postgresql.ts';
import { linkHomes } from '../testing/cluster/routers.ts';
import { differing } from '../testing/cluster/state.ts';
import { postgresSeconds } from './cpu.ts';
import { measureOpenSsh } from './openssh.ts';

const { values } = parseArgs({
  options: {
    routers: { type: 'string', default: '2000' },
    devices: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '30' },
    notify: { type: 'string', default: 'after' },
    changes: { type: 'string', default: '1' },
  },
});
const Access = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  hostKeys: Type.Array(Type.String()),
});
const count = Number(values.routers);
const devices = Number(values.devices);
const seconds = Number(values.seconds);
/** How others are told of a change: `after` the commit, or `within` it, as it was done before. */
const way = values.notify;
/** How often the policy of each is changed. */
const changes = Number(values.changes);

/** How often something happens in a home, on average. */
const EVENT_EVERY_MS = 20_000;
const TICK_MS = 100;
/** Those that first come share what they bring in: compiled code, connections to the database. */
const FIRST = 100;
/** As bin/netpilot has them. */
const V8_OPTIONS = ['--max-semi-space-size=8'];

type Router = {
  userId: string;
  routerId: string;
  identity: Identity;
  home: Home;
  agent: SimulatedAgent;
};

const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
const pgdata = join(folder, 'server', 'postgres');
const postgres = await joinEmbeddedServer({ dataFolder: join(folder, 'server') });
try {
  await prepareEmbeddedDatabase(postgres.addresses);
  await migrateUp(postgres.addresses.admin);
  const wakes = createWakes(postgres.addresses.service, (error) => console.error(error));
  const service = openDatabase(postgres.addresses.service, {
    role: SERVICE_ROLE,
    ...(way !== 'within' && { onSaid: tellSaid(wakes) }),
  });
  const owner = openDatabase(postgres.addresses.admin, { role: OWNER_ROLE });
  await measure(service.database, owner.database, postgres.addresses.service);
  await Promise.all([service.close(), owner.close(), wakes.close()]);
} finally {
  await postgres.leave();
  await rm(folder, { recursive: true });
}
await measureOpenSsh(Math.min(48, count));

async function measure(
  database: Database,
  owner: Database,
  service: DatabaseAddress,
): Promise<void> {
  const routers = Array.from({ length: count }, (_, index) => makeRouter(index + 1));
  await linkHomes(owner, routers);
  const server = await startServer(service);
  const empty = await server.ask('memory');
  const dialled: Dialled[] = [];
  const connect = async (some: readonly Router[]) => {
    for (const { identity, agent } of some)
      dialled.push(dial({ access: server.access, privateKey: identity.private_key, agent }));
    while ((await server.ask('connected')) < dialled.length) await setTimeout(200);
  };
  try {
    await connect(routers.slice(0, FIRST));
    await settle(server);
    const before = await server.ask('memory');
    await printCpu(server, count - FIRST, async () => {
      const started = performance.now();
      await connect(routers.slice(FIRST));
      report(
        `${count - FIRST} routers of ${devices} devices`,
        `connected in ${secondsSince(started)} s`,
      );
      await scanned(owner);
      await settle(server);
    });
    const after = await server.ask('memory');
    report(
      'memory per router',
      `${((after - before) / (count - FIRST) / 1024).toFixed(0)} KB each after the first ${FIRST} (PSS; the process has ${megabytes(after)} MB, with ${FIRST} ${megabytes(before)} MB, with none ${megabytes(empty)} MB)`,
    );
    for (let round = 1; round <= changes; round += 1)
      await printCpu(server, count, () =>
        change(database, owner, routers, round % 2 === 1 ? 'blacklist' : 'whitelist'),
      );
    await liveOn(owner, routers, () => {
      const router = dialled[Math.floor(Math.random() * dialled.length)];
      return router?.live() ?? 0;
    });
    report('the process at the end', `${megabytes(await server.ask('memory'))} MB`);
  } finally {
    for (const router of dialled) router.stop();
    server.stop();
  }
}

function makeRouter(number: number): Router {
  const home = createHome(number, devices);
  return {
    userId: randomUUID(),
    routerId: routerIdOf(home),
    identity: makeIdentity(number),
    home,
    agent: createAgent(home),
  };
}

type Server = {
  access: RouterAccess;
  /** Bytes after garbage is collected, seconds of a processor, or routers. */
  ask: (what: 'memory' | 'cpu' | 'connected') => Promise<number>;
  stop: () => void;
};

async function startServer({
  host,
  port,
  database,
  user,
  password,
}: DatabaseAddress): Promise<Server> {
  const child: ChildProcess = fork(
    join(import.meta.dirname, 'routers-server.ts'),
    [host, String(port), database, user, password ?? '', way],
    { execArgv: ['--expose-gc', ...V8_OPTIONS] },
  );
  const hear = async () => (await once(child, 'message'))[0];
  return {
    access: Value.Parse(Access, await hear()),
    ask: async (what) => {
      child.send(what);
      return Value.Parse(Type.Number(), await hear());
    },
    stop: () => void child.send('stop'),
  };
}

/** Waits until the server is idle: two seconds in which it used less than a tenth of a processor, and what pings of all routers take. */
async function settle(server: Server): Promise<void> {
  for (let used = Infinity; used > 0.2 + count / 20_000;) {
    const before = await server.ask('cpu');
    await setTimeout(2_000);
    used = (await server.ask('cpu')) - before;
  }
}

/** Waits until the first scan of each router is stored. */
async function scanned(owner: Database): Promise<void> {
  const countUnknown = () =>
    maintenanceTransaction(owner, (transaction) =>
      transaction
        .selectFrom('user_routers')
        .select(({ fn }) => fn.countAll<number>().as('unknown'))
        .where('scanned_at', 'is', null)
        .executeTakeFirstOrThrow(),
    );
  while ((await countUnknown()).unknown > 0) await setTimeout(500);
}

/** Changes the mode of every router's policy, some at once, and waits until each has confirmed it. */
async function change(
  database: Database,
  owner: Database,
  routers: readonly Router[],
  mode: 'blacklist' | 'whitelist',
): Promise<void> {
  const started = performance.now();
  const changed = new Map<string, number>();
  const waits = new Map<string, number>();
  const queue = [...routers];
  const decide = async () => {
    for (let router = queue.shift(); router !== undefined; router = queue.shift()) {
      await changeMode(database, router, mode);
      changed.set(router.routerId, performance.now());
    }
  };
  const decided = Promise.all(Array.from({ length: 8 }, decide));
  while (waits.size < routers.length) {
    const confirmed = await findConfirmed(owner, mode);
    const now = performance.now();
    for (const routerId of confirmed)
      if (!waits.has(routerId)) waits.set(routerId, now - (changed.get(routerId) ?? now));
    await setTimeout(100);
  }
  await decided;
  const last = Math.max(...changed.values());
  const sorted = [...waits.values()].toSorted((one, other) => one - other);
  const quantile = (part: number) =>
    (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(0);
  report(
    'a policy change of each',
    `told ${way} the commit: decided in ${((last - started) / 1000).toFixed(1)} s, confirmed by all in ${secondsSince(started)} s; each within ${quantile(0.5)} ms (median), ${quantile(0.99)} ms (p99), looked at every 100 ms`,
  );
}

/** What processors do while the work is done, for each of so many routers. */
async function printCpu(server: Server, routers: number, work: () => Promise<void>): Promise<void> {
  const read = async () => {
    const { user, system } = process.cpuUsage();
    return [await server.ask('cpu'), postgresSeconds(pgdata), (user + system) / 1e6];
  };
  const before = await read();
  await work();
  const after = await read();
  const [service, postgresql, rest] = after.map((used, index) =>
    (((used - (before[index] ?? 0)) / routers) * 1_000).toFixed(2),
  );
  report(
    '  CPU for each, in ms',
    `commands-server ${service}, PostgreSQL ${postgresql}, simulated routers and this bench ${rest}`,
  );
}

function changeMode(
  database: Database,
  { userId, routerId }: Router,
  mode: 'blacklist' | 'whitelist',
): Promise<unknown> {
  return tenantTransaction(database, userId, async (transaction) => {
    const policy = await lockPolicy(transaction, { user_id: userId, router_id: routerId });
    await raiseRevision(transaction, policy, { ...pick(policy, RULES), mode });
  });
}

async function findConfirmed(owner: Database, mode: string): Promise<string[]> {
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction
      .selectFrom('router_policies')
      .select('router_id')
      .where('mode', '=', mode)
      .whereRef('applied_revision', '=', 'policy_revision')
      .execute(),
  );
  return rows.map(({ router_id }) => router_id);
}

/** Lets things happen in the homes for a while, and compares the inventory with them. */
async function liveOn(
  owner: Database,
  routers: readonly Router[],
  happen: () => number,
): Promise<void> {
  const started = performance.now();
  let events = 0;
  while (performance.now() - started < seconds * 1000) {
    for (let each = 0; each < (count * TICK_MS) / EVENT_EVERY_MS; each += 1) events += happen();
    await setTimeout(TICK_MS);
  }
  const ended = performance.now();
  const countDiffering = async () => (await differing({ owner }, routers)).length;
  let wrong = await countDiffering();
  while (wrong > 0 && performance.now() - ended < 30_000) {
    await setTimeout(200);
    wrong = await countDiffering();
  }
  report(
    'events',
    `${events} in ${seconds} s; ${wrong === 0 ? `none lost: ${secondsSince(ended)} s later every home is in the inventory as it is` : `${wrong} homes are not in the inventory as they are`}`,
  );
}

function report(what: string, told: string): void {
  console.log(`${what.padEnd(36)}${told}`);
}

function secondsSince(moment: number): string {
  return ((performance.now() - moment) / 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

/**
 * What `bench/api` runs: N users (10,000) with M devices each (500) on an embedded server of its own, and on
 * it, in turns, the endpoint that lists 50 of a user's devices and the statements of its transaction over the
 * bare driver. Prints requests/s and p99 of both. The load comes from a process of its own.
 *
 * The statements are recorded, not written down again: a request goes through the real server first, and
 * what it sends between `begin` and `commit` is what the driver repeats, for one user or another.
 */
import { type ChildProcessByStdio, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { PROJECT_FOLDER, parseConfig } from '../src/config/config.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/pool.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { createApp } from '../src/service/app.ts';
import { fillHouseholds } from './api-fill.ts';
import {
  type Kind,
  type Load,
  type Measured,
  type Statement,
  idOf,
  requestOf,
} from './api-load.ts';
import { freePort } from '../testing/free-port.ts';
import { createLocalWakes } from '../src/wakes/wakes.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    devices: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    /** Keeps the filled data folder there, or measures on the one that is there. */
    data: { type: 'string' },
  },
});
const KINDS: Kind[] = ['http', 'driver', 'prepared'];
const users = Number(values.users);
const dataFolder = values.data ?? mkdtempSync(join(tmpdir(), 'netpilot-bench-'));
const isFilled = values.data !== undefined && existsSync(values.data);
const server = await joinEmbeddedServer({ dataFolder });
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  console.log(
    `${users} users with a router and ${values.devices} devices each; ${values.connections} connections; ${values.rounds} rounds of ${values.seconds} s each`,
  );
  await withClient(server.addresses.admin, (client) =>
    fillHouseholds(client, { users, devices: Number(values.devices), isFilled }),
  );
  const statements = await recordStatements();
  console.log('The driver repeats, in one transaction:');
  for (const { text } of statements) console.log(`  ${text.trim().replaceAll(/\s+/g, ' ')}`);
  await measure(statements);
} finally {
  await server.leave();
  if (values.data === undefined) rmSync(dataFolder, { recursive: true });
}

/** What the endpoint sends for user 1 in its transaction; only that it asks there whose session it is stays out. */
async function recordStatements(): Promise<Statement[]> {
  const { database, pool, close } = openDatabase(server.addresses.service, { role: SERVICE_ROLE });
  const sent: Statement[] = [];
  pool.on('connect', (client) => {
    const query: unknown = Reflect.get(client, 'query');
    if (typeof query !== 'function') throw new TypeError('a client has a query function');
    Reflect.set(client, 'query', (first: string | Statement, parameters?: unknown[]) => {
      sent.push(typeof first === 'string' ? { text: first, values: parameters ?? [] } : first);
      return Reflect.apply(query, client, [first, parameters]);
    });
  });
  const services = {
    config: parseConfig({}),
    database,
    serviceAddress: server.addresses.service,
    wakes: createLocalWakes(),
    secretKey: 'a key for this recording only, 32 characters or more',
    onSessions: () => undefined,
  };
  const app = await createApp(services, pino({ level: 'silent' }));
  const { url, cookie } = requestOf(1);
  const answer = await app.inject({ url, headers: { cookie } });
  await app.close();
  await close();
  if (answer.statusCode !== 200) throw new Error(`The endpoint answered ${answer.body}`);
  // The endpoint's transaction looks up the session; the driver knows the user.
  const asUser = ['netpilot.user_id', idOf(1)];
  return sent
    .slice(sent.findIndex(({ text }) => text.startsWith('begin')))
    .map((statement) =>
      statement.text.includes('authenticate(')
        ? { text: 'select set_config($1, $2, true)', values: asUser }
        : statement,
    );
}

async function measure(statements: Statement[]): Promise<void> {
  const port = await freePort();
  const service = await startService(port);
  const load = (kind: Kind, seconds: number) =>
    run({
      kind,
      seconds,
      users,
      port,
      statements,
      connections: Number(values.connections),
      address: server.addresses.service,
    });
  const results: Record<Kind, Measured[]> = { http: [], driver: [], prepared: [] };
  try {
    for (const kind of KINDS) await load(kind, 3);
    // In turns, so that whatever else the machine does falls on all.
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const kind of KINDS) results[kind].push(await load(kind, Number(values.seconds)));
  } finally {
    service.kill('SIGTERM');
    await once(service, 'exit');
  }
  const [http, driver, prepared] = KINDS.map((kind) => median(results[kind]));
  if (http === undefined || driver === undefined || prepared === undefined) return;
  print('GET /api/v1/routers/{router}/devices?limit=50', http);
  print('the same SQL over the bare driver', driver);
  print('  prepared once for each connection', prepared);
  const share = (other: Measured) => `${((100 * http.perSecond) / other.perSecond).toFixed(0)} %`;
  console.log(
    `The endpoint has ${share(driver)} of the bare driver's rate (to be at least 50 %), ${share(prepared)} with the query prepared.`,
  );
}

/** The program itself, as a person starts it. */
async function startService(port: number): Promise<ChildProcessByStdio<null, Readable, null>> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== ''),
      join(PROJECT_FOLDER, 'src/cli/main.ts'),
      'serve',
      `--data=${dataFolder}`,
      `--port=${port}`,
      '--user=bench@example.com',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ROUTERS_PORT: '0', COMMANDS_SERVER_PORT: '0', LOG_LEVEL: 'warn' },
    },
  );
  await once(child.stdout, 'data');
  return child;
}

async function run(load: Load): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'api-load.ts'));
  child.send(load);
  const [measured] = await once(child, 'message');
  return measured;
}

function median(measured: readonly Measured[]): Measured {
  const sorted = measured.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function print(what: string, { perSecond, p50, p99, errors }: Measured): void {
  console.log(
    `${what.padEnd(46)} ${perSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   ${errors} wrong answers`,
  );
}

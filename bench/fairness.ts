/**
 * What `bench/fairness` runs: the program itself on an embedded server, with two users. One of them, with N devices (300,000),
 * attacks: heavy reads (60 loops), exports that it does not read (150) and imports (110), all at once, and again when
 * each is answered. Prints what the other one's `GET /routers` took, beside the same without the attack.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { freePort } from '../testing/free-port.ts';
import { fillHouseholds } from './api-fill.ts';
import { idOf } from './api-load.ts';
import type { Answers, FairnessLoad } from './fairness-load.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '300000' },
    seconds: { type: 'string', default: '20' },
    reads: { type: 'string', default: '60' },
    exports: { type: 'string', default: '150' },
    imports: { type: 'string', default: '110' },
    /** Keeps the filled data folder there, or measures on the one that is there. */
    data: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const attack = {
  reads: Number(values.reads),
  exports: Number(values.exports),
  imports: Number(values.imports),
};
const dataFolder = values.data ?? mkdtempSync(join(tmpdir(), 'netpilot-bench-'));
const isFilled = values.data !== undefined && existsSync(values.data);
const server = await joinEmbeddedServer({ dataFolder });
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  await withClient(server.addresses.admin, async (client) => {
    await fillHouseholds(client, { users: 2, devices: 500, isFilled });
    // An export needs a sign-in of just now.
    await client.query('update user_sessions set authenticated_at = now()');
    if (!isFilled) await fillAttacker(client, Number(values.devices));
  });
  console.log(
    `The attacker has ${values.devices} devices: ${attack.reads} loops of heavy reads, ${attack.exports} exports that are not read, ${attack.imports} imports.`,
  );
  await measure();
} finally {
  await server.leave();
  if (values.data === undefined) rmSync(dataFolder, { recursive: true });
}

/** So many devices more for user 1, past the policies and the triggers. */
async function fillAttacker(client: Client, devices: number): Promise<void> {
  await client.query(
    `insert into user_devices (user_id, router_id, ip, mac, hostname, first_seen, last_seen, holds_ip)
     select $1, 'router-1', '10.128.0.0'::inet + d, ('06' || lpad(to_hex(d), 10, '0'))::macaddr,
            'host-' || d, now() - interval '90 days', now() - d * interval '1 second', false
     from generate_series(1, $2::int) d`,
    [idOf(1), devices],
  );
  await client.query('vacuum analyze user_devices');
}

async function measure(): Promise<void> {
  const port = await freePort();
  const service = await startService(port);
  try {
    await watch(port, 2);
    const alone = await watch(port, seconds);
    const attacker = startLoad({ kind: 'attack', port, ...attack });
    // Until all of it is under way.
    await watch(port, 3);
    const attacked = await watch(port, seconds);
    const answered = once(attacker, 'message');
    attacker.send('stop');
    const [attackers] = await answered;
    print('GET /routers of another user, alone', alone);
    print('  during the attack', attacked);
    print('  what the attacker got', attackers);
    console.log('To be: p99 under 200 ms during the attack, and no 5xx.');
  } finally {
    service.kill('SIGTERM');
    await once(service, 'exit');
  }
}

/** The program itself, as a person starts it. */
async function startService(port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(PROJECT_FOLDER, 'src/cli/main.ts'),
      'serve',
      `--data=${dataFolder}`,
      `--port=${port}`,
      '--user=bench@example.com',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ROUTERS_PORT: '0', COMMANDS_SERVER_PORT: '0', LOG_LEVEL: 'fatal' },
    },
  );
  await once(child.stdout, 'data');
  return child;
}

/** What user 2 gets in that time. */
async function watch(port: number, forSeconds: number): Promise<Answers> {
  const [answers] = await once(startLoad({ kind: 'watch', port, seconds: forSeconds }), 'message');
  return answers;
}

function startLoad(load: FairnessLoad): ChildProcess {
  const child = fork(join(import.meta.dirname, 'fairness-load.ts'));
  child.send(load);
  return child;
}

function print(what: string, { times, codes }: Answers): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  const counts = Object.entries(codes).map(([code, count]) => `${count} × ${code}`);
  const errors = Object.entries(codes).reduce(
    (sum, [code, count]) => (code.startsWith('5') ? sum + count : sum),
    0,
  );
  console.log(
    `${what.padEnd(38)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   ${errors} × 5xx   (${counts.join(', ')})`,
  );
}

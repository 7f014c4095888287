/** NetPilot running on a data folder with a simulated router, and the commands of the home, run in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, vi } from 'vitest';
import { reportFailure } from '../src/cli/failure.ts';
import { createProgram } from '../src/cli/program.ts';
import { parseConfig } from '../src/config/config.ts';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { withService } from '../src/cli/database.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { createPairingCode } from '../src/routers/pairing-codes.ts';
import { serve } from '../src/service/start.ts';
import { startFleet } from '../src/simulator/fleet.ts';
import { linkByCode } from '../src/simulator/link-fleet.ts';
import { type CommandLine, ANY_PORT, createCommandLine } from './command-line.ts';
import { createUser } from './database.ts';
import { freePort } from './free-port.ts';

type Ended = { code: number; stdout: string; stderr: string };

export type HomeCommands = CommandLine & {
  url: string;
  /** Runs `netpilot` with these arguments; without a login, on the data folder. */
  run: (...args: string[]) => Promise<Ended>;
  /** The same with other variables of the environment. */
  runWith: (environment: Record<string, string>, ...args: string[]) => Promise<Ended>;
  /** What it prints, which must be a success. */
  says: (...args: string[]) => Promise<string>;
  /** The same with `--json`. */
  document: (...args: string[]) => Promise<unknown>;
  /** Stops the service, and starts it again at the same address. */
  restart: () => Promise<void>;
};

/** For a test file that awaits this at its top level; all of it is stopped after the file's tests. */
export async function createHomeCommands(): Promise<HomeCommands> {
  const line = await createCommandLine();
  const port = await freePort();
  const environment = { NETPILOT_DATA: line.data, PORT: String(port), LOG_LEVEL: 'silent' };
  const ports = { ...ANY_PORT, ROUTERS_PORT: String(await freePort()) };
  const startService = () => serve(parseConfig({ ...environment, ...ports }));
  let service = await startService();
  afterAll(() => service.stop());
  const restart = async () => {
    await service.stop();
    service = await startService();
  };
  const url = `http://localhost:${port}`;
  await startRouter(line.addresses.service, url);
  const config = mkdtempSync(join(tmpdir(), 'netpilot-config-'));
  afterAll(() => rmSync(config, { recursive: true }));
  const surroundings = { NETPILOT_DATA: line.data, XDG_CONFIG_HOME: config, LOG_LEVEL: 'silent' };
  const runWith: HomeCommands['runWith'] = (more, ...args) =>
    inProcess(args, { ...surroundings, ...more });
  const run: HomeCommands['run'] = (...args) => runWith({}, ...args);
  const says: HomeCommands['says'] = async (...args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr }, `netpilot ${args.join(' ')}`).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const document: HomeCommands['document'] = async (...args) =>
    JSON.parse(await says(...args, '--json'));
  await untilScanned(run);
  return { ...line, url, run, runWith, says, document, restart };
}

/** The only user's: a simulated router with a dozen devices, and nobody has said anything of them yet. */
async function startRouter(address: DatabaseAddress, url: string): Promise<void> {
  const { code } = await withService(address, async (database) => {
    const userId = await createUser(database, 'local@localhost');
    return tenantTransaction(database, userId, (transaction) =>
      createPairingCode(transaction, userId),
    );
  });
  const linked = await linkByCode(url, code);
  const fleet = startFleet({ ...linked, devices: 12, lifeEveryMs: Infinity });
  afterAll(fleet.stop);
}

/** A command in this process, which is as it was before when it ends. */
async function inProcess(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Ended> {
  const variables = { NETPILOT_URL: '', NETPILOT_TOKEN: '', ...environment };
  const before = { env: { ...process.env }, argv: process.argv };
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      printed[stream] += String(chunk);
      return true;
    }),
  );
  const exitCode = process.exitCode;
  // Not another object in its place: what other files of this process set would not be the environment any more.
  Object.assign(process.env, variables);
  process.argv = [...before.argv.slice(0, 2), ...args];
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return { code: 0, ...printed };
  } catch (error) {
    const code = reportFailure(error, { json: args.includes('--json'), stack: false });
    return { code, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const name of Object.keys(variables)) {
      if (before.env[name] === undefined) delete process.env[name];
      else process.env[name] = before.env[name];
    }
    process.argv = before.argv;
    process.exitCode = exitCode;
  }
}

/** The simulated router connects and reports its devices by itself. No test's time limit counts here yet. */
async function untilScanned(run: HomeCommands['run']): Promise<void> {
  const end = Date.now() + 120_000;
  let last: Ended | undefined;
  while (Date.now() < end) {
    // On a busy machine a first try can be too early for the database too.
    last = await run('device', 'list', '--json');
    const { devices } = Object(last.code === 0 ? JSON.parse(last.stdout) : undefined);
    if (Array.isArray(devices) && devices.length > 10) return;
    await delay(100);
  }
  throw new Error(`The simulated router reported too few devices: ${JSON.stringify(last)}`);
}

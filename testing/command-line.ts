/** The real `bin/netpilot` in a process of its own, and a data folder for it to work on. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { PROJECT_FOLDER, parseConfig } from '../src/config/config.ts';
import { describeConfig } from '../src/config/describe.ts';
import type { DatabaseAddresses } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';

const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');

/** How a program ended, and what it printed. */
export type Outcome = { code: number | null; stdout: string; stderr: string };

/** A program that runs. */
export type Running = { child: ChildProcessWithoutNullStreams; ended: Promise<Outcome> };

export type CommandLine = {
  /** For what a test writes. */
  folder: string;
  data: string;
  addresses: DatabaseAddresses;
  /** Runs `netpilot` on the data folder. */
  netpilot: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Outcome>;
  /** Runs it with `--json`; returns what it printed, parsed. Throws if it fails. */
  json: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<unknown>;
  /** Starts it, to be interrupted or piped into. */
  start: (args: readonly string[], env?: NodeJS.ProcessEnv) => Running;
  /** Runs it on a terminal, and types as soon as what is waited for is on the screen. */
  onTerminal: (
    args: readonly string[],
    typing?: { after: string; keys: string },
  ) => Promise<{ code: number | null; screen: string }>;
};

/**
 * A temporary folder with a migrated data folder in it, whose server runs for as long as the test file
 * that awaits this at its top level: commands join it, which takes no time.
 */
export async function createCommandLine(): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-cli-'));
  const data = join(folder, 'data');
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const server = await joinEmbeddedServer({ dataFolder: data, settings });
  afterAll(async () => {
    await server.leave();
    rmSync(folder, { recursive: true });
  });
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  return { folder, data, addresses: server.addresses, ...commandsOn(data) };
}

function commandsOn(data: string): Omit<CommandLine, 'folder' | 'data' | 'addresses'> {
  const start: CommandLine['start'] = (args, env) =>
    startProgram(NETPILOT, args, { NETPILOT_DATA: data, ...env });
  const netpilot: CommandLine['netpilot'] = (args, env) => {
    const { child, ended } = start(args, env);
    child.stdin.end();
    return ended;
  };
  return {
    start,
    netpilot,
    json: async (args, env) => {
      const { code, stdout, stderr } = await netpilot([...args, '--json'], env);
      if (code !== 0) throw new Error(`netpilot ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    onTerminal: async (args, typing) => {
      const line = [NETPILOT, ...args].map((word) => `'${word}'`).join(' ');
      const env = { NETPILOT_DATA: data, TERM: 'xterm' };
      const { child, ended } = startProgram('script', ['-qec', line, '/dev/null'], env);
      if (typing !== undefined)
        void untilSays(child, typing.after).then(() => child.stdin.write(typing.keys));
      const { code, stdout } = await ended;
      return { code, screen: stdout };
    },
  };
}

/** Resolves when a program has printed a text, or has ended without. */
export async function untilSays(
  { stdout }: ChildProcessWithoutNullStreams,
  text: string,
): Promise<void> {
  let said = '';
  await new Promise<void>((resolve) => {
    stdout.once('close', resolve).on('data', (more: string) => {
      said += more;
      if (said.includes(text)) resolve();
    });
  });
}

/** Whether a program can be run here; reports on standard error what is skipped without it. */
export function hasProgram(name: string): boolean {
  const found = spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) process.stderr.write(`skipping what needs ${name} (not installed)\n`);
  return found;
}

/** Starts a program without what this machine's environment and `.env` say of NetPilot. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Running {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  // Where no login of this machine's user is.
  const XDG_CONFIG_HOME = '/dev/null';
  const child = spawn(program, args, {
    cwd: PROJECT_FOLDER,
    env: { ...NOTHING_SET, ...ANY_PORT, PATH, HOME, XDG_CONFIG_HOME, NODE_COMPILE_CACHE, ...env },
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  // Who ends before reading its input is not at fault.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...printed }));
  return { child, ended };
}

/** Servers of several tests run at once. */
export const ANY_PORT = { ROUTERS_PORT: '0', COMMANDS_SERVER_PORT: '0' };

/** An empty value hides what `.env` says. */
const NOTHING_SET = Object.fromEntries(
  describeConfig(parseConfig({}), { overrides: {}, environment: {}, dotEnv: {} }).map(
    ({ name }) => [name, ''],
  ),
);

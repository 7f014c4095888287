/** A cell as its operator has it: `netpilot serve` on a PostgreSQL of its own, and the commands of docs/cells.md. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type DatabaseAddress, OWNER_ROLE } from '../src/config/database-address.ts';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { withClient } from '../src/database/roles.ts';
import { urlOf } from './cells.ts';
import { type Outcome, type Running, startProgram, untilSays } from './command-line.ts';
import { startExternalServer } from './external.ts';
import { freePort } from './free-port.ts';
import { startIssuer } from './issuer.ts';

const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');
const PAGE = readFileSync(join(PROJECT_FOLDER, 'docs/cells.md'), 'utf8');

export type DeployedCell = {
  number: number;
  address: DatabaseAddress;
  /** Of its api. */
  url: string;
  routersPort: number;
  /** Runs a command there. */
  netpilot: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Outcome>;
  /** Starts one, to be interrupted. */
  start: (args: readonly string[], env?: NodeJS.ProcessEnv) => Running;
  /** Starts `netpilot serve`, and waits until it serves. */
  serve: (env?: NodeJS.ProcessEnv) => Promise<void>;
  stop: () => Promise<void>;
};

/** Two cells that are migrated, and no more than that, with an issuer and an empty directory. All is ended after the file's tests. */
export async function deployCells() {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-cells-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [first, second] = [await startExternalServer(), await startExternalServer()];
  const directory = await first.createLogin('directory');
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const issuer = await startIssuer(`${publicUrl}/auth/callback`);
  afterAll(() => issuer.stop());
  const settings = {
    NETPILOT_DATA: folder,
    DIRECTORY_URL: urlOf(directory),
    SECRET_KEY: 'a key for tests only, the same in every cell',
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: issuer.url,
    GOOGLE_CLIENT_ID: issuer.clientId,
    GOOGLE_CLIENT_SECRET: issuer.clientSecret,
    SIGN_UP: 'open',
    TRUSTED_PROXIES: '127.0.0.1',
    ROUTERS_PUBLIC_HOST: '127.0.0.1',
  };
  const login = ['netpilot', 'createrole'] as const;
  const one = await deployCell(1, await first.createLogin(...login), settings, port);
  const two = await deployCell(2, await second.createLogin(...login), settings, await freePort());
  for (const cell of [one, two]) await cell.netpilot(['migrate', 'up']);
  return { one, two, directory, issuer, publicUrl };
}

/** As the owner of a cell's database. */
export function query({ address }: DeployedCell, text: string, values: unknown[] = []) {
  return withClient(address, async (client) => {
    await client.query(`set role ${OWNER_ROLE}; set netpilot.maintenance = 'on'`);
    return (await client.query(text, values)).rows;
  });
}

/** @param settings besides those of the cell itself */
async function deployCell(
  number: number,
  address: DatabaseAddress,
  settings: NodeJS.ProcessEnv,
  port: number,
): Promise<DeployedCell> {
  const routersPort = await freePort();
  const own = {
    ...settings,
    CELL: String(number),
    DATABASE_URL: urlOf(address),
    PORT: String(port),
    ROUTERS_PORT: String(routersPort),
  };
  const start: DeployedCell['start'] = (args, env) =>
    startProgram(NETPILOT, args, { ...own, ...env });
  let service: Running | undefined;
  const stop = async () => {
    service?.child.kill('SIGTERM');
    await service?.ended;
    service = undefined;
  };
  afterAll(stop);
  return {
    number,
    address,
    url: `http://127.0.0.1:${port}`,
    routersPort,
    start,
    netpilot: (args, env) => {
      const { child, ended } = start(args, env);
      child.stdin.end();
      return ended;
    },
    serve: async (env) => {
      service = start(['serve'], env);
      await untilSays(service.child, 'is running');
      if (service.child.exitCode !== null) throw new Error((await service.ended).stderr);
    },
    stop,
  };
}

/**
 * What follows `netpilot` in the command of the page that begins so, word by word.
 * @param words what the page's examples are here
 */
export function commandOf(begin: string, words: Readonly<Record<string, string>>): string[] {
  const line = PAGE.split('\n').find((one) => /^ {4,}[A-Z]/.test(one) && one.includes(begin));
  const [, command] = line?.split(' netpilot ') ?? [];
  if (command === undefined) throw new Error(`docs/cells.md has no command netpilot ${begin}`);
  return command.split(' ').map((word) => words[word] ?? word);
}

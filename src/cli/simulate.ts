import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import type { Config } from '../config/config.ts';
import { InvalidInputError } from '../errors.ts';
import { MOST_DEVICES } from '../simulator/home.ts';
import type { LinkedFleet } from '../simulator/link-fleet.ts';
import { Interrupted, whileOpen } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';

const MOST_ROUTERS = 10_000;

/** `netpilot simulate` */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('link simulated routers and run them until Ctrl-C')
    .option('--routers <number>', 'how many routers', '1')
    .option('--devices <number>', `how many devices each router has, up to ${MOST_DEVICES}`, '12')
    .option('--url <address>', 'the address of NetPilot (default: PUBLIC_URL)')
    .option('--user <email>', 'the user to link them to (default: the only user)')
    .option('--outages', 'let their internet fail now and then, for some minutes')
    .option('--code <code>', 'a pairing code, to link one router to a NetPilot elsewhere')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot simulate', 'one router with a dozen devices'],
        ['netpilot simulate --routers 2000 --devices 20', 'load'],
        [
          'netpilot simulate --url https://netpilot.example.com --code 7KQ2-M9TX-4HWD',
          'elsewhere, with a code from the web page',
        ],
      ),
    );
}

type Options = {
  routers: string;
  devices: string;
  outages?: boolean;
  url?: string;
  user?: string;
  code?: string;
};

async function run(options: Options, command: Command): Promise<void> {
  const json = wantsJson(command);
  const routers = parseCount('--routers', options.routers, MOST_ROUTERS);
  const devices = parseCount('--devices', options.devices, MOST_DEVICES);
  const { access, identities } = await link(configOf(command), routers, devices, options);
  // Loaded here so that other commands start fast.
  const { startFleet } = await import('../simulator/fleet.ts');
  const running = whileOpen(
    () => {
      const fleet = startFleet({
        access,
        identities,
        devices,
        hasOutages: options.outages === true,
      });
      return Promise.resolve({ leave: () => Promise.resolve(fleet.stop()) });
    },
    async () => {
      const where = { host: access.host, port: access.port };
      printResult(
        json,
        { routers, devices, ...where },
        () =>
          `${routers} simulated routers with ${devices} devices each connect to ${where.host}:${where.port}.`,
      );
      // Runs until a signal ends it.
      await new Promise<never>(() => undefined);
    },
  );
  await running.catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
  printNote(json, 'The simulated routers have stopped; they stay linked.');
}

async function link(
  config: Config,
  routers: number,
  devices: number,
  { url: given, user, code }: Options,
): Promise<LinkedFleet> {
  const { linkByCode, linkFleet } = await import('../simulator/link-fleet.ts');
  const url = (given ?? config.publicUrl).replace(/\/+$/, '');
  if (code !== undefined) {
    if (routers !== 1)
      throw wrong('--routers', routers, '1, because a pairing code links one router');
    return linkByCode(url, code);
  }
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  const { withCurrentDeployment, withService } = await import('./database.ts');
  const { findPerson } = await import('./person.ts');
  return withCurrentDeployment(config, async ({ addresses }) => {
    const person = await findPerson(addresses, email, '--user');
    const { id: userId } = person.user ?? {};
    if (userId === undefined) throw wrong('--user', person.email, 'a user who has signed in');
    return withService(addresses.service, (database) =>
      linkFleet(database, { userId, url, routers, devices }),
    );
  });
}

function parseCount(field: string, text: string, most: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw wrong(field, text, `a number from 1 to ${most}`);
  return count;
}

function wrong(field: string, value: unknown, expected: string): InvalidInputError {
  return new InvalidInputError([{ field, value, expected }]);
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import { readDotEnv } from '../config/config.ts';
import { parseEmail } from '../email.ts';
import { ROLES, type Role } from '../service/roles.ts';
import type { Service } from '../service/start.ts';
import { goesToJournal } from './journal.ts';
import { Interrupted, whileOpen } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult, printIgnored } from './output.ts';
import { printQrCode } from './qr-code.ts';

/** `netpilot serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start NetPilot and run it until Ctrl-C')
    .option(
      '--lan [address]',
      'serve a home network without TLS, on this address of this machine (default: that of its default route)',
    )
    .option('--port <number>', 'the port to listen on (default: 8080)')
    .option('--user <email>', 'the user of the one-time sign-in link (default: the only user)')
    .addOption(
      new Option('--role <role>', 'run only this part; can be repeated (default: everything)')
        .choices(ROLES)
        .argParser(addRole),
    )
    .option(
      '--demo',
      'start a simulated router (default: if people sign in with a one-time link, but not with --lan)',
    )
    .option('--no-demo', 'start no simulated router')
    .action(start)
    .addHelpText(
      ...examples(
        ['netpilot serve', 'prints a one-time sign-in link for this machine'],
        [
          'netpilot serve --lan',
          'at home, for every device: prints a link and a QR code for a phone',
        ],
        ['netpilot serve --port 9000 --data /srv/netpilot', 'another port and data folder'],
        ['netpilot serve --role commands-server', "only hold the routers' connections"],
      ),
    );
}

type Options = { user?: string; role?: Role[]; demo?: boolean; lan?: string | true };

function addRole(text: string, roles: Role[] = []): Role[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`It must be one of ${ROLES.join(', ')}.`);
  return [...roles, role];
}

async function start(
  { user, role, lan, demo = lan === undefined }: Options,
  command: Command,
): Promise<void> {
  const config = configOf(
    command,
    lan === undefined ? {} : { lan: await addressFor(lan, wantsJson(command)) },
  );
  printIgnored(wantsJson(command), readDotEnv());
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  // Loaded here so that other commands start fast.
  const { serve } = await import('../service/start.ts');
  const running = whileOpen(
    async () => {
      const { stop, ...service } = await serve(config, { user: email, roles: role, demo });
      return { ...service, leave: stop };
    },
    async (service) => {
      const { url = null, signInLink, routersPort = null } = service;
      // Anybody who reads the journal could use the link.
      const sign_in_link = goesToJournal(process.stdout.fd) ? null : (signInLink ?? null);
      printResult(wantsJson(command), { url, sign_in_link, routers_port: routersPort }, () =>
        describe(service, sign_in_link),
      );
      if (config.lanAddress !== undefined)
        introduceHome(wantsJson(command), { url, signInLink: sign_in_link }, { demo });
      // Runs until a signal ends it.
      await new Promise<never>(() => undefined);
    },
  );
  await running.catch((error: unknown) => {
    // A signal is the normal way to end a server.
    if (!(error instanceof Interrupted)) throw error;
  });
  printNote(wantsJson(command), 'NetPilot has stopped.');
  // What did not stop in time would keep the process.
  process.exit();
}

/** An address that was named is checked, as a mistyped one would be reached by nobody. */
async function addressFor(lan: string | true, json: boolean): Promise<string> {
  const { checkLanAddress, findLanAddress, isPrivate } = await import('../config/lan-address.ts');
  if (lan === true) return findLanAddress();
  const address = checkLanAddress(lan);
  if (!isPrivate(address))
    printNote(
      json,
      `Warning: ${address} is not a private address. If it can be reached from the internet, use a domain with HTTPS instead (docs/deploy.md).`,
    );
  return address;
}

function introduceHome(
  json: boolean,
  { url, signInLink }: { url: string | null; signInLink: string | null },
  { demo }: { demo: boolean },
): void {
  if (url === null || signInLink === null) return;
  printQrCode(json, 'Or scan this with a phone in the same network:', signInLink);
  if (!demo) printNote(json, `Then link your router: ${url}/routers`);
  printNote(
    json,
    'What passes through your network is not encrypted: docs/lan.md says what that means.',
  );
}

function describe(
  { url, signInLink, routersPort }: Omit<Service, 'stop'>,
  shownLink: string | null,
): string {
  if (url === undefined)
    return routersPort === undefined
      ? 'NetPilot is running.'
      : `NetPilot accepts routers on port ${routersPort}.`;
  if (signInLink === undefined) return `NetPilot is running on ${url}`;
  return shownLink === null
    ? `NetPilot is running on ${url} - \`netpilot user link\` prints a link to sign in with`
    : `NetPilot is running on ${url} - sign in here, once, within 10 minutes: ${shownLink}`;
}

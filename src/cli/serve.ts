import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import type { Role, Service } from '../service/start.ts';
import { whileOpen } from './database.ts';
import { Interrupted } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';

/** `netpilot serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start everything, until Ctrl-C')
    .option('--port <number>', 'where to listen (default: 8080)')
    .option('--user <email>', 'who the one-time sign-in link is for (default: the only user)')
    .addOption(
      new Option('--role <role>', 'do only this; may be given more than once (default: everything)')
        .choices(ROLES)
        .argParser(addRole),
    )
    .option('--no-demo', 'without the simulated router (there is one only where the link signs in)')
    .action(start)
    .addHelpText(
      ...examples(
        ['netpilot serve', 'prints a link that signs in once, on this machine'],
        ['netpilot serve --port 9000 --data /srv/netpilot', 'elsewhere'],
        ['netpilot serve --role commands-server', "only hold the routers' connections"],
      ),
    );
}

type Options = { user?: string; role?: Role[]; demo: boolean };

const ROLES = ['api', 'commands-server', 'worker'] as const satisfies readonly Role[];

function addRole(text: string, roles: Role[] = []): Role[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`It is one of ${ROLES.join(', ')}.`);
  return [...roles, role];
}

async function start({ user, role, demo }: Options, command: Command): Promise<void> {
  const config = configOf(command);
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  // Only now: no other command has to wait until a whole server is loaded.
  const { serve } = await import('../service/start.ts');
  const running = whileOpen(
    async () => {
      const { stop, ...service } = await serve(config, { user: email, roles: role, demo });
      return { ...service, leave: stop };
    },
    async (service) => {
      const { url = null, signInLink: sign_in_link = null, routersPort = null } = service;
      printResult(wantsJson(command), { url, sign_in_link, routers_port: routersPort }, () =>
        describe(service),
      );
      // Until a signal ends it.
      await new Promise<never>(() => undefined);
    },
  );
  await running.catch((error: unknown) => {
    // A server is ended by a signal, always: that is its success.
    if (!(error instanceof Interrupted)) throw error;
  });
  printNote(wantsJson(command), 'NetPilot has stopped.');
}

function describe({ url, signInLink, routersPort }: Omit<Service, 'stop'>): string {
  if (url === undefined)
    return routersPort === undefined
      ? 'NetPilot works.'
      : `NetPilot takes routers in on port ${routersPort}.`;
  if (signInLink === undefined) return `NetPilot is on ${url}`;
  return `NetPilot is on ${url} - sign in here, once, within 10 minutes: ${signInLink}`;
}

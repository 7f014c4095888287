import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { isLoopback } from '../../config/loopback.ts';
import { parseEmail } from '../../email.ts';
import { InvalidInputError, UnauthenticatedError } from '../../errors.ts';
import { type Login, readLogin } from './stored-login.ts';

/** The options of every command that speaks with the service. */
export type HomeOptions = { home?: string; user?: string; data?: string };

/** Adds the options that say for which home (unless the command is about homes), and as which user. */
export function onHome(command: Command, { isAboutOne = true } = {}): Command {
  if (isAboutOne) command.option('--home <home>', 'which home, if there are several');
  return command.option(
    '--user <email>',
    'on the machine that NetPilot runs on: as which user (default: the only one)',
  );
}

/**
 * Where the service is and who asks: NETPILOT_URL and NETPILOT_TOKEN, else what `netpilot login` has stored, else the service that
 * runs on this machine's data folder. With `--user` or `--data` only that last one. Throws UnauthenticatedError if there is none.
 */
export async function findLogin({ user, data }: HomeOptions, config: () => Config): Promise<Login> {
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  const isHere = email !== undefined || data !== undefined;
  const login = isHere ? undefined : (loginFromEnvironment() ?? readLogin());
  if (login !== undefined) return login;
  const { enterHere } = await import('./local-token.ts');
  const here = await enterHere(config(), email);
  if (here !== undefined) return here;
  throw new UnauthenticatedError(
    'Nothing says where NetPilot is: run `netpilot login ADDRESS` once, or set NETPILOT_URL and NETPILOT_TOKEN; on the machine that runs it, start `netpilot serve`.',
  );
}

/** The same for what runs for months: never a token for an hour of the service on this machine. Throws UnauthenticatedError. */
export function findLastingLogin(): Login {
  const login = loginFromEnvironment() ?? readLogin();
  if (login !== undefined) return login;
  throw new UnauthenticatedError(
    'Nothing says where NetPilot is: create an API token (Settings, Sign-ins and tokens), and run `netpilot login ADDRESS` once, or set NETPILOT_URL and NETPILOT_TOKEN.',
  );
}

function loginFromEnvironment(): Login | undefined {
  const { NETPILOT_URL: url = '', NETPILOT_TOKEN: token = '' } = process.env;
  if (url === '' && token === '') return undefined;
  if (token === '')
    throw new InvalidInputError([
      { field: 'NETPILOT_TOKEN', expected: 'an API token, because NETPILOT_URL is set' },
    ]);
  if (url === '')
    throw new InvalidInputError([
      { field: 'NETPILOT_URL', expected: 'the address of NetPilot, because NETPILOT_TOKEN is set' },
    ]);
  return { url: parseUrl(url, 'NETPILOT_URL'), token };
}

/** The address of a service, without a path. Throws InvalidInputError. */
export function parseUrl(text: string, field: string): string {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '')
    return url.origin;
  throw new InvalidInputError([
    { field, value: text, expected: 'an address such as https://netpilot.example.com' },
  ]);
}

/** Whether the token would pass through a network that others can read. */
export function isUnprotected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

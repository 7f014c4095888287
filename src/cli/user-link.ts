import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import { ForbiddenError } from '../errors.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';
import { printQrCode } from './qr-code.ts';

/** `netpilot user link [EMAIL]` */
export function addUserLink(user: Command): void {
  user
    .command('link')
    .description(
      'print a one-time sign-in link for this machine, or for the home network that is served, valid for 10 minutes',
    )
    .argument('[email]', 'who signs in; a new account is created on use (default: the only user)')
    .option('--port <number>', 'the port of the service (default: that of the one that runs)')
    .action(link)
    .addHelpText(
      ...examples(
        ['netpilot user link', 'after the session ended'],
        ['netpilot user link bob@example.com', 'for somebody else'],
        ['xdg-open "$(netpilot user link)"', 'open it in the browser'],
      ),
    );
}

async function link(text: string | undefined, _options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const wanted = text === undefined ? undefined : parseEmail(text, 'email');
  requireNoIssuer(config);
  const { createLocalLink } = await import('../accounts/local-link.ts');
  const { withCurrentDeployment, withService } = await import('./database.ts');
  const { findPerson } = await import('./person.ts');
  const { findServing } = await import('../database/serving.ts');
  const made = await withCurrentDeployment(config, async ({ addresses }) => {
    const { email, user } = await findPerson(addresses, wanted, 'email');
    if (user?.is_active === false)
      throw new ForbiddenError(
        `${email} is inactive: run \`netpilot user activate ${email}\` first.`,
      );
    const publicUrl = chooseAddress(config.publicUrl, {
      running: await findServing(addresses.service),
      isChosen: command.getOptionValue('port') !== undefined,
    });
    const { url, expiresAt } = await withService(addresses.service, (database) =>
      createLocalLink(database, { email, publicUrl }),
    );
    return { email, sign_in_link: url, expires_at: expiresAt };
  });
  const json = wantsJson(command);
  const isHere = isLoopback(new URL(made.sign_in_link).hostname);
  const place = isHere ? 'on this machine' : 'within the home network';
  printNote(json, `Signs in ${made.email} once, ${place}, until ${made.expires_at}:`);
  printResult(json, made, () => made.sign_in_link);
  if (!isHere) printQrCode(json, 'Or scan this with a phone:', made.sign_in_link);
}

/** The configured address if it was chosen, if a service has it, or if none runs; else that of the one that runs. */
function chooseAddress(
  configured: string,
  { running, isChosen }: { running: readonly string[]; isChosen: boolean },
): string {
  const [first = configured] = running;
  return isChosen || running.includes(configured) ? configured : first;
}

function requireNoIssuer({ issuer }: Config): void {
  if (issuer === undefined) return;
  throw new ForbiddenError(
    `Users sign in at ${issuer.url}: one-time links work only if no issuer is configured (GOOGLE_CLIENT_ID).`,
  );
}

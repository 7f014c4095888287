import type { Command } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import { createLocalLink } from '../accounts/local-link.ts';
import type { Config } from '../config/config.ts';
import { ForbiddenError } from '../errors.ts';
import { withCurrentDeployment, withService } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';
import { findPerson } from './person.ts';

/** `netpilot user link [EMAIL]` */
export function addUserLink(user: Command): void {
  user
    .command('link')
    .description('print a link that signs in once, on this machine, within 10 minutes')
    .argument(
      '[email]',
      'who signs in; without an account, it is made then (default: the only user)',
    )
    .option('--port <number>', 'where `netpilot serve` listens, if it was told (default: 8080)')
    .action(link)
    .addHelpText(
      ...examples(
        ['netpilot user link', 'when the session is over, and the link of the start was used'],
        ['netpilot user link bob@example.com', 'let somebody else in'],
        ['xdg-open "$(netpilot user link --port 9000)"', 'straight into the browser'],
      ),
    );
}

async function link(text: string | undefined, _options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const wanted = text === undefined ? undefined : parseEmail(text, 'email');
  requireNoIssuer(config);
  const made = await withCurrentDeployment(config, async ({ addresses }) => {
    const { email, user } = await findPerson(addresses, wanted, 'email');
    if (user?.is_active === false)
      throw new ForbiddenError(
        `${email} is inactive: \`netpilot user activate ${email}\` lets them in again.`,
      );
    const { publicUrl } = config;
    const { url, expiresAt } = await withService(addresses.service, (database) =>
      createLocalLink(database, { email, publicUrl }),
    );
    return { email, sign_in_link: url, expires_at: expiresAt };
  });
  const json = wantsJson(command);
  printNote(json, `Signs in ${made.email} once, on this machine, until ${made.expires_at}:`);
  printResult(json, made, () => made.sign_in_link);
}

function requireNoIssuer({ issuer }: Config): void {
  if (issuer === undefined) return;
  throw new ForbiddenError(
    `Everybody signs in at ${issuer.url}: there are one-time links only where no issuer is configured (GOOGLE_CLIENT_ID).`,
  );
}
